"""LEAN's options of one day: #expiry,strike,right,.., closing prices and greeks, without bids and asks."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from core.market.option_chain import CHAIN_FIELDS, STRIKE_UNIT
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Finding, Findings, refusals
from core.parsing.layout import Head, Layout, Reading
from core.parsing.number_column import Numbers, read_numbers
from core.parsing.option_rows import LIMITS, ChainRows, Option, known_values
from core.parsing.parsed import columns_but, row_counts, taken_ranges, uncut_fates
from core.parsing.table import ParseRefusedError, shown
from core.parsing.trade_day import trade_day

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_HEADER = ("#expiry", "strike", "right")
_COLUMNS = {
    "last": "close",
    "iv": "implied_volatility",
    "delta": "delta",
    "gamma": "gamma",
    "volume": "volume",
    "open_interest": "open_interest",
}
_ROOT = re.compile(r"(?:^|[_ -])(spxw?|vixw?|xsp|ndxp?|rutw?|spy|qqq)(?:$|[_ -])", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z]{1,6}", re.ASCII)
_STRIKE = re.compile(r"\d{1,6}(\.\d{1,8})?", re.ASCII)
_EXPIRY = re.compile(r"\d{8}", re.ASCII)


def _claims(head: Head) -> int:
    return 2 if head.names[:3] == _HEADER else 0


def _reading(table: Table, _asked: Asked) -> Reading:
    return Reading(table.index(_HEADER[0]), ())


def _parse(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the options of a file as they closed on its day; the underlying's own row is set aside."""
    root, day = _root(asked), trade_day(asked)
    places = {name: table.index(column) for name, column in _COLUMNS.items()}
    numbers = {name: read_numbers(table.columns[place], LIMITS[name]) for name, place in places.items()}
    found = _no_options(table)
    for name, place in places.items():
        found = found | {
            row: finding
            for row, finding in refusals(numbers[name].refused, place + 1, table.header[place]).items()
            if row not in found
        }
    chain = _chain(table, root, day, numbers, found)
    used = {*places.values(), *(table.index(name) for name in _HEADER)}
    fates = [
        RowFate(table.lines[row], day, "", fate, reason, column) for row, (fate, reason, column) in found.items()
    ]
    return ParsedFile(
        layout=layout.name,
        source=layout.source,
        rows=table.rows,
        series=(),
        fates=tuple(sorted([*fates, *uncut_fates(table)], key=lambda fate: fate.line)),
        counts=row_counts(table, found),
        taken_lines=taken_ranges(table, found),
        ignored_columns=columns_but(table, used),
        chain=chain.chain(layout.source, asked.calendar.close_of(day), found),
    )


def _chain(table: Table, root: str, day: date, numbers: dict[str, Numbers], found: Findings) -> ChainRows:
    """Return the options of the rows that are sound; what is wrong with the others is added to `found`."""
    count = len(table.lines)
    none = {name: np.full(count, np.nan) for name in CHAIN_FIELDS}
    values = known_values(none | {name: column.values for name, column in numbers.items()})
    expiries, strikes, rights = (table.columns[table.index(name)] for name in _HEADER)
    chain = ChainRows()
    for row in range(count):
        if row in found:
            continue
        option = _option(root, expiries[row].strip(), strikes[row].strip(), rights[row].strip())
        if isinstance(option, str):
            found[row] = Finding(Fate.REFUSED, option)
        elif option.expiry < day:
            found[row] = Finding(Fate.SET_ASIDE, f"expired on {option.expiry}")
        else:
            found |= chain.add(row, option, tuple(float(values[name][row]) for name in CHAIN_FIELDS))
    return chain


def _no_options(table: Table) -> Findings:
    """Return the findings for rows that have neither expiry nor strike."""
    expiries, strikes = (table.columns[table.index(name)] for name in _HEADER[:2])
    finding = Finding(Fate.SET_ASIDE, "the underlying's own bar")
    return {
        row: finding
        for row, (expiry, strike) in enumerate(zip(expiries, strikes, strict=True))
        if not expiry.strip() and not strike.strip()
    }


def _option(root: str, expiry: str, strike: str, right: str) -> Option | str:
    """Return the option of a row, or why it is none."""
    if not _EXPIRY.fullmatch(expiry) or not _STRIKE.fullmatch(strike) or right not in {"C", "P"}:
        return f"{shown(f'{expiry} {strike} {right}')} is no expiry, strike and right"
    try:
        day = date(int(expiry[:4]), int(expiry[4:6]), int(expiry[6:]))
    except ValueError:
        return f"{shown(expiry)} is not a day"
    return Option(root, day, int(Decimal(strike) * STRIKE_UNIT), right)


def _root(asked: Asked) -> str:
    """Return the root of the options, named by the user or by the file's name."""
    named = asked.symbol or next((match[1] for match in _ROOT.finditer(asked.file_name.rpartition(".")[0])), "")
    if not _SYMBOL.fullmatch(named.upper()):
        raise ParseRefusedError(
            0, 0, "nothing says which options these are: name the root with --symbol, like SPXW"
        )
    return named.upper()


LAYOUT = Layout(
    name="lean-universe",
    title="LEAN options of one day",
    source="lean",
    claims=_claims,
    reading=_reading,
    names_itself=True,
    may_be_named=True,
    needs_day=True,
    parse=_parse,
)
