"""How do option chains stand in their table? Compared and written by underlying, moment and source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.option_chain import CHAIN_FIELDS, OptionChain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from datetime import date

    from numpy.typing import NDArray

OPTION_TABLE = "option_quote"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_SELECT = """
    SELECT root, expiry, strike_e8, "right", bid, ask, last, iv, delta, gamma, volume, open_interest, batch
    FROM option_quote WHERE underlying = ? AND time = ? AND source = ?
"""
REPLACE_OPTION = """
    REPLACE INTO option_quote (underlying, time, source, batch, root, expiry, strike_e8, "right",
        bid, ask, last, iv, delta, gamma, volume, open_interest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NEWEST = """
    SELECT underlying, max(time), source FROM option_quote WHERE time <= ? GROUP BY underlying ORDER BY underlying
"""
_OF_EXPIRIES = """
    SELECT root, expiry, strike_e8, "right", bid, ask, last, iv, delta, gamma, volume, open_interest
    FROM option_quote WHERE underlying = ? AND time = ? AND source = ? AND expiry IN ({})
    ORDER BY root, expiry, strike_e8, "right"
"""
_KEEP = "INSERT INTO market_before (batch, table_name, old_batch, row) VALUES (?, ?, ?, ?)"
Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class ChainComparison:
    """A chain beside what is stored of its moment: which options are not there, which stand there otherwise."""

    chain: OptionChain
    is_new: NDArray[np.bool_]
    is_changed: NDArray[np.bool_]

    @property
    def new(self) -> int:
        """The number of options that the table does not hold."""
        return int(self.is_new.sum())

    @property
    def changed(self) -> int:
        """The number of options that the table holds with other values."""
        return int(self.is_changed.sum())

    @property
    def same(self) -> int:
        """The number of options that the table holds with the same values."""
        return len(self.chain) - self.new - self.changed


def compare_chain(connection: sqlite3.Connection, chain: OptionChain) -> ChainComparison:
    """Return a chain beside what is stored of the same underlying, moment and source."""
    stored = {row[:4]: row[4:12] for row in connection.execute(_SELECT, _place(chain))}
    is_new, is_changed = (np.zeros(len(chain), np.bool_) for _ in range(2))
    for row, (key, values) in enumerate(_rows(chain)):
        held = stored.get(key)
        is_new[row] = held is None
        is_changed[row] = held is not None and held != values
    return ChainComparison(chain, is_new, is_changed)


def write_chain(connection: sqlite3.Connection, batch: int, compared: ChainComparison, *, replace: bool) -> None:
    """Write the options that the table does not hold, and, with `replace`, those that stand there otherwise."""
    chain = compared.chain
    place = _place(chain)
    written = compared.is_new | compared.is_changed if replace else compared.is_new
    if replace and compared.changed:
        _keep_before(connection, batch, compared)
    rows = (
        (*place, batch, *key, *values)
        for (key, values), wanted in zip(_rows(chain), written, strict=True)
        if wanted
    )
    connection.executemany(REPLACE_OPTION, rows)


def load_chains(
    connection: sqlite3.Connection, until: datetime, expiries: Collection[date]
) -> tuple[OptionChain, ...]:
    """Return the newest chain of each underlying not later than a moment, only the options of these expiries.

    An underlying whose newest chain has none of them is left out.
    """
    if not expiries:
        return ()
    newest = connection.execute(_NEWEST, (until.astimezone(UTC).strftime(_TIME),)).fetchall()
    days = sorted(day.isoformat() for day in expiries)
    marks = ", ".join("?" * len(days))
    chains = []
    for place in newest:
        rows = connection.execute(_OF_EXPIRIES.format(marks), (*place, *days)).fetchall()
        if rows:
            chains.append(_chain(place, rows))
    return tuple(chains)


def _chain(place: tuple[str, str, str], rows: list[tuple[Any, ...]]) -> OptionChain:
    """Return the rows of one moment as a chain."""
    underlying, time, source = place
    roots, expiries, strikes, rights, *values = zip(*rows, strict=True)
    return OptionChain(
        underlying,
        source,
        datetime.strptime(time, _TIME).replace(tzinfo=UTC),
        np.array(roots),
        np.array(expiries, "datetime64[D]"),
        np.array(strikes, np.int64),
        np.array(rights),
        {name: np.array(column, np.float64) for name, column in zip(CHAIN_FIELDS, values, strict=True)},
    )


def _keep_before(connection: sqlite3.Connection, batch: int, compared: ChainComparison) -> None:
    """Keep the rows that will be written over, so that the import can be taken back."""
    place = _place(compared.chain)
    stored = {row[:4]: row for row in connection.execute(_SELECT, place)}
    changed = [
        key for (key, _), is_changed in zip(_rows(compared.chain), compared.is_changed, strict=True) if is_changed
    ]
    for key in changed:
        *values, old_batch = stored[key]
        connection.execute(_KEEP, (batch, OPTION_TABLE, old_batch, json.dumps([*place, old_batch, *values])))


def _place(chain: OptionChain) -> tuple[str, str, str]:
    return chain.underlying, chain.time.astimezone(UTC).strftime(_TIME), chain.source


def _rows(chain: OptionChain) -> Iterator[tuple[Key, tuple[float | None, ...]]]:
    """Yield each option's key and values as the table holds them, None for what is unknown."""
    keys = (chain.roots, chain.expiries.astype(str), chain.strikes_e8, chain.rights)
    columns = [
        [None if value != value else value for value in chain.columns[name].tolist()]  # noqa: PLR0124 - NaN
        for name in CHAIN_FIELDS
    ]
    yield from zip(zip(*(key.tolist() for key in keys), strict=True), zip(*columns, strict=True), strict=True)
