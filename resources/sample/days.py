"""How does a session run between two closes? Where it opens, and its high and low."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Bars:
    """Open, high, low and close of one symbol, one element a session, two decimals."""

    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]


def index_bars(log_level: NDArray[np.float64], sigma: NDArray[np.float64], rng: np.random.Generator) -> Bars:
    """Return the bars of an index: a Brownian bridge from close to close, extremes drawn from their exact law.

    `log_level` is the logarithm of the close, `sigma` the standard deviation of each session's log return.
    """
    step = np.diff(log_level, prepend=log_level[0])
    share = p.OVERNIGHT_SHARE
    gap = share * step + np.sqrt(share * (1 - share)) * sigma * rng.standard_normal(len(step))
    intraday = step - gap
    spread = 2 * p.INTRADAY_ROUGHNESS * (1 - share) * sigma**2
    above, below = -np.log1p(-rng.random((2, len(step))))
    start = log_level - intraday
    high = start + (intraday + np.sqrt(intraday**2 + spread * above)) / 2
    low = start + (intraday - np.sqrt(intraday**2 + spread * below)) / 2
    return Bars(*(np.round(np.exp(x), 2) for x in (start, high, low, log_level)))


def volatility_bars(close: NDArray[np.float64], index: Bars, steepness: float, rng: np.random.Generator) -> Bars:
    """Return the bars of a volatility index that mirrors the index: high when the index is at its low.

    `steepness` is the percent move for one percent of the index.
    """
    logs = np.log(close)
    before = np.concatenate([logs[:1], logs[:-1]])
    index_before = np.concatenate([index.open[:1], index.close[:-1]])
    noise = p.VIX_OPEN_NOISE * rng.standard_normal(len(logs))
    start = before - steepness * np.log(index.open / index_before) + noise
    inner_low, inner_high = np.minimum(index.open, index.close), np.maximum(index.open, index.close)
    above, below = p.VIX_DAY_NOISE * rng.exponential(size=(2, len(logs)))
    high = np.maximum(start, logs) + steepness * np.log(inner_low / index.low) + above
    low = np.minimum(start, logs) - steepness * np.log(index.high / inner_high) - below
    return Bars(*(np.round(np.clip(np.exp(x), p.VIX_LEAST, p.VIX_MOST), 2) for x in (start, high, low, logs)))
