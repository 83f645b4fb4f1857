"""Where do an axis's ticks stand, and what do they say? Round numbers for values, calendar starts for dates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
UNITS = (("day", 1.0), ("week", 5.0), ("month", 21.0), ("quarter", 63.0), ("year", 252.0), ("5 years", 1260.0))
"""The calendar units a tick can stand for, with the sessions they usually hold."""


def value_ticks(low: float, high: float, at_most: int) -> list[float]:
    """Return round values inside low..high, no more than `at_most` of them."""
    if not low < high or at_most < 1:
        return []
    wanted = (high - low) / at_most
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(power * part for part in ROUND_STEPS if power * part >= wanted * (1 - 1e-9))
    count = math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1
    return [(math.ceil(low / step - 1e-9) + i) * step for i in range(count)]


def value_texts(ticks: list[float]) -> list[str]:
    """Return the ticks as text with the fewest decimals that tell them apart exactly."""
    decimals = 0
    while decimals < 6 and any(abs(round(t, decimals) - t) > 1e-9 * max(1.0, abs(t)) for t in ticks):
        decimals += 1
    return [f"{tick + 0.0:,.{decimals}f}" for tick in ticks]


@dataclass(frozen=True)
class DateTicks:
    """The sessions at which a day, week, month, quarter, year or five years begin."""

    days: NDArray[np.datetime64]
    starts: tuple[NDArray[np.int64], ...]

    def visible(self, x0: float, x1: float, sessions_per_pixel: float, gap_px: float) -> list[tuple[int, str]]:
        """Return session index and text of the ticks in view, at least about `gap_px` apart.

        The unit is the smallest whose usual length leaves the gap; the year is written where it changes.
        """
        unit = next((u for u, (_, n) in enumerate(UNITS) if n / sessions_per_pixel >= gap_px), len(UNITS) - 1)
        starts = self.starts[unit]
        shown = starts[np.searchsorted(starts, x0) : np.searchsorted(starts, x1, side="right")]
        every = max(1, math.ceil(gap_px * sessions_per_pixel / UNITS[unit][1]))
        return _texts([(int(i), self.days[i].astype(object)) for i in shown[::every]], UNITS[unit][0])


def date_ticks(days: NDArray[np.datetime64]) -> DateTicks:
    """Return the calendar starts of ascending session days."""
    since = days.astype("datetime64[D]").astype(np.int64)
    months = days.astype("datetime64[M]").astype(np.int64)
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    numbers = (since, (since + 3) // 7, months, months // 3, years, years // 5)
    return DateTicks(days, tuple(np.flatnonzero(np.diff(number)) + 1 for number in numbers))


def _texts(ticks: list[tuple[int, date]], unit: str) -> list[tuple[int, str]]:
    """Return the ticks with their texts: "2018", "Feb", "Feb 5"; with the year where it is not yet said."""
    texts, year = [], None
    for index, day in ticks:
        texts.append((index, _text(day, unit, says_year=day.year != year)))
        year = day.year
    return texts


def _text(day: date, unit: str, *, says_year: bool) -> str:
    if unit in {"year", "5 years"}:
        return f"{day:%Y}"
    if unit in {"month", "quarter"}:
        return f"{day:%b %Y}" if says_year and day.month > 1 else f"{day:%Y}" if says_year else f"{day:%b}"
    return f"{day:%b} {day.day} {day:%Y}" if says_year else f"{day:%b} {day.day}"
