"""Which fills would a proposal take, at which prices? All at the model's value, never assumed done."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiries_after
from core.market.figure import Figure, known, unknown
from core.market.times import new_york
from core.playbook.hedge import STRIKES
from core.positions.contract import MORNING, Contract, Kind
from core.positions.leg import Fill, cash_of
from core.risk_state import ProposedFill
from core.valuation.black76 import price
from core.valuation.forwards import present, years_between
from core.valuation.hedge_leg import RHO_FORMULA, OwnLevel, alignment_rho, hedged_condor, own_level, through_map

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.advice.ground import Ground
    from core.playbook.stress import Hedge
    from core.positions.book import Condor, Holding, Layer
    from core.positions.leg import Leg

    Floats = NDArray[np.float64]

CENT = Decimal("0.01")
NET_FORMULA = "sum of quantity x multiplier x model price, before fees"


class NoTicketError(ValueError):
    """No ticket can be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll ticket: its fills, where the hedge breaks even in the put wing before and after, and remarks."""

    fills: tuple[ProposedFill, ...]
    rho_before: Figure
    rho_after: Figure
    notes: tuple[str, ...]


def closing(ground: Ground, holding: Holding, share: float = 1.0) -> tuple[Fill, ...]:
    """Return fills that close a share of each open leg at its model value, at least one contract of each.

    Raises NoTicketError where a leg cannot be valued.
    """
    found = []
    for leg in holding.legs:
        count = abs(leg.quantity)
        part = count if share >= 1.0 else max(math.floor(count * share + 0.5), 1)
        found.append(Fill(leg.contract, -part if leg.quantity > 0 else part, mark(ground, holding, leg)))
    return tuple(found)


def mark(ground: Ground, holding: Holding, leg: Leg) -> Decimal:
    """Return the model value of a leg in points, to the cent. Raises NoTicketError."""
    row = ground.row(holding, leg)
    if not ground.table.is_valued[row]:
        raise NoTicketError(ground.table.unknown[row])
    return _cents(float(ground.greeks.price[row]))


def _cents(points: float) -> Decimal:
    return Decimal(repr(points)).quantize(CENT)


def of_layer(layer: Layer, fills: Sequence[Fill]) -> tuple[ProposedFill, ...]:
    """Return fills as those of a layer."""
    return tuple(ProposedFill(fill, layer=layer.number, condor_id=layer.condor_id) for fill in fills)


def of_condor(condor: Condor, fills: Sequence[Fill]) -> tuple[ProposedFill, ...]:
    """Return fills as those of a condor."""
    return tuple(ProposedFill(fill, condor_id=condor.id) for fill in fills)


def net_of(ground: Ground, holding: Holding | None, ticket: Sequence[ProposedFill]) -> Figure:
    """Return the dollars that a ticket brings in (positive) or costs; futures move cash only where they close."""
    held = holding.legs if holding is not None else ()
    dollars = cash_of([one.fill for one in ticket], held)
    return known(float(dollars), "$", NET_FORMULA, ground.market.inputs)


def roll(ground: Ground, layer: Layer) -> Roll:
    """Return the ticket that closes a layer and opens it in the next monthly expiry (002-9).

    The strikes are those whose break-even lies where the old one lay in the put wing, to within roll.keep_be;
    without a wing those whose break-even in VIX is nearest. A spread keeps its width. New options are priced
    with the volatility of the legs they replace (assumption). Raises NoTicketError.
    """
    closed = closing(ground, layer)
    for leg in layer.legs:
        if leg.contract.terms.underlying != "VIX" or leg.contract.expiry is None:
            raise NoTicketError(f"{leg.contract.text} has no next monthly VIX expiry: roll it by hand")
    anchor = _anchor(layer)
    shift, before, after, notes = _shift(ground, layer, anchor)
    opened = [_moved(ground, layer, leg, shift) for leg in layer.legs]
    return Roll(of_layer(layer, (*closed, *opened)), before, after, notes)


def _anchor(layer: Layer) -> Leg:
    """Return the leg whose break-even is kept: the largest bought option, else the first leg."""
    bought = [leg for leg in layer.legs if leg.contract.kind is Kind.OPTION and leg.quantity > 0]
    return max(bought, key=lambda leg: leg.quantity) if bought else layer.legs[0]


def _shift(ground: Ground, layer: Layer, anchor: Leg) -> tuple[Decimal, Figure, Figure, tuple[str, ...]]:
    """Return by how much all strikes move, rho before and after, and remarks."""
    condor = hedged_condor(ground.live_condors, layer.condor_id)
    level = through_map([own_level(anchor)], ground.market)[0]
    before = _rho(level.spx, condor)
    if anchor.contract.kind is Kind.FUTURE or anchor.contract.strike is None:
        nothing = unknown("a future has no strike to keep a break-even with", "", RHO_FORMULA)
        return Decimal(0), before, nothing, ("the future of the next month, at its own price",)
    strikes, levels = _candidates(ground, layer, anchor)
    wanted = before.value if before.value is not None else level.vix.value
    if wanted is None:
        raise NoTicketError(f"{anchor.contract.text}: {level.vix.unknown}")
    at = _nearest(ground, (strikes, levels), condor if before.value is not None else None, wanted)
    after = _rho_at(ground, float(levels[at]), condor)
    return Decimal(f"{strikes[at]:g}") - anchor.contract.strike, before, after, _notes(ground, before, after)


def _candidates(ground: Ground, layer: Layer, anchor: Leg) -> tuple[Floats, Floats]:
    """Return the whole strikes of the next expiry and the VIX at which an option of each breaks even."""
    forward, sigma, years, discount = _terms(ground, layer, anchor)
    sign = -1 if anchor.contract.right == "P" else 1
    premiums = np.round(price(forward, STRIKES, sigma, years, sign, discount), 2)
    return STRIKES, STRIKES + sign * premiums


def _nearest(ground: Ground, found: tuple[Floats, Floats], condor: Condor | None, wanted: float) -> int:
    """Return the index of the strike whose break-even is nearest: in rho with a condor, else in VIX points."""
    _, levels = found
    if condor is None:
        return int(np.argmin(np.abs(levels - wanted)))
    rhos = np.array([_rho_at(ground, float(level), condor).value or math.nan for level in levels])
    if not np.isfinite(rhos).any():
        raise NoTicketError("no strike of the next month breaks even within the response map")
    return int(np.nanargmin(np.abs(rhos - wanted)))


def _rho(spx: Figure, condor: Condor | None) -> Figure:
    return unknown("no condor has a put spread", "", RHO_FORMULA) if condor is None else alignment_rho(spx, condor)


def _rho_at(ground: Ground, vix_level: float, condor: Condor | None) -> Figure:
    level = OwnLevel(vix_level, is_vix=True, formula="strike + premium")
    return _rho(through_map([level], ground.market)[0].spx, condor)


def _notes(ground: Ground, before: Figure, after: Figure) -> tuple[str, ...]:
    found = ["new options at the volatility of the legs they replace (assumed)"]
    limit = ground.playbook.number("roll.keep_be")
    if before.value is None:
        found.append(f"break-even kept in VIX points: {before.unknown}")
    elif after.value is None or abs(after.value - before.value) > limit:
        found.append(f"no strike of the next month keeps rho within {limit:g}: the nearest one is shown")
    return tuple(found)


def _terms(ground: Ground, layer: Layer, leg: Leg) -> tuple[float, float, float, float]:
    """Return forward, volatility, years and discount of a leg in the next monthly expiry."""
    expiry = next_expiry(ground, leg.contract)
    row = ground.row(layer, leg)
    years = years_between(ground.now, new_york(expiry, MORNING))
    forward = vx_of(ground, expiry)
    return forward, float(ground.table.sigma[row]), years, math.exp(-ground.market.rate * years)


def next_expiry(ground: Ground, contract: Contract) -> date:
    """Return the monthly VIX expiry after a contract's own. Raises NoTicketError."""
    if contract.expiry is None:
        raise NoTicketError(f"{contract.text} does not expire")
    try:
        return vix_expiries_after(contract.expiry, 1, ground.market.calendar)[0]
    except OutsideCalendarError as outside:
        raise NoTicketError(str(outside)) from None


