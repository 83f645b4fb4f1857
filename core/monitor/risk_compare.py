"""Where does each bare break-even go? First order, with the greeks' part in it, beside the full revaluation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import known, unknown
from core.monitor.risk_curves import break_evens_of
from core.monitor.risk_ground import CONDORS
from core.monitor.risk_migration import CALL, PUT
from core.monitor.risk_moved import moved_table
from core.risk_state import BreakEvenComparison
from core.valuation.forwards import DAY_S
from core.valuation.greeks import greeks
from core.valuation.leg_terms import ON_SPX

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from core.market.figure import Figure
    from core.monitor.risk_ground import Ground
    from core.valuation.break_evens import BreakEvens

    Floats = NDArray[np.float64]

PERCENT = 100.0
_TERMS = {
    "so far": "P/L of the layers now",
    "delta": "delta x move of each leg's own underlying",
    "gamma": "half gamma x that move squared",
    "vega": "vega x change of the leg's own volatility (VIX options keep theirs)",
    "theta": "theta x days until then",
    "rest": "what these miss of the full revaluation",
}


def comparisons(ground: Ground, moment: datetime) -> tuple[BreakEvenComparison, ...]:
    """Return each bare break-even with its first-order and its full hedged counterparts (playbook 4.4)."""
    bare, hedged = break_evens_of(ground, (ground.groups[CONDORS], ground.whole), moment)
    return tuple(_compared(ground, point, hedged, moment) for point in bare.points)


def _compared(ground: Ground, point: float, hedged: BreakEvens, moment: datetime) -> BreakEvenComparison:
    side = PUT if point <= ground.body else CALL
    levels = np.array([point - 1.0, point, point + 1.0])
    groups = ground.profits(levels, ground.line(levels, ground.response), moment)
    slope = float(groups[CONDORS, 2] - groups[CONDORS, 0]) / 2.0
    value = float(groups[1:, 1].sum())
    formula = f"P/L of the layers at SPX {point:,.2f}, VIX by the map, cost included"
    gain = ground.dollars(value, ground.why(ground.whole, moment), formula)
    first = "BE - H(BE) / slope of the bare condor there"
    return BreakEvenComparison(
        side=side,
        bare=point,
        gain=gain,
        terms=_terms(ground, point, value, moment),
        first_order=(
            known(point - value / slope, "points", first, ground.market.inputs)
            if gain.is_known and slope
            else unknown(gain.unknown or "the bare condor is flat there", "points", first)
        ),
        full=_of_side(hedged.points, side, ground.body),
        low=_of_side(hedged.low_response, side, ground.body),
        high=_of_side(hedged.high_response, side, ground.body),
    )


def _of_side(points: tuple[float, ...], side: str, body: float) -> tuple[float, ...]:
    return tuple(point for point in points if (point <= body) == (side == PUT))


def _terms(ground: Ground, point: float, value: float, moment: datetime) -> dict[str, Figure]:
    """Return the layers' P/L so far, what each greek adds to it by the move until then, and what is left."""
    table, legs = ground.table, greeks(ground.table, ground.surface)
    terms, dollars = table.terms, table.terms.dollars
    rows = np.flatnonzero(terms.layer > 0)
    move, volatility = _moves(ground, point, moment)
    days = (np.minimum(terms.expiry_s, moment.timestamp()) - table.now_s) / DAY_S
    each = {
        "so far": legs.value,
        "delta": dollars * legs.delta * move,
        "gamma": dollars * legs.gamma * move**2 / 2.0,
        "vega": dollars * legs.vega * volatility * PERCENT,
        "theta": legs.decay * days,
    }
    sums = {name: float(column[rows].sum()) for name, column in each.items()}
    sums["so far"] += math.fsum(group.cash for group in ground.groups[1:])
    sums["rest"] = value - math.fsum(sums.values())
    return {
        name: ground.dollars(sums[name], ground.why(ground.whole, ground.now), formula)
        for name, formula in _TERMS.items()
    }


def _moves(ground: Ground, point: float, moment: datetime) -> tuple[Floats, Floats]:
    """Return how far each leg's own underlying and volatility move until the moment, as `greeks` counts them.

    SPX legs by points of SPX, VIX legs by points of their future: to the settlement for one that settles before.
    """
    table, terms = ground.table, ground.table.terms
    span, when_s = moment.timestamp() - table.now_s, moment.timestamp()
    share = np.clip((terms.expiry_s - table.now_s) / span, 0.0, 1.0) if span > 0 else np.ones(len(terms))
    path = table.spx0 + (point - table.spx0) * share
    vix = ground.line(path, ground.response)
    at_end = moved_table(table, point, float(ground.line(point, ground.response)), when_s, ground.surface)
    settled, on_spx = terms.expiry_s <= when_s, terms.on == ON_SPX
    move = np.where(settled, vix, at_end.forward) - table.forward
    volatility = np.where(settled | ~on_spx, 0.0, at_end.sigma - table.sigma)
    return np.where(on_spx, path - table.spx0, move), volatility
