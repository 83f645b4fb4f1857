"""How do the condors and layers stand? Break-evens bare and hedged, distances, days left, states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.playbook.verdict import PositionState
from core.positions.contract import XSP_PER_SPX, expiry_moment
from core.state import CondorState, LayerLegState, ShortDistance
from core.valuation.break_evens import bare_break_evens, hedged_break_evens
from core.valuation.hedge_leg import hedge_leg_break_even, layer_break_evens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.positions.book import Book, Condor, Layer
    from core.positions.leg import Leg
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven
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
    that is open, without what it realised before it was last flat.
    """
    ids = {condor.id for condor in book.open_condors}
    own = (layer for layer in book.layers.values() if layer.condor_id in ids)
    others = (layer for layer in book.open_layers if layer.condor_id not in ids)
    since = (replace(layer, cash=layer.cash - layer.earlier_cash) for layer in others)
    return hedged_break_evens((*book.open_condors, *own, *since), levels.now, levels.then)


def _condor_state(condor: Condor, layers: Sequence[Layer], levels: Levels) -> CondorState:
    bare, has_expired = bare_break_evens(condor), _has_expired(condor.legs[0], levels)
    is_alone = not layers and not has_expired
    hedged = bare if is_alone else hedged_break_evens((condor, *layers), levels.now, levels.then)
    return CondorState(
        condor=condor,
        status=_status(condor, has_expired=has_expired),
        dte=_days_left(condor, levels),
        max_loss=bare.min_profit or unknown(bare.unknown or "no open leg", "$"),
        bare=bare,
        hedged=hedged,
        distances=_short_distances(condor, _spx(condor, levels, has_expired=has_expired), levels.edr_points),
        nearest=None if has_expired else _nearest(condor, bare, hedged, levels),
    )


def _has_expired(leg: Leg, levels: Levels) -> bool:
    last = expiry_moment(leg.contract, levels.now.calendar)
    return last is not None and last <= levels.now.now


def _status(condor: Condor, *, has_expired: bool) -> str:
    if has_expired:
        return "expired, awaiting settlement"
    return "open" if condor.is_complete else "open, legs missing"


def _spx(condor: Condor, levels: Levels, *, has_expired: bool) -> Figure:
    """Return the SPX that a condor's distances are measured from: none once it has expired."""
    return unknown(f"expired {condor.expiry}: enter its settlement", "points") if has_expired else levels.spx


def _days_left(condor: Condor, levels: Levels) -> Figure:
    if condor.expiry is None:
        return unknown("no expiry", "days")
    return known((condor.expiry - exchange_date(levels.now.now)).days, "days", "calendar days to expiry")


def _short_distances(condor: Condor, spx: Figure, edr_points: Figure) -> tuple[ShortDistance, ...]:
    """Return how far SPX is from each short strike, negative when it is beyond."""
    found = []
    for side, right, sign in (("short_put", "P", 1), ("short_call", "C", -1)):
        leg = condor.leg(right, -1)
        if leg is not None:
            strike = _spx_strike(leg)
            is_beyond = spx.value is not None and sign * (spx.value - strike) < 0
            found.append(_distance(side, strike, spx, edr_points, is_beyond=is_beyond))
    return tuple(found)


def _spx_strike(leg: Leg) -> float:
    strike = float(leg.contract.strike or 0)
    return strike * XSP_PER_SPX if leg.contract.root == "XSP" else strike


def _nearest(condor: Condor, bare: BreakEvens, hedged: BreakEvens, levels: Levels) -> ShortDistance | None:
    """Return the break-even that SPX is nearest to, the bare one only where the hedged are unknown.

    Its distance is negative while SPX is where the position would lose at expiry.
    """
    found, spx = bare if hedged.unknown else hedged, levels.spx.value
    if not found.points or spx is None:
        return None
    level = min(found.points, key=lambda point: abs(point - spx))
    side = _side(condor, found, level) + (", bare" if hedged.unknown else "")
    return _distance(side, level, levels.spx, levels.edr_points, is_beyond=_loses_at(found, spx))


def _side(condor: Condor, found: BreakEvens, level: float) -> str:
    """Return the side of the condor's body on which the losses lie that begin or end at a break-even."""
    losses = [zone for zone in found.zones if zone.kind == "loss" and level in (zone.low, zone.high)]
    low = losses[0].low if losses else level
    high = losses[0].high if losses else level
    if low is None or high is None:
        return "put side" if low is None else "call side"
    strikes = [_spx_strike(leg) for leg in condor.legs]
    return "put side" if (low + high) / 2 < sum(strikes) / len(strikes) else "call side"


def _loses_at(found: BreakEvens, spx: float) -> bool:
    return any(
        zone.kind == "loss" and (zone.low is None or zone.low < spx) and (zone.high is None or spx < zone.high)
        for zone in found.zones
    )


def _distance(side: str, level: float, spx: Figure, edr_points: Figure, *, is_beyond: bool) -> ShortDistance:
    """Return how far a level is from SPX in points, percent and EDRs, negative when SPX is beyond it."""
    if spx.value is None:
        missing = unknown(spx.unknown, "points")
        return ShortDistance(side, level, missing, missing, missing)
    points = abs(level - spx.value) * (-1 if is_beyond else 1)
    far = known(points, "points", "distance from SPX, negative when it is beyond", spx.inputs)
    pct = known(100 * points / spx.value, "%", "distance / SPX", spx.inputs)
    if edr_points.value is None:
        return ShortDistance(side, level, far, pct, unknown(edr_points.unknown, "EDR"))
    edrs = known(points / edr_points.value, "EDR", "distance / EDR points", edr_points.inputs)
    return ShortDistance(side, level, far, pct, edrs)


def layer_legs(layers: Sequence[Layer], levels: Levels) -> tuple[LayerLegState, ...]:
    """Return the open legs of a layer number, each with its own break-even."""
    return tuple(LayerLegState(leg.text, _leg_break_even(leg, levels)) for layer in layers for leg in layer.legs)


def _leg_break_even(leg: Leg, levels: Levels) -> HedgeLegBreakEven:
    """Return where a leg breaks even; through today's market only while it is alive."""
    found = hedge_leg_break_even(leg, levels.now)
    if not _has_expired(leg, levels):
        return found
    return replace(found, spx=unknown(f"expired {leg.contract.expiry}: enter its settlement", "points"))


def layer_wholes(layers: Sequence[Layer], levels: Levels) -> tuple[tuple[HedgeLegBreakEven, ...], ...]:
    """Return where each holding breaks even as a whole, cash and fees counted; () where nothing of it is alive."""
    return tuple(
        layer_break_evens(layer, levels.now)
        if layer.is_open and not any(_has_expired(leg, levels) for leg in layer.legs)
        else ()
        for layer in layers
    )


def position_state(layers: Sequence[Layer], levels: Levels) -> PositionState:
    """Return the journal's word for a layer number: live while any leg of it is alive."""
    legs = [leg for layer in layers for leg in layer.legs]
    if legs:
        has_expired = all(_has_expired(leg, levels) for leg in legs)
        return PositionState.EXPIRED if has_expired else PositionState.LIVE
    return PositionState.CLOSED if layers else PositionState.NONE
