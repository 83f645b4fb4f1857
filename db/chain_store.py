"""Which quotes of options are stored? The last chain of an underlying, and single contracts at single moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.journal.canonical import to_e8
from core.market.option_chain import CHAIN_FIELDS, OptionChain
from core.money.facts import Marked
from core.money.slippage import WITHIN_S, fills_to_mark
from core.monitor.money_now import Quoted
from core.positions.contract import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from core.journal.entry import Entry
    from core.positions.contract import Contract
    from core.state import Facts

_TIME = "%Y-%m-%dT%H:%M:%SZ"
MARK_HOLDS = timedelta(days=4)
"""A quote of an open contract is taken for so long: over a weekend with a holiday."""
_NEXT = "SELECT min(underlying) FROM option_quote WHERE underlying > ?"
_LAST = """
    SELECT time FROM option_quote
    WHERE underlying = ? AND time <= ? AND bid IS NOT NULL AND ask IS NOT NULL ORDER BY time DESC LIMIT 1
"""
_CHAIN = f"""
    SELECT source, root, expiry, strike_e8, "right", {", ".join(CHAIN_FIELDS)} FROM option_quote
    WHERE underlying = ? AND time = ? ORDER BY source, root, expiry, strike_e8, "right"
"""  # noqa: S608 - names of columns
_MARK = """
    SELECT bid, ask, time, source FROM option_quote
    WHERE underlying IN (?, ?) AND time BETWEEN ? AND ?
        AND root = ? AND expiry = ? AND strike_e8 = ? AND "right" = ? AND bid IS NOT NULL AND ask IS NOT NULL
    ORDER BY time DESC LIMIT 1
"""


def load_chains(connection: sqlite3.Connection, until: datetime) -> dict[str, OptionChain]:
    """Return the last chain with bid and ask of each underlying by a moment, of one source each."""
    found = {}
    for underlying in _underlyings(connection):
        last = connection.execute(_LAST, (underlying, _text(until))).fetchone()
        if last is None:
            continue
        (time,) = last
        rows = connection.execute(_CHAIN, (underlying, time)).fetchall()
        source = rows[0][0]
        found[underlying] = _chain(underlying, time, source, [row[1:] for row in rows if row[0] == source])
    return found


def _underlyings(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the underlyings one after the other: by the key, without looking at every row."""
    (name,) = connection.execute(_NEXT, ("",)).fetchone()
    while name is not None:
        yield name
        (name,) = connection.execute(_NEXT, (name,)).fetchone()


def _chain(underlying: str, time: str, source: str, rows: Sequence[tuple[object, ...]]) -> OptionChain:
    roots, expiries, strikes, rights, *values = zip(*rows, strict=True)
    return OptionChain(
        underlying=underlying,
        source=source,
        time=datetime.fromisoformat(time),
        roots=np.array(roots, np.str_),
        expiries=np.array(expiries, "datetime64[D]"),
        strikes_e8=np.array(strikes, np.int64),
        rights=np.array(rights, np.str_),
        columns={name: np.array(column, np.float64) for name, column in zip(CHAIN_FIELDS, values, strict=True)},
    )


def mark_at(
    connection: sqlite3.Connection, contract: Contract, moment: datetime, within: timedelta
) -> Marked | None:
    """Return the last bid and ask of an option at a moment, none older than `within`, None without one."""
    if contract.kind is not Kind.OPTION or contract.expiry is None or contract.strike is None:
        return None
    span = (_text(moment - within), _text(moment))
    names = (contract.terms.underlying, contract.root)
    key = (contract.root, contract.expiry.isoformat(), to_e8(contract.strike), contract.right)
    row = connection.execute(_MARK, (*names, *span, *key)).fetchone()
    return None if row is None else Marked(row[0], row[1], datetime.fromisoformat(row[2]), row[3])


def load_quoted(connection: sqlite3.Connection, facts: Facts, entries: Iterable[Entry]) -> Quoted:
    """Return all that imported chains say at `facts.now`: the last ones, of what is held, of what was filled."""
    holdings = (*facts.book.open_condors, *facts.book.open_layers)
    held = {leg.contract for holding in holdings for leg in holding.legs}
    filled = [one for one in fills_to_mark(entries) if one[1] <= facts.now]
    marks = {contract: mark_at(connection, contract, facts.now, MARK_HOLDS) for contract in held}
    at_fills = {(one, when): mark_at(connection, one, when, timedelta(seconds=WITHIN_S)) for one, when in filled}
    return Quoted(
        load_chains(connection, facts.now),
        {contract: mark for contract, mark in marks.items() if mark is not None},
        {key: mark for key, mark in at_fills.items() if mark is not None},
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)
