"""What is wrong or odd with single rows? Each check returns its findings by row; the first one found counts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.market.calendar import session_indexes
from core.parsing.fates import PROVISIONAL, Fate
from core.parsing.table import ParseRefusedError, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar

SHOWN_LINES = 5
MAX_REPEATED = 50_000
"""With more rows of times that were there before the file is another one than it is taken for."""


class Finding(NamedTuple):
    """The fate of one row, why, and the cell at fault (from 1; 0 for the whole row)."""

    fate: Fate
    reason: str
    column: int = 0


Findings = dict[int, Finding]
"""Findings by row of the table; a row without one is taken."""


def refusals(reasons: Mapping[int, str], column: int, name: str) -> Findings:
    """Return the findings for the cells of one column that cannot be read."""
    lead = f"{short(name)}: " if name else ""
    return {row: Finding(Fate.REFUSED, lead + reason, column) for row, reason in reasons.items()}


def missing(rows: NDArray[np.bool_], days: NDArray[np.datetime64], calendar: SessionCalendar | None) -> Findings:
    """Return the findings for rows without a value that is needed, by a calendar with whether it was shut then."""
    index = session_indexes(days, calendar) if calendar else np.zeros(len(days), np.int64)
    shut = Finding(Fate.MISSING, "no value (the exchange was shut)")
    none = Finding(Fate.MISSING, "no value")
    return {row: none if index[row] >= 0 else shut for row in np.flatnonzero(rows).tolist()}


def set_aside(days: NDArray[np.datetime64], calendar: SessionCalendar, now: datetime | None) -> Findings:
    """Return the findings for rows on no session, or on one that has not closed by `now`."""
    index = session_indexes(days, calendar)
    closed = len(calendar.days) if now is None else calendar.closed_by(now)
    aside = ((index < 0) | (index >= closed)) & ~np.isnat(days)
    return {
        row: Finding(Fate.SET_ASIDE, _why_aside(days[row].item(), int(index[row]), calendar))
        for row in np.flatnonzero(aside).tolist()
    }


def unfinished(days: NDArray[np.datetime64], present: Sequence[NDArray[np.bool_]]) -> Findings:
    """Return the finding for a last day that only one of a file's symbols has: its session looks unfinished.

    `present` says for each symbol which rows hold it; two others at least must have ended earlier.
    """
    held = np.array(present) & ~np.isnat(days)
    rows = np.flatnonzero(held.any(axis=0))
    if not len(rows) or held.any(axis=1).sum() < 3:
        return {}
    last = int(rows[np.argmax(days[rows])])
    finding = Finding(Fate.SET_ASIDE, f"{PROVISIONAL}only one of the file's symbols has the last day")
    return {last: finding} if held[:, last].sum() == 1 else {}


def months_to_come(months: NDArray[np.datetime64], now: datetime | None) -> Findings:
    """Return the findings for values of months that have not begun."""
    if now is None:
        return {}
    begun = np.datetime64(now.date(), "M")
    finding = Finding(Fate.SET_ASIDE, "the month has not begun yet")
    return dict.fromkeys(np.flatnonzero(months.astype("datetime64[M]") > begun).tolist(), finding)


def repeats(
    rows: NDArray[np.intp],
    times: NDArray[np.datetime64],
    columns: Sequence[NDArray[np.float64]],
    lines: Sequence[int],
) -> Findings:
    """Return the findings for times that stand more than once among `rows`.

    The same values: all but the first are repeated. Different ones: all are refused, for none is better. Raises
    ParseRefusedError where there are more than MAX_REPEATED of them.
    """
    if (np.diff(times[rows]) > np.timedelta64(0, "D")).all():
        return {}
    rows = rows[np.argsort(times[rows], kind="stable")]
    again = times[rows][1:] == times[rows][:-1]
    if not again.any():
        return {}
    if np.count_nonzero(again) > MAX_REPEATED:
        line = lines[int(rows[1:][again].min())]
        raise ParseRefusedError(line, 0, f"a day or time again, and so more than {MAX_REPEATED:,} rows")
    doubtful = rows[np.append(again, False) | np.insert(again, 0, False)].tolist()
    found: Findings = {}
    for time, group in groupby(doubtful, key=lambda row: times[row]):
        found |= _repeats_of(str(time), list(group), columns, lines)
    return found


def flags(reasons: Mapping[int, str]) -> Findings:
    """Return the findings for rows that are taken for their close alone."""
    return {row: Finding(Fate.FLAGGED, reason) for row, reason in reasons.items()}


def kept(found: Findings, rows: int) -> NDArray[np.bool_]:
    """Return which rows are taken, with a flag or without."""
    mask = np.ones(rows, np.bool_)
    mask[[row for row, finding in found.items() if finding.fate is not Fate.FLAGGED]] = False
    return mask


def _repeats_of(
    time: str, rows: list[int], columns: Sequence[NDArray[np.float64]], lines: Sequence[int]
) -> Findings:
    more = f" and {len(rows) - SHOWN_LINES} more" if len(rows) > SHOWN_LINES else ""
    where = f"{time} stands on lines {', '.join(str(lines[row]) for row in rows[:SHOWN_LINES])}{more}"
    first, *others = (np.array([column[row] for column in columns]) for row in rows)
    if all(np.array_equal(first, other, equal_nan=True) for other in others):
        return dict.fromkeys(rows[1:], Finding(Fate.REPEATED, f"{where} with the same values"))
    return dict.fromkeys(rows, Finding(Fate.REFUSED, f"{where} with different values"))


def _why_aside(day: date, index: int, calendar: SessionCalendar) -> str:
    if index >= 0:
        return f"{PROVISIONAL}the session has not closed yet"
    if day < calendar.first:
        return f"before the exchange calendar begins ({calendar.first})"
    if day > calendar.last:
        return f"after the exchange calendar ends ({calendar.last})"
    return f"the exchange was shut on {day:%A} {day}"
