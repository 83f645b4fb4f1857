"""CFE's history of a VX future: a disclaimer before the header, no prices on untraded days, settlements always."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiry
from core.market.contract_curve import contract_symbol
from core.market.series import CONTRACT_PREFIX, Series
from core.market.times import TimeRefusedError, parse_date
from core.parsing.date_column import MONTH_FIRST
from core.parsing.fates import Fate, RowFate
from core.parsing.findings import Finding, Findings
from core.parsing.layout import Head, Layout, Reading, Wanted
from core.parsing.number_column import PRICE_OR_ZERO
from core.parsing.parsed import joined
from core.parsing.rows import parse_rows
from core.parsing.symbols import contract_in_file_name
from core.parsing.table import ParseRefusedError, read_table, shown, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.market.calendar import SessionCalendar
    from core.parsing.asked import Asked
    from core.parsing.fates import ParsedFile
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table

SETTLEMENT = "VRO"
MONTH_LETTERS = "FGHJKMNQUVXZ"
RESCALED_ON = np.datetime64("2007-03-26")
"""The day from which VX is quoted in index points; before it the prices are ten times as high (CFE circular)."""
OLD_SCALE = 10.0
LEAST_OLD_QUOTE = 60.0
_HEADER = re.compile(r'"?Trade Date"?,"?Futures"?,"?Open', re.IGNORECASE)
_LABEL = re.compile(rf"([{MONTH_LETTERS}]) ?\([A-Z]{{3}} (\d{{2}}|\d{{4}})\)", re.ASCII | re.IGNORECASE)
_CENTURY = 2000


def _claims(head: Head) -> int:
    return 2 if any(_HEADER.match(line) for line in head.lines) else 0


def _cut(text: str) -> Table:
    lines = split_lines(text[:40_000].removeprefix("\ufeff"))
    above = next((number for number, line in enumerate(lines) if _HEADER.match(line)), 0)
    return read_table(text, above=above)


def _reading(table: Table, asked: Asked) -> Reading:
    fields = {name: table.index(name) for name in ("open", "high", "low")}
    fields |= {"last": table.index("close"), "close": table.index("settle")}
    limits = dict.fromkeys(fields, PRICE_OR_ZERO)
    wanted = Wanted(asked.symbol, fields, ("close",), limits)
    return Reading(table.index("trade date"), (wanted,), also=(table.index("futures"),))


def _parse(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the series of every contract in a file, and the settlement values of those that expired in it."""
    column = table.index("futures")
    labels = sorted({label.strip() for label in table.columns[column]})
    if len(labels) > 1 and asked.symbol:
        raise ParseRefusedError(0, 0, f"the file holds {len(labels)} contracts: leave --symbol out")
    parts = [
        parse_rows(_rows_of(table, column, label), layout, replace(asked, symbol=_symbol(label, asked)))
        for label in labels
    ]
    parsed = joined(parts) if parts else parse_rows(table, layout, asked)
    return replace(parsed, series=(*parsed.series, *settlement_values(parsed.series)))


def settlement_values(contracts: Iterable[Series]) -> list[Series]:
    """Return the final settlements of contracts as the value that settles VIX options too, under its own name."""
    found: dict[np.datetime64, tuple[str, float]] = {}
    for one in contracts:
        expiry = np.datetime64(one.symbol.removeprefix(CONTRACT_PREFIX), "D")
        for row in np.flatnonzero(one.times == expiry).tolist():
            found[expiry] = (one.source, float(one.columns["close"][row]))
    return [
        Series(SETTLEMENT, source, np.array([day]), {"close": np.array([value])}, np.zeros(1, np.bool_))
        for day, (source, value) in sorted(found.items())
    ]


def _symbol(label: str, asked: Asked) -> str:
    """Return the symbol of a contract, from its label `F (Jan 15)` and the name of its file.

    The label of a monthly contract names its month. A weekly one has its day in the name of its file
    (VX_2018-03-28.csv) or is named by the user.
    """
    named = contract_in_file_name(asked.file_name)
    match = _LABEL.fullmatch(label)
    if asked.symbol:
        return contract_symbol(_named_expiry(asked.symbol))
    if match is None and named is None:
        raise ParseRefusedError(
            0, 0, f"{shown(label)} is no monthly contract: name it by its expiry, like --symbol VX:2018-03-28"
        )
    if match is None or named is not None:
        return contract_symbol(_agreed(named, match, label))
    return contract_symbol(_monthly(*_month(match), asked.calendar))


