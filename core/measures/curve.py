"""Which way does the VIX futures curve slope? Pair by pair, at 30 days, and for the pair that the rule reads.

VXn is the future of the n-th monthly expiry strictly after the day. In its last days the front future is
pulled to the spot index, so the rule reads the first pair whose front has some days left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import vix_expiry
from core.market.series import CURVE_SYMBOLS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.series import History

    Floats = NDArray[np.float64]

MONTHS_AHEAD = 2
CONSTANT_DAYS = 30
DAYS_OF_LONGEST_MONTH = 31
LAST_THIRD_FRIDAY = 21


def settlements(history: History) -> Floats:
    """Return the settlements of VX1..VX8, shape (sessions, 8), in VIX points."""
    return np.column_stack([history.column(symbol) for symbol in CURVE_SYMBOLS])


def backwardation_pct(vx: Floats) -> Floats:
    """Return (VX1 / VX2 - 1) x 100: above 0 in backwardation, below 0 in contango."""
    return (vx[:, 0] / vx[:, 1] - 1.0) * 100.0


def contango_pct(vx: Floats) -> Floats:
    """Return (VXn+1 / VXn - 1) x 100 for each pair, shape (sessions, 7): above 0 in contango."""
    return (vx[:, 1:] / vx[:, :-1] - 1.0) * 100.0


def constant_maturity(vx: Floats, days_left: Floats, target_days: float = CONSTANT_DAYS) -> Floats:
    """Return the VX price at a constant number of calendar days, on the line through the two futures around it.

    `vx` and `days_left` (to each expiry) have the shape (sessions, futures). While even the first future has
    more days left - up to 5, after the expiry before a long month - the line of the first pair is extended.
    NaN where one of the two prices is missing.
    """
    nearer = (days_left <= target_days).sum(axis=1) - 1
    near = np.clip(nearer, 0, vx.shape[1] - 2)
    rows = np.arange(len(vx))
    price0, price1 = vx[rows, near], vx[rows, near + 1]
    days0, days1 = days_left[rows, near], days_left[rows, near + 1]
    at_target: Floats = price0 + (price1 - price0) * (target_days - days0) / (days1 - days0)
    return at_target


def days_to_expiries(days: NDArray[np.datetime64], futures: int, calendar: SessionCalendar) -> Floats:
    """Return the calendar days to the expiries of VX1, VX2, .., shape (days, futures), NaN past the calendar."""
    left = np.full((len(days), futures), np.nan)
    if not len(days):
        return left
    asked = days.astype("datetime64[D]")
    expiries = monthly_expiries(
        asked[0], asked[-1] + np.timedelta64(DAYS_OF_LONGEST_MONTH * futures, "D"), calendar
    )
    for number in range(futures):
        index = np.searchsorted(expiries, asked, side="right") + number
        known = index < len(expiries)
        left[known, number] = (expiries[index[known]] - asked[known]).astype(np.float64)
    return left


def rule_front(
    days: NDArray[np.datetime64], wanted: NDArray[np.bool_], calendar: SessionCalendar, min_days: int
) -> NDArray[np.int8]:
    """Return for each wanted day the number (1..7) of the first future with `min_days` calendar days left.

    0 where the day is not wanted or the calendar does not reach the expiry.
    """
    front = np.zeros(len(days), dtype=np.int8)
    asked = days[wanted].astype("datetime64[D]")
    if not len(asked):
        return front
    notice = np.timedelta64(min_days, "D")
    expiries = monthly_expiries(asked[0], asked[-1] + notice, calendar)
    first = np.searchsorted(expiries, asked, side="right")
    enough = np.maximum(np.searchsorted(expiries, asked + notice, side="left"), first)
    front[wanted] = np.where(enough < len(expiries), np.minimum(enough - first + 1, 7), 0)
    return front


def rule_backwardation_pct(vx: Floats, front: NDArray[np.int8]) -> Floats:
    """Return (VXk / VXk+1 - 1) x 100 with k the front that the rule reads, NaN where k is 0."""
    rows, pair = np.arange(len(vx)), np.maximum(front, 1) - 1
    ratio = vx[rows, pair] / vx[rows, pair + 1]
    return np.where(front > 0, (ratio - 1.0) * 100.0, np.nan)


def monthly_expiries(
    first: np.datetime64, last: np.datetime64, calendar: SessionCalendar
) -> NDArray[np.datetime64]:
    """Return the monthly VIX expiries from the month of `first` to past `last`, ascending.

    They end where the calendar does: an expiry needs the third Friday of the month after its own.
    """
    months = np.arange(
        first.astype("datetime64[M]"), last.astype("datetime64[M]") + np.timedelta64(MONTHS_AHEAD, "M")
    )
    anchors = (months + np.timedelta64(1, "M")).astype("datetime64[D]") + np.timedelta64(
        LAST_THIRD_FRIDAY - 1, "D"
    )
    within = [month.item() for month in months[anchors <= calendar.days[-1]]]
    found = [vix_expiry(month.year, month.month, calendar) for month in within]
    return np.array(found, dtype="datetime64[D]")
