"""How much has SPX moved? Close-to-close historical volatility, and how it compares with VIX."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.measures.rolling import change_over, rolling_sd

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRADING_DAYS = 252
YEARLY = math.sqrt(TRADING_DAYS)
HV_SESSIONS = 20


def hv_pct(close: NDArray[np.float64], count: int = HV_SESSIONS) -> NDArray[np.float64]:
    """Return the annualised volatility, in percent, of the last `count` daily log returns (ddof 1).

    It needs `count` + 1 closes in a row: NaN where one of them is missing (playbook 1.4, close-close HV).
    """
    return rolling_sd(change_over(close, 1), count) * YEARLY * 100.0


def rv_iv_pct(realised_pct: NDArray[np.float64], implied_pct: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how many percent realised volatility exceeds implied volatility (seed 004; playbook 7.1)."""
    return (realised_pct / implied_pct - 1.0) * 100.0
