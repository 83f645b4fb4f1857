"""Which short VIX legs have decayed enough to be bought back, and what is the worst of keeping them (000-21)?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from core.advice.drafting import base
from core.advice.records import STABLE, Act, Proposal, Situation
from core.advice.tickets import NoTicketError, mark, net_of, of_layer
from core.market.figure import known
from core.playbook.verdict import Says
from core.positions.contract import Kind
from core.positions.leg import Fill

if TYPE_CHECKING:
    from core.advice.ground import Ground
    from core.positions.book import Layer
    from core.positions.leg import Leg

TITLE = "EDR is stable"
STABLE_PCT, STABLE_CLOSES = 0.02, 5  # 000-21: "stable" = a change below 0.02 over 5 closes (own reading)


def stable(ground: Ground) -> Situation:
    """000: EDR has changed by less than 0.02 over five closes: decayed short legs may be harvested."""
    edr = ground.past.measured.edr_pct[-STABLE_CLOSES - 1 :]
    if len(edr) <= STABLE_CLOSES or not np.isfinite(edr[[0, -1]]).all():
        return Situation(STABLE, TITLE, Says.UNKNOWN, "EDR is not known at both closes", "000")
    change = float(edr[-1] - edr[0])
    told = f"EDR changed by {change:+.3f} over {STABLE_CLOSES} closes, limit {STABLE_PCT:g}"
    if abs(change) >= STABLE_PCT:
        return Situation(STABLE, TITLE, Says.OFF, told, "000")
    at = ground.last
    return Situation(STABLE, TITLE, Says.ON, told, "000", ground.day(at), ground.close_s(at))


def harvests(ground: Ground, row: Situation) -> list[Proposal]:
    """Return the buying back of each short VIX option that has gained, with the worst case of keeping it."""
    if row.says is not Says.ON:
        return []
    shorts = [(layer, leg) for layer in ground.live_layers for leg in layer.legs if _is_short(leg)]
    found = [_bought_back(ground, row, layer, leg) for layer, leg in shorts]
    return [one for one in found if one is not None]


def _is_short(leg: Leg) -> bool:
    contract = leg.contract
    return leg.quantity < 0 and contract.kind is Kind.OPTION and contract.terms.underlying == "VIX"


def _bought_back(ground: Ground, row: Situation, layer: Layer, leg: Leg) -> Proposal | None:
    title = f"harvest {leg.text} of layer {layer.number}: buy it back"
    proposal = base(row, Act.WATCH, title, layer)
    proposal = replace(proposal, key=f"{proposal.key}:{leg.contract.strike:f}", notes=(worst_case(layer, leg),))
    try:
        price = mark(ground, layer, leg)
    except NoTicketError as reason:
        return replace(proposal, unknown=str(reason))
    if leg.price is None or price >= leg.price:
        return None
    ticket = of_layer(layer, [Fill(leg.contract, -leg.quantity, price)])
    gained = float((leg.price - price) * -leg.quantity * leg.contract.multiplier)
    return replace(
        proposal,
        ticket=ticket,
        net=net_of(ground, layer, ticket),
        gain=known(gained, "$", "(sold at - model value) x contracts x multiplier", ground.market.inputs),
    )


def worst_case(layer: Layer, leg: Leg) -> str:
    """Return the most that a short VIX call can lose at expiry from its strike on, by the longs above it."""
    if leg.contract.right != "C" or leg.contract.strike is None:
        most = float((leg.contract.strike or 0) * -leg.quantity * leg.contract.multiplier)
        return f"worst case of keeping it: ${most:,.0f}, VIX at zero"
    strike = leg.contract.strike
    caps = [cap for other in layer.legs if (cap := _cap(other, leg)) is not None]
    if not caps:
        return "worst case of keeping it: no limit, the short call is naked"
    most = float(max(min(caps) - strike, Decimal(0)) * -leg.quantity * leg.contract.multiplier)
    return f"worst case of keeping it: ${most:,.0f} from its strike on, capped at {min(caps):f}"


def _cap(other: Leg, short: Leg) -> Decimal | None:
    """Return the strike of a long call of the same expiry that covers a short one, None where it does not."""
    contract = other.contract
    is_same = contract.right == "C" and contract.expiry == short.contract.expiry
    return contract.strike if is_same and other.quantity >= -short.quantity else None
