"""Cboe's delayed quotes of a whole chain: calls beside puts, the date above them in the browser's language."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError
from core.market.option_chain import CHAIN_FIELDS, STRIKE_UNIT
from core.market.times import exchange_date, exchange_time
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Finding, Findings, refusals
from core.parsing.layout import Head, Layout, Reading
from core.parsing.month_names import MONTHS_IN_SHORT
from core.parsing.number_column import read_numbers
from core.parsing.option_rows import LIMITS, ChainRows, Option, known_values
from core.parsing.parsed import row_counts, taken_ranges, uncut_fates
from core.parsing.printed_moment import printed_moment
from core.parsing.table import ParseRefusedError, cut_line, read_table, shown, split_lines
from core.parsing.trade_day import trade_day

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from core.parsing.asked import Asked
    from core.parsing.table import Table

_SIDE = ("Last Sale", "Net", "Bid", "Ask", "Volume", "IV", "Delta", "Gamma", "Open Interest")
_HEADER = ("Expiration Date", "Calls", *_SIDE, "Strike", "Puts", *_SIDE)
_START = ",".join(_HEADER[:3])
_COLUMNS = {"last": 0, "bid": 2, "ask": 3, "volume": 4, "iv": 5, "delta": 6, "gamma": 7, "open_interest": 8}
_CALLS, _STRIKE, _PUTS = 1, 11, 12
_OCC = re.compile(r"([A-Z]{1,6})(\d{2})(\d{2})(\d{2})([CP])(\d{8})", re.ASCII)
_EXPIRY = re.compile(
    rf"[A-Z][a-z]{{2}} ({'|'.join(MONTHS_IN_SHORT)}) (\d{{1,2}}) (\d{{4}})", re.ASCII | re.IGNORECASE
)
_STRIKE_TEXT = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)
_OCC_STRIKES = 1000
_CENTURY = 2000
_AFTER_CLOSE = timedelta(minutes=15)
"""SPX options trade for a quarter of an hour after the index closes."""


def _claims(head: Head) -> int:
    return 2 if any(line.startswith(_START) for line in head.lines) else 0


def _cut(text: str) -> Table:
    lines = split_lines(text[:20_000].removeprefix("\ufeff"))
    place = next((number for number, line in enumerate(lines) if line.startswith(_START)), -1)
    if place < 0 or tuple(cell.strip() for cell in lines[place].split(",")) != _HEADER:
        raise ParseRefusedError(max(place, 0) + 1, 0, f"the columns are not {', '.join(_HEADER[:13])}, ..")
    header = tuple(f"{'Calls' if number < _STRIKE else 'Puts'} {name}" for number, name in enumerate(_HEADER))
    return read_table(text, above=place + 1, header=header)


def _reading(_table: Table, _asked: Asked) -> Reading:
    return Reading(0, ())


def _parse(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the chain of a file; both options of a row share its fate."""
    time, notes = _time(table.above, asked)
    found: Findings = {}
    sides = {right: _side(table, column, found) for right, column in (("C", _CALLS), ("P", _PUTS))}
    chain = ChainRows()
    day = exchange_date(time)
    for row in range(len(table.lines)):
        if row not in found:
            found |= _judged(table, row, day, chain, sides)
    fates = [
        RowFate(table.lines[row], day, "", fate, reason, column) for row, (fate, reason, column) in found.items()
    ]
    return ParsedFile(
        layout=layout.name,
        source=layout.source,
        rows=table.rows,
        series=(),
        fates=tuple(sorted([*fates, *uncut_fates(table), *notes], key=lambda fate: (fate.line, fate.field))),
        counts=row_counts(table, found),
        taken_lines=taken_ranges(table, found),
        ignored_columns=("Net",),
        chain=chain.chain(layout.source, time, found),
    )


def _side(table: Table, first: int, found: Findings) -> dict[str, NDArray[np.float64]]:
    """Return the values of the calls or the puts by row; rows that cannot be read are added to `found`."""
    values: dict[str, NDArray[np.float64]] = {}
    for name, offset in _COLUMNS.items():
        column = first + 1 + offset
        numbers = read_numbers(table.columns[column], LIMITS[name])
        values[name] = numbers.values
        for row, finding in refusals(numbers.refused, column + 1, table.header[column]).items():
            found.setdefault(row, finding)
    return known_values(values)


