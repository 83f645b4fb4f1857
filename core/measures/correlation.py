"""Does a context series move with EDR or VIX? The rolling correlation of their daily changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.rolling import rolling_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CORRELATION_SESSIONS = 60
CORRELATION_NEEDED = 50


def difference(values: Floats) -> Floats:
    """Return the change from the session before, in the unit of the values; NaN where either is missing."""
    return np.diff(values, prepend=np.nan)


def log_change(values: Floats) -> Floats:
    """Return the natural log of the value over that of the session before; NaN where either is missing."""
    return np.diff(np.log(values), prepend=np.nan)


def rolling_correlation(
    one: Floats, other: Floats, count: int = CORRELATION_SESSIONS, needed: int = CORRELATION_NEEDED
) -> tuple[Floats, NDArray[np.int64]]:
    """Return Pearson's correlation of two series of changes over `count` sessions, and how many took part.

    A session takes part where both changes are known: other markets keep other holidays, and nothing is
    filled in for those. NaN where fewer than `needed` take part or one of the two does not move.
    """
    both = np.isfinite(one) & np.isfinite(other)
    taking_part = both.astype(np.float64)
    x, y = np.where(both, one, 0.0), np.where(both, other, 0.0)
    n, sum_x, sum_y = (rolling_sum(values, count) for values in (taking_part, x, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = sum_x / n, sum_y / n
        xy, xx, yy = (rolling_sum(a * b, count) for a, b in ((x, y), (x, x), (y, y)))
        spread = np.sqrt(_left(xx, n * mean_x**2) * _left(yy, n * mean_y**2))
        found = (xy - n * mean_x * mean_y) / spread
    enough = np.nan_to_num(n) >= needed
    return np.where(enough & (spread > 0), np.clip(found, -1.0, 1.0), np.nan), np.nan_to_num(n).astype(np.int64)


def _left(squares: Floats, mean_part: Floats) -> Floats:
    """Return a sum of squares about the mean; what is only rounding is zero."""
    left = squares - mean_part
    return np.where(left > 1e-12 * squares, left, 0.0)
