"""At which close would an indicator reach a level? RSI, MACD and the distance from a mean, solved for one close.

Every function takes the closes before the one that is asked for, oldest first, without a gap at the end. What
came more than MEMORY closes before has no weight left: (25/27)^400 < 1e-13.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEMORY = 400


def closes_before(values: Floats, stop: int) -> Floats:
    """Return the closes before index `stop`, back to the last gap, at most MEMORY of them."""
    tail = values[max(stop - MEMORY, 0) : stop]
    gaps = np.flatnonzero(~np.isfinite(tail))
    return tail[gaps[-1] + 1 :] if len(gaps) else tail


def close_at_rsi(before: Floats, count: int, level: float) -> float | None:
    """Return the close at which Wilder's RSI of `count` would be at `level`, None where no close above 0 is.

    With G and L the average gain and loss so far, a close x points lower makes RSI
    100 (n-1) G / ((n-1)(G + L) + x); likewise for a gain.
    """
    if len(before) <= count:
        return None
    changes = np.diff(before)
    gain, loss = (_wilder(np.maximum(sign * changes, 0.0), count) for sign in (1.0, -1.0))
    share = level / 100.0
    fall = (count - 1) * (gain * (1.0 - share) / share - loss)
    rise = (count - 1) * (share * (gain + loss) - gain) / (1.0 - share)
    close = float(before[-1]) + (-fall if fall > 0 else rise)
    return close if close > 0 else None


def _wilder(moves: Floats, count: int) -> float:
    """Return Wilder's average: the mean of the first `count` moves, then (n-1)/n of it plus 1/n of the next."""
    keep = 1.0 - 1.0 / count
    later = moves[count:]
    weights = keep ** np.arange(len(later) - 1, -1, -1)
    return float(moves[:count].mean() * keep ** len(later) + (later @ weights) / count)


def close_at_macd_cross(before: Floats, macd: float, signal: float, spans: tuple[int, int]) -> float | None:
    """Return the close at which MACD would equal its signal, from both after the closes before.

    `spans` are the fast and the slow average, a = 2 / (span + 1) their weights. One more close V makes MACD
    (1 - a_fast) MACD + (a_fast - a_slow)(V - slow average); above the old signal means above the new one.
    """
    fast, slow = (2.0 / (span + 1) for span in spans)
    if len(before) < spans[1]:
        return None
    average = _exponential(before, spans[1])
    close = average + (signal - (1.0 - fast) * macd) / (fast - slow)
    return close if close > 0 else None


def _exponential(values: Floats, span: int) -> float:
    """Return the exponential average that begins with the mean of the first `span` values (as TA-Lib's does)."""
    keep = 1.0 - 2.0 / (span + 1)
    later = values[span:]
    weights = keep ** np.arange(len(later) - 1, -1, -1)
    return float(values[:span].mean() * keep ** len(later) + (1.0 - keep) * (later @ weights))


def close_at_z(before: Floats, count: int, z: float) -> float | None:
    """Return the close that would be z (at least 0) standard deviations above the mean of `count` closes with it.

    With a and q the mean and the sum of squares about it of the count - 1 closes before,
    (V - a)^2 = z^2 q / ((n-1)^3 / n^2 - z^2 (n-1) / n). None where no close can be so far: z^2 n >= (n-1)^2.
    """
    others = before[len(before) - (count - 1) :]
    if len(before) < count - 1:
        return None
    mean = float(others.mean())
    reach = (count - 1) ** 3 / count**2 - z * z * (count - 1) / count
    if reach <= 0:
        return None
    return mean + math.sqrt(z * z * float(((others - mean) ** 2).sum()) / reach)
