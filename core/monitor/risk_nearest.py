"""Which break-even is nearest at the condors' expiry, bare and hedged, and how far is SPX from it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.monitor.position_states import distance_to, loses_at, side_of

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.risk_state import RiskState
    from core.state import ShortDistance
    from core.valuation.break_evens import BreakEvens


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest break-even of the condors alone and with their layers, None where there is none known."""

    bare: ShortDistance | None
    hedged: ShortDistance | None


def nearest_break_evens(state: RiskState, edr_points: Figure) -> Nearest:
    """Return the nearest break-evens of the curve of the condors' expiry, from the SPX that is looked at.

    A distance is negative while SPX is where the position would lose at expiry; multiples are of `edr_points`.
    """
    curve = state.curve("expiry")
    if curve is None or curve.unknown:
        return Nearest(None, None)
    bare, hedged = curve.bare_break_evens, curve.break_evens
    ends = bare.points or hedged.points
    body = sum(ends) / len(ends) if ends else 0.0
    return Nearest(*(_nearest(one, body, state.point.spx, edr_points) for one in (bare, hedged)))


def _nearest(found: BreakEvens, body: float, spx: Figure, edr_points: Figure) -> ShortDistance | None:
    if not found.points or spx.value is None:
        return None
    at = spx.value
    level = min(found.points, key=lambda point: abs(point - at))
    return distance_to(side_of(found, level, body), level, spx, edr_points, is_beyond=loses_at(found, at))
