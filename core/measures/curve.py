"""Which way does the VIX futures curve slope? Backwardation of the front pair, and of the pair the rule reads.

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
LAST_THIRD_FRIDAY = 21


def settlements(history: History) -> Floats:
    """Return the settlements of VX1..VX8, shape (sessions, 8), in VIX points."""
    return np.column_stack([history.column(symbol) for symbol in CURVE_SYMBOLS])


def backwardation_pct(vx: Floats) -> Floats:
    """Return (VX1 / VX2 - 1) x 100: above 0 in backwardation, below 0 in contango."""
    return (vx[:, 0] / vx[:, 1] - 1.0) * 100.0


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
    expiries = monthly_expiries(asked[0], asked[-1] + min_days, calendar)
    first = np.searchsorted(expiries, asked, side="right")
    enough = np.maximum(np.searchsorted(expiries, asked + min_days, side="left"), first)
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
    months = np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + MONTHS_AHEAD)
    anchors = (months + 1).astype("datetime64[D]") + (LAST_THIRD_FRIDAY - 1)
    within = [month.item() for month in months[anchors <= calendar.days[-1]]]
    found = [vix_expiry(month.year, month.month, calendar) for month in within]
    return np.array(found, dtype="datetime64[D]")