def _agreed(named: date | None, match: re.Match[str] | None, label: str) -> date:
    """Return the expiry that the file is named for, if its rows are of that month."""
    if named is None or (match is not None and (named.year, named.month) != _month(match)):
        raise ParseRefusedError(0, 0, f"the file is named for {named}, its rows are of {shown(label)}")
    return named


def _month(match: re.Match[str]) -> tuple[int, int]:
    year = int(match[2]) + (_CENTURY if len(match[2]) == 2 else 0)
    return year, MONTH_LETTERS.index(match[1].upper()) + 1


def _monthly(year: int, month: int, calendar: SessionCalendar) -> date:
    try:
        return vix_expiry(year, month, calendar)
    except OutsideCalendarError as error:
        raise ParseRefusedError(0, 0, f"its expiry cannot be worked out: {error}") from None


def _named_expiry(symbol: str) -> date:
    try:
        return parse_date(symbol.removeprefix(CONTRACT_PREFIX))
    except TimeRefusedError:
        raise ParseRefusedError(0, 0, f"{shown(symbol)} is no VX contract: write it like VX:2018-03-28") from None


def _rows_of(table: Table, column: int, label: str) -> Table:
    """Return the rows of one contract; those that could not be cut stay with the first."""
    cells = table.columns[column]
    rows = [row for row, cell in enumerate(cells) if cell.strip() == label]
    if len(rows) == len(cells):
        return table
    columns = tuple([cells[row] for row in rows] for cells in table.columns)
    refused = table.refused if rows[0] == 0 else ()
    return replace(table, lines=[table.lines[row] for row in rows], columns=columns, refused=refused)


def _adjust(sheet: Sheet, _asked: Asked) -> Sheet:
    """Read 0 as no price, quotes of untraded days as no range, and old prices on today's scale."""
    (one,) = sheet.reading.wanted
    values = {name: sheet.columns[one.symbol, name].values for name in one.fields}
    old = sheet.days < RESCALED_ON
    settles = values["close"][old & (values["close"] > 0)]
    scale = OLD_SCALE if len(settles) and np.median(settles) >= LEAST_OLD_QUOTE else 1.0
    prices = {name: np.where(column == 0, np.nan, column) for name, column in values.items()}
    prices = {name: np.where(old, np.round(column / scale, 6), column) for name, column in prices.items()}
    untraded = np.isnan(prices["open"]) & np.isnan(prices["last"]) & np.isfinite(prices["close"])
    crossed = prices["high"] < prices["low"]
    for name in ("high", "low"):
        prices[name] = np.where(untraded & ~crossed, np.nan, prices[name])
    columns = {
        (one.symbol, name): replace(sheet.columns[one.symbol, name], values=column)
        for name, column in prices.items()
    }
    notes = tuple(
        RowFate(sheet.table.lines[row], sheet.day(row), "trade", Fate.MISSING, "no trade: the settlement counts")
        for row in np.flatnonzero(untraded & ~crossed).tolist()
    )
    return replace(sheet, columns=columns, notes=notes)


def _judge(sheet: Sheet, _asked: Asked) -> Findings:
    """Refuse rows of days after the contract expired."""
    (one,) = sheet.reading.wanted
    expiry = np.datetime64(one.symbol.removeprefix(CONTRACT_PREFIX), "D")
    finding = Finding(Fate.REFUSED, f"the contract expired on {expiry}")
    return dict.fromkeys(np.flatnonzero(sheet.days > expiry).tolist(), finding)


LAYOUT = Layout(
    name="cfe-contract",
    title="CFE history of a VX future",
    source="cfe",
    claims=_claims,
    reading=_reading,
    date_order=MONTH_FIRST,
    names_itself=True,
    may_be_named=True,
    cut=_cut,
    adjust=_adjust,
    judge=_judge,
    parse=_parse,
)
