"""How do the condors and layers stand? Break-evens bare and hedged, distances, days left, states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.playbook.verdict import PositionState
from core.positions.contract import XSP_PER_SPX, expiry_moment
from core.state import CondorState, LayerLegState, ShortDistance
from core.valuation.break_evens import bare_break_evens, hedged_break_evens
from core.valuation.hedge_leg import hedge_leg_break_even

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.positions.book import Book, Condor, Layer
    from core.positions.leg import Leg
    from core.valuation.break_evens import BreakEvens
    from core.valuation.forwards import MarketNow, MarketThen


@dataclass(frozen=True)
class Levels:
    """SPX and EDR as the distances need them."""

    spx: Figure
    edr_points: Figure
    now: MarketNow
    then: MarketThen


def condor_states(book: Book, levels: Levels) -> tuple[CondorState, ...]:
    """Return every open condor with its own layers, by id."""
    return tuple(_condor_state(condor, book.layers_of(condor.id), levels) for condor in book.open_condors)


def book_break_evens(book: Book, levels: Levels) -> BreakEvens:
    """Return the break-evens of the book at the last condor's expiry.

    In it: every open condor with all of its layers, what those have realised included, and every other layer
    that is open.
    """
    ids = {condor.id for condor in book.open_condors}
    layers = (layer for layer in book.layers.values() if layer.is_open or layer.condor_id in ids)
    return hedged_break_evens((*book.open_condors, *layers), levels.now, levels.then)


def _condor_state(condor: Condor, layers: Sequence[Layer], levels: Levels) -> CondorState:
    bare = bare_break_evens(condor)
    hedged = hedged_break_evens((condor, *layers), levels.now, levels.then) if layers else bare
    nearest_of = hedged if hedged.points else bare
    return CondorState(
        condor=condor,
        status=_status(condor, levels),
        dte=_days_left(condor, levels),
        max_loss=bare.min_profit or unknown(bare.unknown or "no open leg", "$"),
        bare=bare,
        hedged=hedged,
        distances=_short_distances(condor, levels),
        nearest=_nearest(nearest_of.points, levels),
    )


def _status(condor: Condor, levels: Levels) -> str:
    if condor.legs:
        last = expiry_moment(condor.legs[0].contract, levels.now.calendar)
        if last is not None and last <= levels.now.now:
            return "expired, awaiting settlement"
    return "open" if condor.is_complete else "open, legs missing"


def _days_left(condor: Condor, levels: Levels) -> Figure:
    if condor.expiry is None:
        return unknown("no expiry", "days")
    return known((condor.expiry - exchange_date(levels.now.now)).days, "days", "calendar days to expiry")


def _short_distances(condor: Condor, levels: Levels) -> tuple[ShortDistance, ...]:
    shorts = ((name, condor.leg(right, -1)) for name, right in (("short_put", "P"), ("short_call", "C")))
    return tuple(_distance(name, _spx_strike(leg), levels) for name, leg in shorts if leg is not None)


def _spx_strike(leg: Leg) -> float:
    strike = float(leg.contract.strike or 0)
    return strike * XSP_PER_SPX if leg.contract.root == "XSP" else strike


def _nearest(points: Sequence[float], levels: Levels) -> ShortDistance | None:
    if not points or levels.spx.value is None:
        return None
    spx = levels.spx.value
    level = min(points, key=lambda point: abs(point - spx))
    return _distance("put side" if level < spx else "call side", level, levels)


def _distance(side: str, level: float, levels: Levels) -> ShortDistance:
    """Return how far a level is from SPX; positive when SPX has not reached it from the body's side."""
    spx, edr = levels.spx, levels.edr_points
    if spx.value is None:
        missing = unknown(spx.unknown, "points")
        return ShortDistance(side, level, missing, missing, missing)
    points = (level - spx.value) if "call" in side else (spx.value - level)
    far = known(points, "points", "distance from SPX, negative when crossed", spx.inputs)
    pct = known(100 * points / spx.value, "%", "distance / SPX", spx.inputs)
    if edr.value is None:
        return ShortDistance(side, level, far, pct, unknown(edr.unknown, "EDR"))
    edrs = known(points / edr.value, "EDR", "distance / EDR points", edr.inputs)
    return ShortDistance(side, level, far, pct, edrs)


def layer_legs(layers: Sequence[Layer], levels: Levels) -> tuple[LayerLegState, ...]:
    """Return the open legs of a layer number, each with its own break-even."""
    return tuple(
        LayerLegState(leg.text, hedge_leg_break_even(leg, levels.now)) for layer in layers for leg in layer.legs
    )


def position_state(layers: Sequence[Layer]) -> PositionState:
    """Return the journal's word for a layer number."""
    if any(layer.is_open for layer in layers):
        return PositionState.LIVE
    return PositionState.CLOSED if layers else PositionState.NONE
