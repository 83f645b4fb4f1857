"""What holds over the last n sessions? Rolling sums, means and extremes that a missing session makes unknown.

Every window is added up on its own, oldest first, so a value never depends on where the history begins or
ends: cutting sessions off either end leaves the windows that remain exactly as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def rolling_sum(values: Floats, count: int) -> Floats:
    """Return the sum of the last `count` values at each session, NaN where one of them is missing."""
    return _rolled(values, count, np.add)


def rolling_max(values: Floats, count: int) -> Floats:
    """Return the largest of the last `count` values at each session, NaN where one of them is missing."""
    return _rolled(values, count, np.maximum)


def rolling_min(values: Floats, count: int) -> Floats:
    """Return the smallest of the last `count` values at each session, NaN where one of them is missing."""
    return _rolled(values, count, np.minimum)


def rolling_mean(values: Floats, count: int) -> Floats:
    """Return the mean of the last `count` values at each session, NaN where one of them is missing."""
    return rolling_sum(values, count) / count


def rolling_sd(values: Floats, count: int) -> Floats:
    """Return the sample standard deviation (ddof 1) of the last `count` values, NaN where one is missing.

    Exactly 0.0 where all of them are equal.
    """
    mean = rolling_mean(values, count)[count - 1 :]
    out = np.full(len(values), np.nan)
    squares = np.zeros(len(mean))
    for lag in range(count if len(mean) else 0):
        squares += (values[lag : lag + len(mean)] - mean) ** 2
    out[count - 1 :] = np.sqrt(squares / (count - 1))
    out[rolling_max(values, count) == rolling_min(values, count)] = 0.0
    return out


def z_score(values: Floats, count: int) -> Floats:
    """Return (value - mean) / standard deviation over the last `count` values including the session's own.

    NaN where one of them is missing, and where all are equal: there is no scale to measure by.
    """
    sd = rolling_sd(values, count)
    return (values - rolling_mean(values, count)) / np.where(sd > 0, sd, np.nan)


def change_over(values: Floats, count: int) -> Floats:
    """Return the natural log of value over the value `count` sessions ago, NaN where either is missing."""
    out = np.full(len(values), np.nan)
    out[count:] = np.log(values[count:] / values[: max(len(values) - count, 0)])
    return out


def gap_free_runs(known: NDArray[np.bool_]) -> list[slice]:
    """Return the stretches of consecutive sessions that have values, oldest first."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False]))))
    return [slice(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def run_starts(begins: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each session the index of the last session that begins a run; the first always does."""
    index = np.arange(len(begins), dtype=np.int64)
    return np.maximum.accumulate(np.where(begins, index, 0)) if len(begins) else index


def _rolled(values: Floats, count: int, combine: np.ufunc) -> Floats:
    out = np.full(len(values), np.nan)
    windows = len(values) - count + 1
    if windows > 0:
        total = values[:windows].copy()
        for lag in range(1, count):
            combine(total, values[lag : lag + windows], out=total)
        out[count - 1 :] = total
    return out
