"""What would a screen have shown in the session after the last one? A simulated tape of quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p
from resources.sample.volatility import response

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resources.sample.market import SimulatedMarket


@dataclass(frozen=True)
class Tape:
    """Quotes in points, `seconds` (int64) after the open of the session that follows the last one."""

    seconds: NDArray[np.int64]
    spx: NDArray[np.float64]
    vix: NDArray[np.float64]
    vix9d: NDArray[np.float64]


def simulate_tape(market: SimulatedMarket) -> Tape:
    """Return one session of quotes that continues the market: a gap, then a random walk; VIX answers to it."""
    # A stream of its own: the market uses spawn keys 0 to 7.
    source = np.random.SeedSequence(market.seed, spawn_key=(p.TAPE_STREAM,))
    rng = np.random.Generator(np.random.PCG64(source))
    seconds = np.arange(0, p.SESSION_SECONDS + 1, p.TAPE_STEP_SECONDS)
    share = np.full(len(seconds), (1 - p.OVERNIGHT_SHARE) / (len(seconds) - 1))
    share[0] = p.OVERNIGHT_SHARE
    steps = market.sigma[-1] * np.sqrt(share) * rng.standard_normal(len(seconds))
    noise = np.cumsum(p.VIX_NOISE * np.sqrt(share) * rng.standard_normal(len(seconds)))
    moved = np.cumsum(steps)
    vix_before = float(market.vix.close[-1])
    answer = np.array([response(vix_before, float(x)) for x in moved]) + noise
    return Tape(
        seconds,
        np.round(market.spx.close[-1] * np.exp(moved), 2),
        _points(vix_before * np.exp(answer)),
        _points(market.vix9d.close[-1] * np.exp((1 + p.VIX9D_STRETCH) * answer)),
    )


def _points(vix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.round(np.clip(vix, p.VIX_LEAST, p.VIX_MOST), 2))
