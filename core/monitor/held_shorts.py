"""How far out do the shorts of each condor stand, in expected moves until its expiry? Inside one is flagged.

Seed 000 sells outside the expected move; the move until expiry is EDR x sqrt(sessions left), one sigma.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.monitor.risk_moments import sessions_to
from core.valuation.greeks import greeks
from core.valuation.leg_terms import ON_SPX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.monitor.risk_ground import Ground

SIDES = {-1: "put", 1: "call"}
MULTIPLE = "distance / (EDR in points x sqrt(sessions left))"
INSIDE = "share of closes between the shorts, driftless normal with EDR x sqrt(sessions): a measuring rod"
OUTSIDE_FROM = 1.0


@dataclass(frozen=True, slots=True)
class CondorShort:
    """One short strike: points from SPX (outwards positive), in expected moves, and its delta a contract."""

    condor_id: int
    side: str
    strike: float
    sessions: int
    points: Figure
    multiple: Figure
    delta: Figure

    @property
    def is_inside(self) -> bool | None:
        """Whether it stands inside one expected move, None where that is unknown."""
        return None if self.multiple.value is None else self.multiple.value < OUTSIDE_FROM


@dataclass(frozen=True, slots=True)
class CondorOdds:
    """How likely a condor's expiry falls between its shorts (percent), by the expected move alone."""

    condor_id: int
    inside_pct: Figure


def condor_shorts(ground: Ground, edr_points: Figure) -> tuple[CondorShort, ...]:
    """Return every short strike of the open condors, puts before calls."""
    return tuple(short for row in _short_rows(ground) for short in [_short(ground, edr_points, row)])


def condor_odds(shorts: tuple[CondorShort, ...]) -> tuple[CondorOdds, ...]:
    """Return for each condor how likely it ends between its innermost shorts."""
    ids = dict.fromkeys(one.condor_id for one in shorts)
    return tuple(CondorOdds(one, _inside([s for s in shorts if s.condor_id == one])) for one in ids)


def _short_rows(ground: Ground) -> Iterator[int]:
    terms = ground.table.terms
    shorts = [
        row
        for row, leg in enumerate(terms.legs)
        if leg.quantity < 0 and terms.on[row] == ON_SPX and not terms.layer[row] and terms.sign[row]
    ]
    yield from sorted(shorts, key=lambda row: (terms.condor[row], terms.sign[row], terms.strike[row]))


def _short(ground: Ground, edr_points: Figure, row: int) -> CondorShort:
    table, terms = ground.table, ground.table.terms
    strike = float(terms.strike[row] / terms.spx_weight[row])
    sign = int(terms.sign[row])
    left = terms.expiry_s[row] - table.now_s
    sessions = sessions_to(_moment(ground, row), ground.now, ground.market.calendar) if left > 0 else 0
    points = sign * (strike - table.spx0)
    delta = float(greeks(table).delta[row])
    return CondorShort(
        int(terms.condor[row]),
        SIDES[sign],
        strike,
        sessions,
        _known(points, ground.why_nowhere, "points", "from SPX to the strike, outwards positive"),
        _multiple(points, sessions, edr_points),
        _known(delta, table.unknown[row], "", "for a point of SPX, one contract held long"),
    )


def _moment(ground: Ground, row: int) -> datetime:
    return datetime.fromtimestamp(float(ground.table.terms.expiry_s[row]), UTC)


def _multiple(points: float, sessions: int, edr_points: Figure) -> Figure:
    if not sessions:
        return unknown("it has expired", "x EDR", MULTIPLE)
    if edr_points.value is None or math.isnan(points):
        return unknown(edr_points.unknown or "no SPX value", "x EDR", MULTIPLE, edr_points.inputs)
    return known(points / (edr_points.value * math.sqrt(sessions)), "x EDR", MULTIPLE, edr_points.inputs)


def _inside(shorts: list[CondorShort]) -> Figure:
    """Return 100 (1 - beyond the call - beyond the put)."""
    beyond = 0.0
    for side in SIDES.values():
        nearest = min((one for one in shorts if one.side == side), key=_nearness, default=None)
        if nearest is None:
            continue
        if nearest.multiple.value is None:
            return unknown(nearest.multiple.unknown, "%", INSIDE)
        beyond += math.erfc(nearest.multiple.value / math.sqrt(2.0)) / 2.0
    return known(100.0 * (1.0 - beyond), "%", INSIDE)


def _nearness(short: CondorShort) -> float:
    return short.points.value if short.points.value is not None else math.inf


def _known(value: float, reason: str, unit: str, formula: str) -> Figure:
    if math.isnan(value):
        return unknown(reason or "it cannot be computed from these values", unit, formula)
    return known(value, unit, formula)
