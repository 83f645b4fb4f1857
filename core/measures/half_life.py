"""How fast does VIX go back to where it came from? The half-life of a first-order autoregression."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALF_LIFE_SESSIONS = 252


def half_life(closes: NDArray[np.float64]) -> float:
    """Return sessions until half of a deviation is gone: ln 0.5 / ln phi of x[t] = a + phi x[t-1] + e, by OLS.

    `closes` are the closes of successive sessions, none missing. NaN where phi is not between 0 and 1: there is
    nothing that goes back.
    """
    if len(closes) < 3 or not np.isfinite(closes).all():
        return math.nan
    before, after = closes[:-1] - closes[:-1].mean(), closes[1:] - closes[1:].mean()
    spread = float(before @ before)
    phi = float(before @ after) / spread if spread > 0 else math.nan
    return math.log(0.5) / math.log(phi) if 0.0 < phi < 1.0 else math.nan
