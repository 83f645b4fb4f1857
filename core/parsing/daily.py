"""How does a table of daily rows become series? Every row is judged against the exchange's sessions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import missing_sessions
from core.market.series import Series
from core.parsing.date_column import read_days
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Findings, flags, kept, missing, refusals, repeats, set_aside
from core.parsing.number_column import read_numbers
from core.parsing.range_check import broken_range
from core.parsing.table import ParseRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.parsing.layout import Layout, Reading, Wanted
    from core.parsing.number_column import Numbers
    from core.parsing.table import Table


@dataclass(frozen=True)
class _Sheet:
    """A table whose cells have been read: the days, and the numbers by symbol and field."""

    table: Table
    layout: Layout
    reading: Reading
    days: NDArray[np.datetime64]
    columns: Mapping[tuple[str, str], Numbers]

    def present(self, one: Wanted) -> NDArray[np.bool_]:
        """Return which rows hold all values that a symbol needs; a breadth of no stocks at all is none."""
        needed = np.vstack([self.columns[one.symbol, name].values for name in one.needed])
        enough = needed.sum(axis=0) > 0 if "advances" in one.needed else True
        return np.asarray(np.isfinite(needed).all(axis=0) & enough)


def parse_daily(
    table: Table, layout: Layout, symbol: str, calendar: SessionCalendar, now: datetime | None = None
) -> ParsedFile:
    """Return the series of a table with the fate of each row.

    With `now`, rows of sessions that have not closed by then are set aside. Raises ParseRefusedError for
    what spoils the whole file: a column that the layout needs, dates of doubtful form.
    """
    reading = layout.reading(table, symbol)
    if not table.lines:
        raise table.refused[0]
    column = reading.date_column + 1
    dates = read_days(table.columns[column - 1], table.lines, column, month_first=layout.month_first)
    if objection := layout.objection(dates.values):
        raise ParseRefusedError(0, 0, objection)
    sheet = _Sheet(table, layout, reading, dates.values, _numbers(table, reading))
    found = _refused_numbers(sheet, refusals(dates.refused, column, table.header[column - 1]))
    return _parsed(sheet, _judged(sheet, found, calendar, now), calendar)


def _numbers(table: Table, reading: Reading) -> dict[tuple[str, str], Numbers]:
    return {
        (one.symbol, name): read_numbers(table.columns[index], one.limits[name])
        for one in reading.wanted
        for name, index in one.fields.items()
    }


def _refused_numbers(sheet: _Sheet, found: Findings) -> Findings:
    """Add the rows with a cell that is no number; the first such cell of a row is named."""
    for one in sheet.reading.wanted:
        for name, index in one.fields.items():
            refused = sheet.columns[one.symbol, name].refused
            found = refusals(refused, index + 1, sheet.table.header[index]) | found
    return found


def _judged(sheet: _Sheet, found: Findings, calendar: SessionCalendar, now: datetime | None) -> Findings:
    """Add the findings of every further check; what was found first of a row stays."""
    days, wanted = sheet.days, sheet.reading.wanted
    empty = ~np.logical_or.reduce([sheet.present(one) for one in wanted])
    found = missing(empty, days, calendar) | found
    found = set_aside(days, calendar, now) | found
    values = [numbers.values for numbers in sheet.columns.values()]
    found = repeats(np.flatnonzero(kept(found, len(days))), days, values, sheet.table.lines) | found
    for one in wanted:
        found = flags(broken_range({name: sheet.columns[one.symbol, name].values for name in one.fields})) | found
    return found


def _parsed(sheet: _Sheet, found: Findings, calendar: SessionCalendar) -> ParsedFile:
    table, wanted = sheet.table, sheet.reading.wanted
    read = {sheet.reading.date_column}.union(*(one.fields.values() for one in wanted))
    series = [_series(sheet, one, found) for one in wanted]
    known = sheet.days[~np.isnat(sheet.days)]
    return ParsedFile(
        layout=sheet.layout.name,
        source=sheet.layout.source,
        rows=table.rows,
        series=tuple(one for one in series if len(one.days)),
        fates=_fates(sheet, found),
        counts=_counts(table, found),
        taken_lines=_ranges([line for row, line in enumerate(table.lines) if row not in found]),
        ignored_columns=tuple(name or "(no name)" for i, name in enumerate(table.header) if i not in read),
        missing_sessions=tuple(missing_sessions(known, calendar).tolist()),
    )


def _counts(table: Table, found: Findings) -> dict[Fate, int]:
    """Return how many rows have each fate; together they are all rows of the table."""
    counted = Counter(finding.fate for finding in found.values())
    counted[Fate.REFUSED] += len(table.refused)
    counted[Fate.TAKEN] = table.rows - counted.total()
    return {fate: counted[fate] for fate in Fate}


def _series(sheet: _Sheet, one: Wanted, found: Findings) -> Series:
    """Return the rows of one symbol that are taken, by day."""
    days = sheet.days
    rows = np.flatnonzero(kept(found, len(days)) & sheet.present(one))
    rows = rows[np.argsort(days[rows], kind="stable")]
    values = {name: sheet.columns[one.symbol, name].values[rows] for name in one.fields}
    flagged = np.array([row in found for row in rows.tolist()], np.bool_)
    return Series(one.symbol, sheet.layout.source, days[rows], values, flagged)


def _fates(sheet: _Sheet, found: Findings) -> tuple[RowFate, ...]:
    """Return every fate other than taken, by line."""
    lines, days = sheet.table.lines, sheet.days
    rows = [
        RowFate(lines[row], days[row].item(), "", fate, reason, column)
        for row, (fate, reason, column) in found.items()
    ]
    uncut = [
        RowFate(error.line, None, "", Fate.REFUSED, error.reason, error.column) for error in sheet.table.refused
    ]
    return tuple(sorted([*rows, *uncut, *_notes(sheet, found)], key=lambda fate: (fate.line, fate.field)))


def _notes(sheet: _Sheet, found: Findings) -> list[RowFate]:
    """Return a note for each single value that is missing in a row that is taken."""
    several = len(sheet.reading.wanted) > 1
    taken = kept(found, len(sheet.days))
    return [
        RowFate(
            sheet.table.lines[row], sheet.days[row].item(), symbol if several else name, Fate.MISSING, "no value"
        )
        for (symbol, name), numbers in sheet.columns.items()
        for row in np.flatnonzero(numbers.missing & taken).tolist()
    ]


def _ranges(lines: list[int]) -> tuple[tuple[int, int], ...]:
    """Return ascending line numbers as inclusive ranges."""
    parts = np.split(np.array(lines, np.int64), np.flatnonzero(np.diff(lines) != 1) + 1) if lines else []
    return tuple((int(part[0]), int(part[-1])) for part in parts)
