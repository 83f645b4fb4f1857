"""How far does SPX move in a day? The expected daily range by named formula, in percent of SPX.

One standard deviation of the daily close-to-close move. The public sources agree on no definition; each
formula here is one of playbook 1.2 that yields a percent move, and every display names the one in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.measures.expected import CLOSE_MOVE
from core.measures.rolling import rolling_mean
from core.measures.volatility import YEARLY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EdrFormula:
    """Weights of VIX9D, HV20 and VIX, all annualised percent; the weighted sum is divided by sqrt(252).

    One that takes the bias is multiplied by `realised_bias` where the others take the playbook's multiplier.
    """

    name: str
    text: str
    vix9d: float = 0.0
    hv20: float = 0.0
    vix: float = 0.0
    takes_multiplier: bool = True
    takes_bias: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the measures that the formula reads."""
        weights = (("VIX9D", self.vix9d), ("HV20", self.hv20), ("VIX", self.vix))
        return (*(name for name, weight in weights if weight), *(("bias",) if self.takes_bias else ()))


_ALL = (
    EdrFormula("A", "m (0.60 VIX9D + 0.40 HV20) / sqrt(252)", vix9d=0.60, hv20=0.40),
    EdrFormula("B", "VIX / sqrt(252)", vix=1.0, takes_multiplier=False),
    EdrFormula("C", "VIX9D / sqrt(252)", vix9d=1.0, takes_multiplier=False),
    EdrFormula("G", "m (1/6 VIX9D + 5/6 HV20) / sqrt(252)", vix9d=1 / 6, hv20=5 / 6),
    EdrFormula("H", "m (0.50 VIX9D + 0.50 HV20) / sqrt(252)", vix9d=0.50, hv20=0.50),
    EdrFormula(
        "E3",
        "VIX / sqrt(252) x realised over implied, 60 sessions",
        vix=1.0,
        takes_multiplier=False,
        takes_bias=True,
    ),
)
BIAS_SESSIONS = 60
FORMULAS = MappingProxyType({formula.name: formula for formula in _ALL})


def realised_bias(spx: Floats, vix: Floats) -> Floats:
    """Return realised over implied moves: the slope through the origin over the last 60 sessions, at each session.

    Of the absolute daily log move of SPX / 0.798 (percent) on VIX of the close before / sqrt(252). The page behind
    E3 says "rolling 60-day implied-vs-realized regression" and no more: the rest is an assumption. NaN where one
    of the 61 closes is missing.
    """
    out = np.full(len(spx), np.nan)
    if len(spx) <= BIAS_SESSIONS:
        return out
    implied = vix[:-1] / YEARLY
    realised = 100.0 * np.abs(np.diff(np.log(spx))) / CLOSE_MOVE
    squares = rolling_mean(implied * implied, BIAS_SESSIONS)
    out[1:] = rolling_mean(implied * realised, BIAS_SESSIONS) / np.where(squares > 0, squares, np.nan)
    return out


def multiplier_of(formula: str, multiplier: float, spx: Floats, vix: Floats) -> float | Floats:
    """Return what the weighted sum is multiplied by at each session: the playbook's number, 1, or the bias."""
    chosen = FORMULAS[formula]
    if chosen.takes_bias:
        return realised_bias(spx, vix)
    return multiplier if chosen.takes_multiplier else 1.0


def edr_pct(formula: str, multiplier: float | Floats, vix9d: Floats, hv20: Floats, vix: Floats) -> Floats:
    """Return EDR in percent of SPX (1 sigma, close to close) by the named formula of playbook 1.2.

    The inputs are annualised percent of one shape; NaN where one that the formula reads is NaN. `multiplier` is
    what `multiplier_of` says.
    """
    chosen = FORMULAS[formula]
    total = np.zeros_like(vix)
    for weight, values in ((chosen.vix9d, vix9d), (chosen.hv20, hv20), (chosen.vix, vix)):
        if weight:
            total = total + weight * values
    return (multiplier if chosen.takes_multiplier or chosen.takes_bias else 1.0) * total / YEARLY


def vix9d_or_vix(vix9d: Floats, vix: Floats, *, has_begun: bool = False) -> tuple[Floats, NDArray[np.bool_]]:
    """Return VIX9D with VIX standing in for it before it existed, and where that is so.

    Before the first value of VIX9D (everywhere, if there is none) VIX stands in; a value that is missing
    later stays NaN. `has_begun` says that VIX9D had values before the first session given.
    """
    known = np.flatnonzero(np.isfinite(vix9d))
    first = 0 if has_begun else int(known[0]) if len(known) else len(vix9d)
    stands_in = np.arange(len(vix9d)) < first
    return np.where(stands_in, vix, vix9d), stands_in
