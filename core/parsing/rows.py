"""How does a table become series? Every row is judged, by itself and against the exchange's sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.series import DAILY, MONTHLY
from core.parsing.findings import (
    Findings,
    flags,
    kept,
    missing,
    months_to_come,
    refusals,
    repeats,
    set_aside,
    unfinished,
)
from core.parsing.parsed import parsed_file
from core.parsing.range_check import broken_range
from core.parsing.session_hours import outside_sessions
from core.parsing.sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.parsing.asked import Asked
    from core.parsing.fates import ParsedFile
    from core.parsing.layout import Layout, Wanted
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table


def parse_rows(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the series of a table with the fate of each row.

    With `asked.now`, rows of what had not ended by then are set aside. Raises ParseRefusedError for what
    spoils the whole file: a column that the layout needs, dates or numbers of doubtful form.
    """
    reading = layout.reading(table, asked)
    if not table.lines:
        raise table.refused[0]
    sheet = layout.adjust(read_sheet(table, layout, reading, asked), asked)
    return parsed_file(sheet, _judged(sheet, _refused(sheet), asked), asked)


def _refused(sheet: Sheet) -> Findings:
    """Return the rows with a cell that cannot be read; the first such cell of a row is named."""
    header, reading = sheet.table.header, sheet.reading
    found: Findings = {}
    for one in reading.wanted:
        for name, index in one.fields.items():
            found = refusals(sheet.columns[one.symbol, name].refused, index + 1, header[index]) | found
    return found | refusals(sheet.clock.refused, reading.date_column + 1, header[reading.date_column])


def _judged(sheet: Sheet, found: Findings, asked: Asked) -> Findings:
    """Add the findings of every further check; what was found first of a row stays."""
    wanted, interval = sheet.reading.wanted, sheet.clock.interval
    found = sheet.layout.judge(sheet, asked) | found
    empty = ~np.logical_or.reduce([sheet.present(one) for one in wanted])
    found = missing(empty, sheet.days, asked.calendar if interval == DAILY else None) | found
    found = _not_now(sheet, asked) | found
    if interval == DAILY:
        open_rows = kept(found, len(sheet.days))
        found = unfinished(sheet.days, [sheet.present(one) & open_rows for one in wanted]) | found
    values = [numbers.values for numbers in sheet.columns.values()]
    rows = np.flatnonzero(kept(found, len(sheet.days)))
    found = repeats(rows, sheet.clock.times, values, sheet.table.lines) | found
    for one in wanted:
        found = flags(broken_range(_prices(sheet, one))) | found
    return found


def _not_now(sheet: Sheet, asked: Asked) -> Findings:
    """Return the rows of no session, of none that has closed, or of no time that has come."""
    if sheet.clock.interval == DAILY:
        return set_aside(sheet.days, asked.calendar, asked.now)
    if sheet.clock.interval == MONTHLY:
        return months_to_come(sheet.days, asked.now)
    return outside_sessions(sheet, asked)


def _prices(sheet: Sheet, one: Wanted) -> Mapping[str, NDArray[np.float64]]:
    """Return what the range of a symbol's bars is judged by: of a future the last trade, not its settlement."""
    prices = {name: sheet.columns[one.symbol, name].values for name in one.fields}
    return prices | {"close": prices["last"]} if "last" in prices else prices
