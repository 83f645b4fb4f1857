"""What is odd about the daily values that are stored? Findings by symbol and day, each with what was done.

Nothing is corrected and nothing filled in: a finding says what a calculation does with the value, and what the
trader may want to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import missing_sessions, session_indexes
from core.market.context import CONTEXT
from core.market.series import BAR_FIELDS, BREADTH_PREFIX, DAILY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.series import Series

    Floats = NDArray[np.float64]

JUMP_SIGMAS = 8.0
MIN_CHANGES = 60
"""With fewer changes there is no scale to call a jump by."""
STALE_BARS, STALE_CLOSES = 2, 5
"""So many equal rows in a row are stale: of whole bars with a range, and of closes alone."""
MAD_TO_SIGMA = 1.4826
SETTLEMENTS = frozenset({"VRO", "SET"})
"""Values that there are on days of expiry alone."""
_RATES = frozenset(symbol for symbol, rule in CONTEXT.items() if rule.unit == "%")


class FindingKind(StrEnum):
    """What may be wrong with a value, or with its absence."""

    CLOSED_DAY = "closed_day"
    MISSING_SESSION = "missing_session"
    UNFINISHED = "unfinished"
    BROKEN_RANGE = "broken_range"
    JUMP = "jump"
    STALE = "stale"
    REPEATED_BREADTH = "repeated_breadth"
    REFUSED = "refused"


DONE = {
    FindingKind.CLOSED_DAY: "kept out of every calculation",
    FindingKind.MISSING_SESSION: "left as a gap: what needs it is unknown",
    FindingKind.UNFINISHED: "not taken as a close: import the file again after the close",
    FindingKind.BROKEN_RANGE: "the close counts, open, high and low do not",
    FindingKind.JUMP: "kept as it is: compare it with another source",
    FindingKind.STALE: "kept as it is: the source may have stood still",
    FindingKind.REPEATED_BREADTH: "kept as it is: the day before may have been copied",
    FindingKind.REFUSED: "not taken: the row cannot be read",
}


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """One finding: the symbol and day it is about (None: unreadable), its kind, what is odd, what was done."""

    symbol: str
    day: date | None
    kind: FindingKind
    words: str
    source: str = ""

    @property
    def done(self) -> str:
        """What the program does about it."""
        return DONE[self.kind]


def quality_findings(series: Iterable[Series], calendar: SessionCalendar) -> list[QualityFinding]:
    """Return what is odd about daily series as they are stored, by symbol, day and kind.

    Sessions count as missing where no source has the symbol's value, between its first and its last one.
    """
    daily = [one for one in series if one.interval == DAILY and len(one.times)]
    found = [finding for one in daily for check in _CHECKS for finding in check(one, calendar)]
    by_symbol: dict[str, list[Series]] = {}
    for one in daily:
        by_symbol.setdefault(one.symbol, []).append(one)
    every_session = (group for symbol, group in by_symbol.items() if symbol not in SETTLEMENTS)
    found += [finding for group in every_session for finding in _missing(group, calendar)]
    return in_order(found)


def in_order(findings: Iterable[QualityFinding]) -> list[QualityFinding]:
    """Return each finding once, by symbol, day and kind."""
    return sorted(set(findings), key=lambda one: (one.symbol, str(one.day or ""), one.kind, one.source, one.words))


def _missing(group: list[Series], calendar: SessionCalendar) -> Iterator[QualityFinding]:
    days = np.unique(np.concatenate([one.days for one in group]))
    for day in missing_sessions(days, calendar).tolist():
        yield QualityFinding(group[0].symbol, day, FindingKind.MISSING_SESSION, "no value for the session")


def _closed_days(one: Series, calendar: SessionCalendar) -> Iterator[QualityFinding]:
    for day in one.days[session_indexes(one.days, calendar) < 0].tolist():
        yield QualityFinding(
            one.symbol, day, FindingKind.CLOSED_DAY, f"the exchange was shut on {day:%A}", one.source
        )


def _broken_ranges(one: Series, _calendar: SessionCalendar) -> Iterator[QualityFinding]:
    for row in np.flatnonzero(one.range_broken).tolist():
        bar = ", ".join(f"{name} {one.columns[name][row]:g}" for name in BAR_FIELDS if name in one.columns)
        words = f"high and low contradict open or close: {bar}"
        yield QualityFinding(one.symbol, one.days[row].item(), FindingKind.BROKEN_RANGE, words, one.source)


def _jumps(one: Series, calendar: SessionCalendar) -> Iterator[QualityFinding]:
    """Find changes from one session to the next beyond so many robust standard deviations of the series."""
    if "close" not in one.columns:
        return
    close = one.columns["close"]
    in_percent = one.symbol not in _RATES and bool((close[np.isfinite(close)] > 0).all())
    changes = np.diff(np.log(close) if in_percent else close, prepend=np.nan)
    changes[np.diff(session_indexes(one.days, calendar), prepend=-1) != 1] = np.nan
    known = changes[np.isfinite(changes)]
    sigma = _robust_sigma(known)
    if len(known) < MIN_CHANGES or not sigma > 0:
        return
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(np.abs(changes) > JUMP_SIGMAS * sigma)
    for row in rows.tolist():
        words = _jump_words(close, changes, row, sigma, in_percent=in_percent)
        yield QualityFinding(one.symbol, one.days[row].item(), FindingKind.JUMP, words, one.source)


def _jump_words(close: Floats, changes: Floats, row: int, sigma: float, *, in_percent: bool) -> str:
    size = f"{np.expm1(changes[row]):+.1%}" if in_percent else f"{changes[row]:+.2f}"
    words = f"{close[row - 1]:g} to {close[row]:g} ({size}, {abs(changes[row]) / sigma:.1f} sigma)"
    comes_back = row + 1 < len(changes) and abs(changes[row] + changes[row + 1]) < abs(changes[row]) / 5
    return words + (", and back the next session" if comes_back else "")


def _robust_sigma(changes: Floats) -> float:
    """Return the standard deviation by the median absolute deviation; by the mean one where that is zero."""
    if not len(changes):
        return 0.0
    off = np.abs(changes - np.median(changes))
    return float(MAD_TO_SIGMA * np.median(off) or np.sqrt(np.pi / 2) * off.mean())


def _stale(one: Series, calendar: SessionCalendar) -> Iterator[QualityFinding]:
    """Find rows that repeat the rows before them, session after session; yields stand still by themselves."""
    if "close" not in one.columns or one.symbol in _RATES:
        return
    prices = np.vstack([one.columns[name] for name in BAR_FIELDS if name in one.columns])
    alike = _like_the_row_before(prices, one.days, calendar)
    has_range = _has_range(one)
    for start, stop in _runs(alike):
        needed = STALE_BARS if has_range[start] else STALE_CLOSES
        if stop - start + 1 >= needed:
            words = f"{stop - start + 1} sessions in a row with the same values, since {one.days[start - 1]}"
            yield QualityFinding(one.symbol, one.days[stop - 1].item(), FindingKind.STALE, words, one.source)


def _repeated_breadth(one: Series, calendar: SessionCalendar) -> Iterator[QualityFinding]:
    if not one.symbol.startswith(BREADTH_PREFIX):
        return
    counts = np.vstack(list(one.columns.values()))
    for row in np.flatnonzero(_like_the_row_before(counts, one.days, calendar)).tolist():
        words = f"exactly the counts of {one.days[row - 1]}"
        yield QualityFinding(one.symbol, one.days[row].item(), FindingKind.REPEATED_BREADTH, words, one.source)


def _like_the_row_before(
    values: Floats, days: NDArray[np.datetime64], calendar: SessionCalendar
) -> NDArray[np.bool_]:
    """Return which rows repeat the session before in every value (columns of `values` are rows)."""
    alike = np.zeros(len(days), np.bool_)
    before, after = values[:, :-1], values[:, 1:]
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    follows = np.diff(session_indexes(days, calendar)) == 1
    alike[1:] = same.all(axis=0) & np.isfinite(after).any(axis=0) & follows
    return alike


def _has_range(one: Series) -> NDArray[np.bool_]:
    if "high" not in one.columns or "low" not in one.columns:
        return np.zeros(len(one.times), np.bool_)
    with np.errstate(invalid="ignore"):
        return np.asarray(one.columns["high"] > one.columns["low"])


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and the past-the-last index of each stretch of marked rows."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False]))))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


_CHECKS = (_closed_days, _broken_ranges, _jumps, _stale, _repeated_breadth)
