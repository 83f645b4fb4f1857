"""How much has an index moved, judged by its whole bars? Five estimators of realised volatility (playbook 1.4).

Each returns annualised percent, one element a session, from the last `count` bars: NaN where one of them
lacks a price, or contradicts itself (a high below, a low above another price of the bar). Logs are natural,
a year has 252 sessions. The close-close estimator of the same table is `hv_pct`.

Caveats. The published SPX open is made of stale prints, so what looks like no overnight move is partly that:
Yang-Zhang's overnight part is then too small and the range-based ones carry it. And a range seen at n moments
a day is smaller than the true one (about 1.596 - 1.165 / sqrt(n) instead of 1.596 daily deviations).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.rolling import rolling_mean, rolling_sd
from core.measures.volatility import HV_SESSIONS, YEARLY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.market.series import History

    Floats = NDArray[np.float64]

YZ_ALPHA = 0.34


@dataclass(frozen=True, eq=False)
class Bars:
    """Daily bars in points, one element a session, NaN where there is none."""

    open: Floats
    high: Floats
    low: Floats
    close: Floats


def bars_of(history: History, symbol: str) -> Bars:
    """Return the bars of a symbol; a bar that contradicts itself or is not all there is NaN but for its close."""
    close = history.column(symbol)
    opened, high, low = (history.column(f"{symbol}.{field}") for field in ("open", "high", "low"))
    with np.errstate(invalid="ignore"):
        whole = (low > 0) & (low <= np.minimum(opened, close)) & (high >= np.maximum(opened, close))
    opened, high, low = (np.where(whole, values, np.nan) for values in (opened, high, low))
    return Bars(opened, high, low, close)


def parkinson_pct(bars: Bars, count: int = HV_SESSIONS) -> Floats:
    """Return Parkinson's (1980) volatility: variance = mean of ln(H/L)^2 / (4 ln 2).

    5.2 times as efficient as close-close; assumes no drift and no move while the exchange is shut.
    """
    return _yearly_pct(rolling_mean(np.log(bars.high / bars.low) ** 2, count) / (4.0 * math.log(2.0)))


def garman_klass_pct(bars: Bars, count: int = HV_SESSIONS) -> Floats:
    """Return Garman and Klass's (1980) volatility: mean of 0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2.

    7.4 times as efficient as close-close; assumes no drift and no overnight move. A published page prints
    (2 ln 2 - 1) / 2 for the second factor, which is wrong.
    """
    spread, body = np.log(bars.high / bars.low), np.log(bars.close / bars.open)
    return _yearly_pct(rolling_mean(0.5 * spread**2 - (2.0 * math.log(2.0) - 1.0) * body**2, count))


def rogers_satchell_pct(bars: Bars, count: int = HV_SESSIONS) -> Floats:
    """Return Rogers and Satchell's (1991) volatility: mean of ln(H/O) ln(H/C) + ln(L/O) ln(L/C).

    About 6 times as efficient as close-close; right under a drift, but blind to overnight moves.
    """
    return _yearly_pct(rolling_mean(_rogers_satchell(bars), count))


def yang_zhang_pct(bars: Bars, count: int = HV_SESSIONS) -> Floats:
    """Return Yang and Zhang's (2000) volatility: overnight + k open-to-close + (1 - k) Rogers-Satchell variance.

    k = 0.34 / (1.34 + (n + 1) / (n - 1)); overnight ln(O / previous C) and open-to-close ln(C / O) with
    ddof 1. Up to 14 times as efficient as close-close, right under drift and gaps; it needs the close
    before the window too. A published page swaps the labels of the open and close terms.
    """
    previous = np.concatenate(([np.nan], bars.close[:-1]))[: len(bars.close)]
    overnight, body = np.log(bars.open / previous), np.log(bars.close / bars.open)
    k = YZ_ALPHA / (1.0 + YZ_ALPHA + (count + 1) / (count - 1))
    variance = rolling_sd(overnight, count) ** 2 + k * rolling_sd(body, count) ** 2
    return _yearly_pct(variance + (1.0 - k) * rolling_mean(_rogers_satchell(bars), count))


def _rogers_satchell(bars: Bars) -> Floats:
    from_high = np.log(bars.high / bars.open) * np.log(bars.high / bars.close)
    from_low = np.log(bars.low / bars.open) * np.log(bars.low / bars.close)
    return np.asarray(from_high + from_low)


def _yearly_pct(variance: Floats) -> Floats:
    """Return annualised percent; a variance that rounding left a hair below zero is zero."""
    return np.sqrt(np.maximum(variance, 0.0)) * YEARLY * 100.0