def vx_of(ground: Ground, expiry: date) -> float:
    """Return the VX future of an expiry, by parity where only a chain has it. Raises NoTicketError."""
    by_parity = ground.market.vix_forwards.get(expiry)
    found = present(ground.market.curve.get(expiry)) or (by_parity.points if by_parity else None)
    if found is None:
        raise NoTicketError(f"no VX future of {expiry}: the next month cannot be priced")
    return found


def _moved(ground: Ground, layer: Layer, leg: Leg, shift: Decimal) -> Fill:
    """Return the fill that opens a leg again in the next month."""
    forward, sigma, years, discount = _terms(ground, layer, leg)
    contract, expiry = leg.contract, next_expiry(ground, leg.contract)
    if contract.kind is Kind.FUTURE or contract.strike is None:
        return Fill(replace(contract, expiry=expiry), leg.quantity, _cents(forward))
    strike = contract.strike + shift
    sign = -1 if contract.right == "P" else 1
    points = float(price(forward, float(strike), sigma, years, sign, discount))
    return Fill(replace(contract, expiry=expiry, strike=strike), leg.quantity, _cents(points))


def opening(ground: Ground, number: int, hedge: Hedge, count: int) -> tuple[ProposedFill, ...]:
    """Return the fills that buy so many contracts of a sized hedge for a layer of the whole book."""
    if hedge.kind != "VIX call":
        raise NoTicketError(f"{hedge.kind} is not bought for a layer")
    years = years_between(ground.now, hedge.settles)
    discount = math.exp(-ground.market.rate * years)
    sides = [(hedge.strike, hedge.sigma, count)]
    if hedge.cap:
        sides.append((hedge.cap, hedge.cap_sigma, -count))
    return tuple(
        ProposedFill(
            Fill(
                Contract("VIX", Kind.OPTION, hedge.expiry, "C", Decimal(f"{strike:g}")),
                signed,
                _cents(float(price(hedge.forward, strike, sigma, years, 1, discount))),
            ),
            layer=number,
        )
        for strike, sigma, signed in sides
    )
