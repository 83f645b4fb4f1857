"""When is each row of a table? On days, in months, or at moments within a day, judged over the whole column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.series import DAILY, MONTHLY
from core.parsing.date_column import read_ordered
from core.parsing.table import ParseRefusedError
from core.parsing.wall_time import has_time_of_day, read_wall_times, utc_moments, without_midnight
from core.parsing.zones import zone_in_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.parsing.asked import Asked
    from core.parsing.layout import Reading
    from core.parsing.table import Table

    Times = NDArray[np.datetime64]

_MIN_MONTHS = 3
_MIN_WEEKS = 4
_NEARLY_A_WEEK = np.timedelta64(5, "D")
_MINUTE_S, _HALF_DAY_S = 60, 43_200


@dataclass(frozen=True)
class Clock:
    """When the rows are: days, first days of months, or UTC moments as `interval` says; NaT where refused."""

    times: Times
    refused: Mapping[int, str]
    interval: str

    @property
    def is_within_day(self) -> bool:
        """Whether the rows are bars within a day."""
        return self.interval not in {DAILY, MONTHLY}


def read_clock(table: Table, reading: Reading, asked: Asked, order: str) -> Clock:
    """Return when the rows of a table are; `order` is that of day and month where the layout fixes it.

    Raises ParseRefusedError where the form of the dates is doubtful, where times of day have no zone, and for
    rows a week or a quarter apart, which are no daily values.
    """
    column = reading.date_column
    cells = table.columns[column]
    if reading.time_column is not None:
        times = table.columns[reading.time_column]
        cells = [f"{day.strip()} {time.strip()}" for day, time in zip(cells, times, strict=True)]
    if not has_time_of_day(cells):
        days = read_ordered(without_midnight(cells), table.lines, column + 1, order)
        return Clock(days.values, days.refused, _days_or_months(days.values, is_bar=reading.is_bar))
    wall = read_wall_times(cells, table.lines, column + 1, order)
    named = zone_in_header(table.header[column if reading.time_column is None else reading.time_column])
    moments, refused = utc_moments(wall, named or asked.zone)
    return Clock(moments, wall.refused | refused, _minutes(moments))


def _days_or_months(days: Times, *, is_bar: bool) -> str:
    """Return whether dates are days or months; raises ParseRefusedError for weeks and quarters."""
    known = np.unique(days[~np.isnat(days)])
    months = known.astype("datetime64[M]")
    if len(known) >= _MIN_MONTHS and (months.astype("datetime64[D]") == known).all():
        if np.median(np.diff(months).astype(np.int64)) > 1:
            raise ParseRefusedError(0, 0, "one value a quarter or a year: this program reads days and months")
        return MONTHLY
    if is_bar and len(known) >= _MIN_WEEKS and np.diff(known).min() >= _NEARLY_A_WEEK:
        raise ParseRefusedError(0, 0, "one bar a week: export daily bars; the range of a week is that of no day")
    return DAILY


def is_monotonic(values: NDArray[np.int64]) -> bool:
    """Whether values only rise, or only fall."""
    steps = np.diff(values)
    return bool((steps >= 0).all() or (steps <= 0).all())


def _minutes(moments: Times) -> str:
    """Return the interval of bars, the commonest distance between two; raises ParseRefusedError for no minutes."""
    known = moments[~np.isnat(moments)].astype(np.int64)
    gaps = np.abs(np.diff(known if is_monotonic(known) else np.sort(known)))
    gaps = gaps[gaps > 0]
    if not len(gaps):
        raise ParseRefusedError(0, 0, "a single time of day does not say how long a bar is: give two or more")
    within_day = gaps[gaps <= _HALF_DAY_S]
    seconds = int(np.bincount(within_day).argmax()) if len(within_day) else int(gaps.min())
    if seconds % _MINUTE_S or seconds > _HALF_DAY_S:
        raise ParseRefusedError(0, 0, f"rows {seconds:,} seconds apart: this program reads bars of whole minutes")
    return f"{seconds // _MINUTE_S}min"
