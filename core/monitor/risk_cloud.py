"""Where would SPX and VIX be, if they went as they once did in as many sessions? Nothing later than now."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.risk_state import EdrBand

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from core.market.series import History

    Floats = NDArray[np.float64]

MULTIPLES = (1.0, 1.5, 2.0)


@dataclass(frozen=True, eq=False)
class Cloud:
    """Levels of SPX and VIX, shape (k,) each, and the first and last day that they were taken from."""

    spx: Floats
    vix: Floats
    first: date | None = None
    last: date | None = None
    unknown: str = ""


def cloud(history: History, spx0: float, vix0: float, sessions: int) -> Cloud:
    """Return where SPX and VIX would be if they moved from here as in every stretch of so many sessions.

    Each stretch of closes multiplies SPX and VIX by what they were multiplied by then. A stretch that lacks a
    value at one of its ends is left out.
    """
    spx, vix = history.column("SPX"), history.column("VIX")
    if history.length <= sessions:
        return _none(f"the history has {history.length} sessions, not the {sessions + 1} that this needs")
    across, along = spx[sessions:] / spx[:-sessions], vix[sessions:] / vix[:-sessions]
    known = np.flatnonzero(np.isfinite(across) & np.isfinite(along))
    if not len(known):
        return _none("no stretch of the history has SPX and VIX at both ends")
    days = history.days
    first, last = days[known[0]].item(), days[known[-1] + sessions].item()
    return Cloud(spx0 * across[known], vix0 * along[known], first, last)


def _none(reason: str) -> Cloud:
    return Cloud(np.empty(0), np.empty(0), unknown=reason)


def edr_bands(spx: float | None, edr_points: float | None, sessions: int) -> tuple[EdrBand, ...]:
    """Return SPX less and plus 1, 1.5 and 2 EDRs, scaled by the root of the sessions; () where unknown."""
    if spx is None or edr_points is None:
        return ()
    reach = edr_points * math.sqrt(sessions)
    return tuple(EdrBand(m, sessions, spx - m * reach, spx + m * reach) for m in MULTIPLES)