def _judged(
    table: Table, row: int, day: date, chain: ChainRows, sides: dict[str, dict[str, NDArray[np.float64]]]
) -> Findings:
    """Add the two options of a row to the chain; return what is wrong with the row."""
    found: Findings = {}
    for right, column in (("C", _CALLS), ("P", _PUTS)):
        option = _option(table, row, column, right)
        if isinstance(option, str):
            return {row: Finding(Fate.REFUSED, option, column + 1)}
        if option.expiry < day:
            return {row: Finding(Fate.SET_ASIDE, f"expired on {option.expiry}")}
        values = {name: float(column[row]) for name, column in sides[right].items()}
        if values["bid"] > values["ask"]:
            found[row] = Finding(
                Fate.FLAGGED, f"bid {values['bid']:g} above ask {values['ask']:g}: neither counts"
            )
            values["bid"] = values["ask"] = np.nan
        found |= chain.add(row, option, tuple(values[name] for name in CHAIN_FIELDS))
    return found


def _option(table: Table, row: int, column: int, right: str) -> Option | str:
    """Return the option that a symbol names, or why it does not agree with the expiry and strike of its row."""
    symbol, strike, printed = (table.columns[c][row].strip() for c in (column, _STRIKE, 0))
    match = _OCC.fullmatch(symbol)
    if match is None or match[5] != right:
        return f"{shown(symbol)} is no symbol of a {'call' if right == 'C' else 'put'}"
    expiry = _day(int(match[2]) + _CENTURY, int(match[3]), int(match[4]))
    if expiry is None or expiry != _printed_day(printed):
        return f"{symbol} does not expire on {shown(printed)}"
    if not _STRIKE_TEXT.fullmatch(strike) or Decimal(strike) * _OCC_STRIKES != int(match[6]):
        return f"{symbol} has not the strike {shown(strike)}"
    return Option(match[1], expiry, int(match[6]) * (STRIKE_UNIT // _OCC_STRIKES), right)


@cache
def _printed_day(text: str) -> date | None:
    """Return the day of `Fri Dec 15 2028`, None for another text."""
    match = _EXPIRY.fullmatch(text)
    return _day(int(match[3]), MONTHS_IN_SHORT.index(match[1].lower()) + 1, int(match[2])) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(above: tuple[str, ...], asked: Asked) -> tuple[datetime, list[RowFate]]:
    """Return the moment of the quotes, with a note where it is not the one that the file prints.

    The page prints when it was looked at. While the exchange is shut its quotes are those of the last close.
    """
    if asked.day is not None:
        return asked.calendar.close_of(trade_day(asked)), []
    line, printed = next(
        ((n, text) for n, text in enumerate(map(_first_cell, above), 1) if "Date:" in text), (0, "")
    )
    moment = printed_moment(printed.partition("Date:")[2])
    if moment is None:
        raise ParseRefusedError(line, 0, f"{shown(printed)} says no moment: give the day with --date YYYY-MM-DD")
    if asked.now is not None and moment > asked.now:
        raise ParseRefusedError(line, 0, f"{shown(printed)} is in the future")
    try:
        closed = asked.calendar.closed_by(moment)
        last = asked.calendar.close_of(asked.calendar.days[closed - 1].item())
        asked.calendar.is_session(exchange_date(moment))
    except OutsideCalendarError as error:
        raise ParseRefusedError(line, 0, str(error)) from None
    if asked.calendar.is_open(moment) or moment - last <= _AFTER_CLOSE:
        return moment, []
    reason = f"printed {exchange_time(moment, '%A %Y-%m-%d %H:%M')} New York, when the exchange was shut"
    note = f"{reason}: these are the quotes of the close of {exchange_time(last, '%A %Y-%m-%d')}"
    return last, [RowFate(line, exchange_date(last), "date", Fate.FLAGGED, note)]


def _first_cell(line: str) -> str:
    try:
        return cut_line(line, ",")[0]
    except ParseRefusedError:
        return line


LAYOUT = Layout(
    name="cboe-chain",
    title="Cboe quotes of a whole option chain",
    source="cboe",
    claims=_claims,
    reading=_reading,
    names_itself=True,
    cut=_cut,
    parse=_parse,
)
