"""Which bars within a day belong to a session? Those from its open to its close; of the others it says why."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.market.distinct import distinct
from core.market.series import DAILY, MONTHLY
from core.parsing.fates import PROVISIONAL, Fate, RowFate
from core.parsing.findings import Finding, Findings

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.parsing.asked import Asked
    from core.parsing.sheet import Sheet

SHUT, EARLY, LATE, COMING = 1, 2, 3, 4
_MINUTE_S = 60


def outside_sessions(sheet: Sheet, asked: Asked) -> Findings:
    """Return the bars before the open, after the close, on days the exchange was shut, and not ended by `now`.

    A bar is labelled by its start or its end, as its source does: both the open and the close are inside.
    """
    seconds = sheet.clock.times.astype(np.int64)
    known = ~np.isnat(sheet.clock.times)
    session, place = _placed(sheet, asked.calendar)
    if asked.now is not None:
        length = int(sheet.clock.interval.removesuffix("min")) * _MINUTE_S
        place = np.where(known & (seconds + length > asked.now.timestamp()), COMING, place)
    if not place.any():
        return {}
    repeats = _repeats_the_close(sheet, session, place)
    rows = np.flatnonzero(known & (place > 0))
    kinds = zip(sheet.days[rows].tolist(), place[rows].tolist(), repeats[rows].tolist(), strict=True)
    return dict(zip(rows.tolist(), itertools.starmap(_finding, kinds), strict=True))


def missing_bars(sheet: Sheet, is_kept: NDArray[np.bool_], asked: Asked) -> list[RowFate]:
    """Return a note for each session of which some bars are not there."""
    if sheet.clock.interval in {DAILY, MONTHLY}:
        return []
    minutes = int(sheet.clock.interval.removesuffix("min"))
    kept_days = sheet.days[is_kept]
    days, place = distinct(kept_days)
    counts = np.bincount(place, minlength=len(days))
    first = np.zeros(len(days), np.int64)
    first[place[::-1]] = np.arange(len(place) - 1, -1, -1)
    index = np.searchsorted(asked.calendar.days, days)
    whole = (asked.calendar.closes[index] - asked.calendar.opens[index]) // (minutes * _MINUTE_S)
    rows = np.flatnonzero(is_kept)[first]
    return [
        RowFate(
            sheet.table.lines[rows[i]],
            days[i].item(),
            "session",
            Fate.MISSING,
            f"{whole[i] - counts[i]} of {whole[i]} bars of the session are not there",
        )
        for i in np.flatnonzero(counts < whole).tolist()
    ]


def _placed(sheet: Sheet, calendar: SessionCalendar) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the session of each row's day, and whether the row is inside it (0), shut out, early or late."""
    seconds = sheet.clock.times.astype(np.int64)
    days, of_day = distinct(sheet.days)
    index = np.minimum(np.searchsorted(calendar.days, days), len(calendar.days) - 1)
    is_session = calendar.days[index] == days
    opens, closes = (np.where(is_session, edges[index], 0) for edges in (calendar.opens, calendar.closes))
    place = np.where(seconds < opens[of_day], EARLY, np.where(seconds > closes[of_day], LATE, 0))
    place[~is_session[of_day]] = SHUT
    return index[of_day], place


def _repeats_the_close(sheet: Sheet, session: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which late bars hold nothing but the value of the session's last bar."""
    values = np.vstack([numbers.values for numbers in sheet.columns.values()])
    (closes,) = (numbers.values for (_, name), numbers in sheet.columns.items() if name == "close")
    inside = np.flatnonzero(place == 0)
    inside = inside[np.lexsort((sheet.clock.times[inside], session[inside]))]
    last = np.searchsorted(session[inside], session, side="right") - 1
    if not len(inside):
        return np.zeros(len(session), np.bool_)
    rows = inside[np.maximum(last, 0)]
    same_session = (last >= 0) & (session[rows] == session)
    return np.asarray((place == LATE) & same_session & (values == closes[rows]).all(axis=0))


@lru_cache(maxsize=50_000)
def _finding(day: date, place: int, repeats: bool) -> Finding:
    """Return why a bar is outside: the same object for all of a day, for there may be millions."""
    if place == SHUT:
        return Finding(Fate.SET_ASIDE, f"the exchange was shut on {day:%A} {day}")
    if place == EARLY:
        return Finding(Fate.SET_ASIDE, "before the session opens")
    if place == COMING:
        return Finding(Fate.SET_ASIDE, f"{PROVISIONAL}the bar has not ended yet")
    repeated = ", it repeats the closing value" if repeats else ""
    return Finding(Fate.SET_ASIDE, f"after the session's close{repeated}")
