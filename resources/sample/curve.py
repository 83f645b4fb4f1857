"""Where do the VX futures settle? At VIX on the day they expire, near the long-run mean when far from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p
from resources.sample.volatility import anchor, lingering

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTRACTS = 8


def simulate_curve(
    vix: NDArray[np.float64], days_left: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the settlements of VX1..VX8, shape (sessions, 8), for the calendar days each has left.

    VX = slow + share * (VIX - slow) with share = 1 / sqrt(1 + days / 10) (playbook 4.3), so that VX is VIX at
    expiry; slow is the long-run mean, lower for near expiries, with a noise of its own.
    """
    share = 1 / np.sqrt(1 + days_left / p.VX_RESPONSE_DAYS)
    noise = p.VX_NOISE * lingering(rng.standard_normal((len(vix), 2)), p.VX_MEMORY)
    level, slope = noise[:, :1], noise[:, 1:]
    long_run = anchor(vix)[:, None] - p.VX_TERM_POINTS * share
    slow = long_run * np.exp(level + slope * (0.5 - share))
    settlement = slow + share * (vix[:, None] - slow)
    return np.round(settlement * p.VX_TICKS_A_POINT) / p.VX_TICKS_A_POINT
