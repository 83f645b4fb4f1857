"""How do the volatilities of SPX and VIX options move when SPX and VIX move? A smile that goes with the market.

Playbook sections 4.2, 4.3 and 9. Everything here is an assumption, named where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

ATM_PER_VIX = 0.155 / 0.18  # at-the-money volatility for each point of VIX / 100: playbook 9
PUT_SLOPE, CALL_SLOPE, CURVATURE = -0.55, -0.35, 0.8  # playbook 9
SKEW_NOTE = (
    "of VIX x 0.155/0.18 at the money, skew of -0.55 k below and -0.35 k above + 0.8 k^2, k = ln(K/SPX), assumed"
)
LOWEST_VOLATILITY = 0.01


@dataclass(frozen=True, slots=True)
class Surface:
    """The rule by which volatilities follow SPX and VIX from now to a scenario.

    An SPX option at d days moves by `atm_per_vix` x sqrt(30/d), the root capped at `cap`, for each point of VIX,
    its skew staying with moneyness. With `ssr` (skew stickiness ratio: 0 sticky delta, 1 sticky strike) the level
    follows SPX along the skew instead, d sigma = ssr x skew x d ln SPX. A VIX option keeps the volatility of its
    strike, plus `vix_slope` for each ln of its future.
    """

    atm_per_vix: float = 0.8
    cap: float = 1.5
    ssr: float | None = None
    vix_slope: float = 0.0

    @property
    def note(self) -> str:
        """The rule in words."""
        if self.ssr is not None:
            return f"SPX volatilities move along their skew by SSR {self.ssr:g}; VIX volatilities stay, assumed"
        return (
            f"SPX volatilities move by {self.atm_per_vix:g} sqrt(30/days) of VIX, skew in moneyness; "
            "VIX volatilities stay by strike, assumed"
        )


STANDARD = Surface()


def skew(moneyness: ArrayLike) -> Floats:
    """Return what the volatility is above the one at the money, at k = ln(strike/SPX) (playbook 9)."""
    k = np.asarray(moneyness, np.float64)
    return np.where(k < 0, PUT_SLOPE, CALL_SLOPE) * k + CURVATURE * k * k


def assumed_volatility(strike: ArrayLike, spx: float, vix: float) -> Floats:
    """Return the volatility (share a year) of SPX options where only VIX is known (playbook 9, an assumption)."""
    k = np.log(np.asarray(strike, np.float64) / spx)
    return np.maximum(ATM_PER_VIX * vix / 100 + skew(k), LOWEST_VOLATILITY)


def vix_to_volatility(days_left: ArrayLike, surface: Surface = STANDARD) -> Floats:
    """Return volatility points that SPX options gain at the money for a point of VIX."""
    days = np.maximum(np.asarray(days_left, np.float64), 1e-9)
    return surface.atm_per_vix * np.minimum(np.sqrt(30.0 / days), surface.cap)


@dataclass(frozen=True, eq=False)
class Smile:
    """SPX options as the surface sees them: volatility now, k = ln(strike/SPX) and its skew.

    `per_vix` are the volatility points that a point of VIX adds; all arrays broadcast.
    """

    sigma: Floats
    moneyness: Floats
    skew: Floats
    per_vix: Floats
    surface: Surface

    def moved(self, move: Floats, vix_change: Floats) -> Floats:
        """Return the volatilities after SPX moved by a ln and VIX by points."""
        if self.surface.ssr is None:
            level = (self.per_vix / 100) * vix_change
        else:
            level = self.surface.ssr * np.where(move < 0, PUT_SLOPE, CALL_SLOPE) * move
        return np.maximum(skew(self.moneyness - move) + (level + (self.sigma - self.skew)), LOWEST_VOLATILITY)


def smile(sigma: Floats, strike: Floats, days_left: Floats, spx: float, surface: Surface = STANDARD) -> Smile:
    """Return options as the surface sees them; `strike` in SPX points, `days_left` those left after the move."""
    k = np.log(strike / spx)
    return Smile(sigma, k, skew(k), vix_to_volatility(days_left, surface), surface)
