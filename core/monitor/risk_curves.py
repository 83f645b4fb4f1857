"""What does the book gain along SPX, at each moment, bare and hedged, under three responses of VIX?"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.monitor.risk_ground import CONDORS
from core.risk_state import BASE, RESPONSES, ResponseZones, RiskCurve, SideExtreme
from core.valuation.book_curves import CurvesAsked, curves
from core.valuation.break_evens import break_evens_at
from core.valuation.leg_terms import ON_SPX, OPTION
from core.valuation.zones import NOTHING_DOLLARS, zones_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from core.monitor.risk_ground import Ground
    from core.monitor.risk_moments import At
    from core.valuation.break_evens import BreakEvens
    from core.valuation.revalue import Group
    from core.valuation.zones import Zone

    Floats = NDArray[np.float64]

LOWEST, HIGHEST, STEPS = 0.7, 1.2, 200
AROUND_STRIKES = 0.02


def risk_grid(ground: Ground) -> Floats:
    """Return the levels of SPX of all curves: -30 % to +20 % by quarter percents, every strike, and the point.

    Empty where SPX or VIX is unknown.
    """
    if ground.why_nowhere:
        return np.empty(0)
    terms, spx0 = ground.table.terms, ground.quoted
    on_spx = (terms.on == ON_SPX) & (terms.kind == OPTION)
    own = np.append(terms.strike[on_spx] / terms.spx_weight[on_spx], [spx0, ground.spx])
    low = min(LOWEST * spx0, (1.0 - AROUND_STRIKES) * float(own.min()))
    high = max(HIGHEST * spx0, (1.0 + AROUND_STRIKES) * float(own.max()))
    return np.unique(np.concatenate([np.linspace(low, high, STEPS + 1), own]))


def risk_curves(ground: Ground, grid: Floats, moments: Sequence[At]) -> tuple[RiskCurve, ...]:
    """Return a curve for each moment on the grid, () where there is no grid."""
    return tuple(_curve(ground, grid, at) for at in moments) if len(grid) else ()


def _curve(ground: Ground, grid: Floats, at: At) -> RiskCurve:
    both = (ground.groups[CONDORS], ground.whole)
    bare, hedged = dollars_along(ground, grid, both, at.moment)
    alone, together = break_evens_of(ground, both, at.moment)
    return RiskCurve(
        at.key,
        at.label,
        at.moment,
        bare,
        hedged,
        alone,
        together,
        sides(ground, grid, hedged[ground.row]),
        ground.settled_on_the_way(at.moment),
        ground.why(ground.whole, at.moment),
        _by_response(ground, grid, hedged, together, at.moment),
    )


def _by_response(
    ground: Ground, grid: Floats, rows: Floats, found: BreakEvens, moment: datetime
) -> tuple[ResponseZones, ...]:
    """Return the zones and sides of the low, base and high response, () where the curve is unknown."""
    if found.unknown:
        return ()
    base = found.points
    if ground.asked.response != BASE:
        (usual,) = break_evens_at(ground.table, [ground.whole], moment, ground.market, ground.surface)
        base = usual.points
    return tuple(
        ResponseZones(name, points, _zones(grid, row, points), sides(ground, grid, row))
        for name, row, points in zip(RESPONSES, rows, (found.low_response, base, found.high_response), strict=True)
    )


def _zones(grid: Floats, row: Floats, points: tuple[float, ...]) -> tuple[Zone, ...]:
    """Return the zones between break-evens that lie inside the grid, extremes on its levels."""
    inside = np.array([point for point in points if grid[0] < point < grid[-1]], np.float64)
    return zones_between(row, np.searchsorted(grid, inside) - 1, inside)


def dollars_along(ground: Ground, grid: Floats, groups: Sequence[Group], moment: datetime) -> Floats:
    """Return the dollars of each group on the grid under the three responses: (groups, 3, n), NaN if unknown."""
    found = np.full((len(groups), len(RESPONSES), len(grid)), np.nan)
    known = [at for at, group in enumerate(groups) if not ground.why(group, moment)]
    if known:
        responses = ground.market.responses.responses
        some = [groups[at] for at in known]
        asked = CurvesAsked(ground.table, some, moment.timestamp(), responses, grid, ground.surface)
        found[known] = curves(asked)
    return found


def break_evens_of(ground: Ground, groups: Sequence[Group], moment: datetime) -> tuple[BreakEvens, ...]:
    """Return the break-evens of each group at a moment: `points` and zones of the response that is asked for."""
    responses = replace(ground.market.responses, base=ground.response)
    market = replace(ground.market, responses=responses)
    return break_evens_at(ground.table, groups, moment, market, ground.surface)


def sides(ground: Ground, grid: Floats, row: Floats) -> tuple[SideExtreme, ...]:
    """Return the worst and the best P/L below and above the condors' body, () where unknown."""
    if not math.isfinite(float(row.sum())):
        return ()
    below = grid <= ground.body
    return tuple(
        _side(ground, name, grid[where], row[where]) for name, where in (("put", below), ("call", ~below))
    )


def least_at(row: Floats, levels: Floats, body: float) -> int:
    """Return where the least of a row is, of several the one nearest to the body; 0 where all is unknown."""
    if not math.isfinite(float(row.sum())):
        return 0
    least = np.flatnonzero(row <= row.min() + NOTHING_DOLLARS)
    return int(least[np.abs(levels[least] - body).argmin()])


def _side(ground: Ground, name: str, levels: Floats, row: Floats) -> SideExtreme:
    worst, best = (least_at(sign * row, levels, ground.body) for sign in (1.0, -1.0))
    formula = f"P/L for SPX {levels[0]:,.0f} to {levels[-1]:,.0f}, {ground.asked.response} response, after fees"
    low, high = (ground.dollars(float(row[at]), "", formula) for at in (worst, best))
    return SideExtreme(name, low, float(levels[worst]), high, float(levels[best]))
