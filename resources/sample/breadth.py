"""How many of the 500 simulated stocks rise? One market factor, a tilt between giants and the rest, own noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p
from resources.sample.index import phases

if TYPE_CHECKING:
    from numpy.typing import NDArray


def simulate_breadth(
    log_return: NDArray[np.float64], sigma: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return advances, declines and unchanged stocks of each session; together always 500."""
    moves = stock_returns(log_return, sigma, rng)
    price = p.STOCK_PRICE * np.exp(p.STOCK_PRICE_SPREAD * rng.standard_normal(p.STOCKS))
    visible = p.STOCK_TICK / 2 / price
    advances = (moves > visible).sum(axis=1)
    declines = (moves < -visible).sum(axis=1)
    return advances, declines, p.STOCKS - advances - declines


def stock_returns(
    log_return: NDArray[np.float64], sigma: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the simple returns of the stocks, shape (sessions, 500).

    Weighted by `weights()` they add up to the return of the index.
    """
    weight = weights()
    beta = 1 + p.STOCK_BETA_SPREAD * rng.standard_normal(p.STOCKS)
    beta /= (weight * beta).sum()
    size = p.STOCK_VOL_PCT / 100 * np.exp(p.STOCK_VOL_SPREAD * rng.standard_normal(p.STOCKS))
    unrest = (sigma / sigma.mean())[:, None] ** p.STOCK_UNREST_POWER
    own = unrest * size * rng.standard_normal((len(sigma), p.STOCKS))
    own -= (own * weight).sum(axis=1, keepdims=True)
    tilt = unrest * p.TILT_VOL_PCT / 100 * rng.standard_normal((len(sigma), 1)) + _narrowing(len(sigma))
    return np.asarray(np.expm1(log_return)[:, None] * beta + tilt * loadings() + own)


def weights() -> NDArray[np.float64]:
    """Return the stocks' weights in the index, the largest first, adding up to one."""
    weight = np.arange(1, p.STOCKS + 1) ** -p.WEIGHT_DECAY
    return np.asarray(weight / weight.sum())


def loadings() -> NDArray[np.float64]:
    """Return what each stock gains from the tilt: giants plus, the median stock -1, weighted sum zero."""
    size = -np.log(np.arange(1, p.STOCKS + 1))
    centred = size - (size * weights()).sum()
    return np.asarray(centred / -np.median(centred))


def _narrowing(sessions: int) -> NDArray[np.float64]:
    """Return the drift of the tilt: its usual one, in the divergence growing to its full size."""
    drift = np.full((sessions, 1), p.TILT_DRIFT_PCT)
    drift[phases(sessions).divergence, 0] = p.TILT_DIVERGENCE_PCT * np.linspace(0.1, 1.0, p.DIVERGENCE)
    return drift / 100
