"""How do the condors and layers stand? Break-evens bare and hedged, distances, days left, states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.playbook.verdict import PositionState
from core.positions.contract import XSP_PER_SPX
from core.state import CondorState, LayerLegState, ShortDistance
from core.valuation.break_evens import break_evens_at_expiry
from core.valuation.hedge_leg import through_map
from core.valuation.leg_table import leg_table

if TYPE_CHECKING:
    from core.monitor.held_book import HeldBook, HeldLayer
    from core.positions.book import Condor
    from core.positions.leg import Leg
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven
    from core.valuation.forwards import MarketNow
    from core.valuation.leg_volatility import LegVolatilities


@dataclass(frozen=True)
class Levels:
    """The book, SPX and EDR as the distances need them, the market of now, and the legs' volatilities."""

    held: HeldBook
    spx: Figure
    edr_points: Figure
    now: MarketNow
    volatilities: LegVolatilities

    @cached_property
    def now_s(self) -> float:
        """The moment in UTC seconds."""
        return self.now.now.timestamp()


def book_states(levels: Levels) -> tuple[tuple[CondorState, ...], BreakEvens]:
    """Return every open condor with its own layers, by id, and the break-evens of the whole book.

    All of them are valued in one evaluation.
    """
    held = levels.held
    table = leg_table(held.terms, levels.volatilities, levels.now)
    expired = [_has_expired(float(held.terms.expiry_s[group.rows[0]]), levels) for group in held.hedged[:-1]]
    plain = [is_alone and not is_over for is_alone, is_over in zip(held.is_alone, expired, strict=True)]
    asked = [group for group, is_plain in zip(held.hedged, (*plain, False), strict=True) if not is_plain]
    *found, book = break_evens_at_expiry(table, asked, levels.now)
    hedged = iter(found)
    condors = (
        _condor_state(condor, bare, bare if is_plain else next(hedged), levels, has_expired=is_over)
        for condor, bare, is_plain, is_over in zip(held.condors, held.bare, plain, expired, strict=True)
    )
    return tuple(condors), book


def _condor_state(
    condor: Condor, bare: BreakEvens, hedged: BreakEvens, levels: Levels, *, has_expired: bool
) -> CondorState:
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


def _has_expired(settles_s: float, levels: Levels) -> bool:
    return settles_s <= levels.now_s


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
            found.append(distance_to(side, strike, spx, edr_points, is_beyond=is_beyond))
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
    strikes = [_spx_strike(leg) for leg in condor.legs]
    side = side_of(found, level, sum(strikes) / len(strikes)) + (", bare" if hedged.unknown else "")
    return distance_to(side, level, levels.spx, levels.edr_points, is_beyond=loses_at(found, spx))


def side_of(found: BreakEvens, level: float, body: float) -> str:
    """Return the side of `body` (SPX points) on which the losses lie that begin or end at a break-even."""
    losses = [zone for zone in found.zones if zone.kind == "loss" and level in (zone.low, zone.high)]
    low = losses[0].low if losses else level
    high = losses[0].high if losses else level
    if low is None or high is None:
        return "put side" if low is None else "call side"
    return "put side" if (low + high) / 2 < body else "call side"


def loses_at(found: BreakEvens, spx: float) -> bool:
    """Return whether SPX is inside a zone of loss."""
    return any(
        zone.kind == "loss" and (zone.low is None or zone.low < spx) and (zone.high is None or spx < zone.high)
        for zone in found.zones
    )


def distance_to(side: str, level: float, spx: Figure, edr_points: Figure, *, is_beyond: bool) -> ShortDistance:
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


def layer_legs(layers: tuple[HeldLayer, ...], levels: Levels) -> tuple[LayerLegState, ...]:
    """Return the open legs of a layer number, each with its own break-even, in SPX only while it is alive."""
    own = [level for one in layers for level in one.legs]
    found = zip(through_map(own, levels.now), (s for one in layers for s in one.settles_s), strict=True)
    legs = ((leg, text) for one in layers for leg, text in zip(one.layer.legs, one.texts, strict=True))
    return tuple(
        LayerLegState(text, _expired(leg, both) if _has_expired(settles_s, levels) else both)
        for (leg, text), (both, settles_s) in zip(legs, found, strict=True)
    )


def _expired(leg: Leg, found: HedgeLegBreakEven) -> HedgeLegBreakEven:
    """Return a leg's level without SPX: its market is gone."""
    return replace(found, spx=unknown(f"expired {leg.contract.expiry}: enter its settlement", "points"))


def layer_wholes(layers: tuple[HeldLayer, ...], levels: Levels) -> tuple[tuple[HedgeLegBreakEven, ...], ...]:
    """Return where each holding breaks even as a whole, cash and fees counted; () where nothing of it is alive."""
    alive = [one.whole if not any(_has_expired(s, levels) for s in one.settles_s) else () for one in layers]
    found = iter(through_map([level for whole in alive for level in whole], levels.now))
    return tuple(tuple(next(found) for _ in whole) for whole in alive)


def position_state(layers: tuple[HeldLayer, ...], levels: Levels) -> PositionState:
    """Return the journal's word for a layer number: live while any leg of it is alive."""
    settles = [settles_s for one in layers for settles_s in one.settles_s]
    if settles:
        has_expired = all(_has_expired(settles_s, levels) for settles_s in settles)
        return PositionState.EXPIRED if has_expired else PositionState.LIVE
    return PositionState.CLOSED if layers else PositionState.NONE
