"""What does a judged sheet give? Its series, and an account of every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import missing_sessions
from core.market.distinct import distinct
from core.market.series import BAR_FIELDS, BREADTH_FIELDS, MONTHLY, Series
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Findings, kept
from core.parsing.session_hours import missing_bars
from core.parsing.table import short

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.parsing.asked import Asked
    from core.parsing.layout import Wanted
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table

_STORED = frozenset((*BAR_FIELDS, *BREADTH_FIELDS))


def parsed_file(sheet: Sheet, found: Findings, asked: Asked) -> ParsedFile:
    """Return what a sheet holds, given the findings of its rows; a row without one is taken."""
    table, reading = sheet.table, sheet.reading
    is_kept = kept(found, len(sheet.days))
    series = [_series(sheet, one, found, is_kept) for one in reading.wanted]
    read = reading.columns
    return ParsedFile(
        layout=sheet.layout.name,
        source=sheet.layout.source,
        rows=table.rows,
        series=tuple(one for one in series if len(one.times)),
        fates=_fates(sheet, found, asked, is_kept),
        counts=row_counts(table, found),
        taken_lines=taken_ranges(table, found),
        ignored_columns=columns_but(table, read),
        missing_sessions=_missing_sessions(sheet, asked),
    )


def joined(parts: Sequence[ParsedFile]) -> ParsedFile:
    """Return one account of the rows of one file that were read in parts."""
    first = parts[0]
    lines = sorted(taken for part in parts for taken in part.taken_lines)
    return replace(
        first,
        rows=sum(part.rows for part in parts),
        series=tuple(one for part in parts for one in part.series),
        fates=tuple(
            sorted((fate for part in parts for fate in part.fates), key=lambda fate: (fate.line, fate.field))
        ),
        counts={fate: sum(part.counts[fate] for part in parts) for fate in Fate},
        taken_lines=tuple(lines),
        missing_sessions=tuple(sorted({day for part in parts for day in part.missing_sessions})),
    )


def columns_but(table: Table, read: Collection[int]) -> tuple[str, ...]:
    """Return the names of the columns that are not read."""
    return tuple(short(name) or "(no name)" for index, name in enumerate(table.header) if index not in read)


def row_counts(table: Table, found: Findings) -> dict[Fate, int]:
    """Return how many rows have each fate; together they are all rows of the table."""
    counted = Counter(finding.fate for finding in found.values())
    counted[Fate.REFUSED] += len(table.refused)
    counted[Fate.TAKEN] = table.rows - counted.total()
    return {fate: counted[fate] for fate in Fate}


def taken_ranges(table: Table, found: Findings) -> tuple[tuple[int, int], ...]:
    """Return the lines of the rows without a finding as inclusive ranges."""
    mask = np.ones(len(table.lines), np.bool_)
    mask[list(found)] = False
    lines = np.asarray(table.lines, np.int64)[mask]
    parts = np.split(lines, np.flatnonzero(np.diff(lines) != 1) + 1) if len(lines) else []
    return tuple((int(part[0]), int(part[-1])) for part in parts)


def uncut_fates(table: Table) -> list[RowFate]:
    """Return the fates of the rows that could not be cut into cells."""
    return [RowFate(error.line, None, "", Fate.REFUSED, error.reason, error.column) for error in table.refused]


def _series(sheet: Sheet, one: Wanted, found: Findings, is_kept: NDArray[np.bool_]) -> Series:
    """Return the rows of one symbol that are taken, by time."""
    times, clock = sheet.clock.times, sheet.clock
    wanted = is_kept & sheet.present(one)
    rows: NDArray[np.intp] | slice = slice(None) if wanted.all() else np.flatnonzero(wanted)
    if (np.diff(times[rows]) < np.timedelta64(0, "D")).any():
        kept_rows = np.flatnonzero(wanted)
        rows = kept_rows[np.argsort(times[kept_rows], kind="stable")]
    values = {name: sheet.columns[one.symbol, name].values[rows] for name in one.fields if name in _STORED}
    flagged = np.zeros(len(sheet.days), np.bool_)
    flagged[[row for row, finding in found.items() if finding.fate is Fate.FLAGGED]] = True
    return Series(one.symbol, sheet.layout.source, times[rows], values, flagged[rows], clock.interval)


def _fates(sheet: Sheet, found: Findings, asked: Asked, is_kept: NDArray[np.bool_]) -> tuple[RowFate, ...]:
    """Return every fate other than taken, by line, and the notes on rows that are."""
    rows = _told_as_one(sheet, found) if sheet.clock.is_within_day else _one_by_one(sheet, found)
    notes = [*sheet.notes, *_missing_values(sheet, is_kept), *missing_bars(sheet, is_kept, asked)]
    return tuple(sorted([*rows, *uncut_fates(sheet.table), *notes], key=lambda fate: (fate.line, fate.field)))


def _one_by_one(sheet: Sheet, found: Findings) -> list[RowFate]:
    lines = sheet.table.lines
    return [
        RowFate(lines[row], sheet.day(row), "", fate, reason, column)
        for row, (fate, reason, column) in found.items()
    ]


def _told_as_one(sheet: Sheet, found: Findings) -> list[RowFate]:
    """Return the fates of bars within a day; those set aside on one day for one reason stand side by side."""
    runs: list[list[int]] = []
    for row in sorted(found):
        first = runs[-1][0] if runs else row
        is_next = bool(runs) and row == first + runs[-1][1] and found[row].fate is Fate.SET_ASIDE
        if is_next and found[row] == found[first] and sheet.days[row] == sheet.days[first]:
            runs[-1][1] += 1
        else:
            runs.append([row, 1])
    single = [fate for row, _ in runs for fate in _one_by_one(sheet, {row: found[row]})]
    return [
        replace(fate, rows=rows, reason=f"{fate.reason} ({rows} rows)") if rows > 1 else fate
        for fate, (_, rows) in zip(single, runs, strict=True)
    ]


def _missing_values(sheet: Sheet, is_kept: NDArray[np.bool_]) -> list[RowFate]:
    """Return a note for each single value that is missing in a row that is taken."""
    several = len(sheet.reading.wanted) > 1
    return [
        RowFate(sheet.table.lines[row], sheet.day(row), symbol if several else name, Fate.MISSING, "no value")
        for (symbol, name), numbers in sheet.columns.items()
        for row in np.flatnonzero(numbers.missing & is_kept).tolist()
    ]


def _missing_sessions(sheet: Sheet, asked: Asked) -> tuple[date, ...]:
    """Return the sessions between the first and the last row that have none; months have no sessions."""
    if sheet.clock.interval == MONTHLY:
        return ()
    known = sheet.days[~np.isnat(sheet.days)]
    return tuple(missing_sessions(distinct(known)[0], asked.calendar).tolist())
