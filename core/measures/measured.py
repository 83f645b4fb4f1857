"""What follows from the daily history, session by session? The arrays that charts, rules and figures share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.market.series import History


class DivergenceKind(IntEnum):
    """What the detector of playbook section 3 found on a day; UNKNOWN where its window has a gap."""

    UNKNOWN = -1
    NONE = 0
    BEARISH = 1
    BULLISH = 2
    SLOPE = 3


class Grade(IntEnum):
    """How strong a divergence is."""

    UNKNOWN = -1
    NONE = 0
    MINOR = 1
    MODERATE = 2
    PRONOUNCED = 3


@dataclass(frozen=True)
class Measured:
    """One element a session of `history`; NaN (or UNKNOWN) where an input is missing in the window.

    Percent are `_pct`, index points `_points`. `edr_stands_in` is True where VIX took the place of VIX9D.
    `vx` has shape (sessions, 8): the settlements of VX1..VX8. `rule_front` is the number (1..7) of the
    first future of the pair that the backwardation rule uses.
    """

    history: History
    edr_formula: str
    universe: str
    spx: NDArray[np.float64]
    vix: NDArray[np.float64]
    vix9d_used: NDArray[np.float64]
    edr_stands_in: NDArray[np.bool_]
    hv20_pct: NDArray[np.float64]
    edr_pct: NDArray[np.float64]
    edr_points: NDArray[np.float64]
    vix_sma20: NDArray[np.float64]
    vix_sd20: NDArray[np.float64]
    macd: NDArray[np.float64]
    macd_signal: NDArray[np.float64]
    rsi_vix: NDArray[np.float64]
    rsi_spx: NDArray[np.float64]
    ad_line: NDArray[np.float64]
    rana: NDArray[np.float64]
    divergence: NDArray[np.int8]
    divergence_d: NDArray[np.float64]
    divergence_sessions: NDArray[np.int32]
    divergence_grade: NDArray[np.int8]
    vx: NDArray[np.float64]
    backwardation_pct: NDArray[np.float64]
    rule_backwardation_pct: NDArray[np.float64]
    rule_front: NDArray[np.int8]
