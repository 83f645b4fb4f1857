"""What does one standard deviation of the daily close mean for a day? Expected move, expected range, odds.

All of it follows from a driftless random walk watched without a pause (playbook 1.4): a measuring rod beside
EDR, not a forecast. A range seen at few moments a day is smaller than the true one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

CLOSE_MOVE = math.sqrt(2.0 / math.pi)
"""Mean of the absolute close-to-close move in standard deviations: 0.798; an at-the-money straddle's price too."""
HIGH_LOW_RANGE = math.sqrt(8.0 / math.pi)
"""Mean of high less low in standard deviations of the close: 1.596."""
TABLE_SIGMAS = (1.0, 1.28, 1.5, 2.0)
_TERMS = 60


@dataclass(frozen=True, slots=True)
class SigmaOdds:
    """Probabilities (0 to 1) for a distance of `sigmas` standard deviations of the period's close."""

    sigmas: float
    close_inside_both: float
    close_inside_one_side: float
    path_stays_inside_both: float
    one_barrier_touched: float


def expected_move(sigma: float) -> float:
    """Return the expected absolute close-to-close move, sqrt(2/pi) sigma, in the unit of sigma."""
    return CLOSE_MOVE * sigma


def expected_range(sigma: float) -> float:
    """Return the expected high less low, sqrt(8/pi) sigma, in the unit of sigma."""
    return HIGH_LOW_RANGE * sigma


def sigma_odds(sigmas: float) -> SigmaOdds:
    """Return the probabilities for +-`sigmas` (above 0) under a driftless normal walk.

    That the path never leaves a band is the series of the heat equation between two absorbing walls,
    4/pi sum (-1)^m / (2m + 1) exp(-(2m + 1)^2 pi^2 / (8 k^2)); that it touches one barrier is twice the
    probability of closing beyond it (reflection). Good to 1e-12 up to 20 standard deviations.
    """
    beyond = math.erfc(sigmas / math.sqrt(2.0)) / 2.0
    return SigmaOdds(sigmas, 1.0 - 2.0 * beyond, 1.0 - beyond, _stays_inside(sigmas), 2.0 * beyond)


def _stays_inside(sigmas: float) -> float:
    rate = math.pi**2 / (8.0 * sigmas**2)
    terms = ((-1) ** m / (2 * m + 1) * math.exp(-((2 * m + 1) ** 2) * rate) for m in range(_TERMS))
    return 4.0 / math.pi * math.fsum(terms)
