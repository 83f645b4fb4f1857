"""How much hedge is held? The open layers' legs as dollars of delta notional, against what is asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.figure import Figure, known, unknown
from core.playbook.sizing_frame import PERCENT, derived
from core.positions.contract import Kind, expiry_moment, is_vix_linked
from core.valuation.black76 import delta
from core.valuation.fill_volatility import Unvalued, fill_volatilities
from core.valuation.forwards import missing_vx, present, years_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.positions.book import Layer
    from core.positions.leg import Leg
    from core.valuation.forwards import MarketNow, MarketThen

FORMULA = "sum of quantity x multiplier x delta x VX future over the layers' VIX legs"


def held_exposure(layers: Sequence[Layer], market: MarketNow, then: MarketThen) -> Figure:
    """Return the delta notional of all open VIX options and futures of the layers, short ones negative.

    An option's delta is that of the volatility its own fills imply. Unknown, with the leg named, as soon as one
    leg cannot be valued: a share or an SPX option has no VX future of its own.
    """
    total = 0.0
    options: list[tuple[Leg, datetime, float]] = []
    for leg in (leg for layer in layers for leg in layer.legs):
        found = _living(leg, market)
        if isinstance(found, Unvalued):
            return unknown(found.reason, "$", FORMULA)
        settles, forward = found
        if leg.contract.kind is Kind.FUTURE:
            total += leg.quantity * leg.contract.multiplier * forward
        else:
            options.append((leg, settles, forward))
    sigmas = fill_volatilities([(leg, settles) for leg, settles, _ in options], then, market.rate)
    for (leg, settles, forward), sigma in zip(options, sigmas, strict=True):
        if isinstance(sigma, Unvalued):
            return unknown(sigma.reason, "$", FORMULA)
        total += _option_dollars(leg, settles, forward, sigma, market)
    return known(total, "$", FORMULA)


def _living(leg: Leg, market: MarketNow) -> tuple[datetime, float] | Unvalued:
    """Return when a leg settles and its VX future, or why it has none."""
    contract = leg.contract
    if not is_vix_linked(contract) or contract.kind is Kind.SHARE or contract.terms.underlying != "VIX":
        return Unvalued(f"{contract.text}: it has no VX future to take a delta on")
    try:
        settles = expiry_moment(contract, market.calendar)
    except OutsideCalendarError as outside:
        return Unvalued(f"{contract.text}: {outside}")
    if settles is None or settles <= market.now:
        return Unvalued(f"{contract.text} has expired: enter its settlement")
    forward = present(market.curve.get(contract.expiry)) if contract.expiry else None
    if forward is None:
        return Unvalued(f"{contract.text}: {missing_vx(contract.expiry, market.curve)}")
    return settles, forward


def _option_dollars(leg: Leg, settles: datetime, forward: float, sigma: float, market: MarketNow) -> float:
    years, sign = years_between(market.now, settles), -1 if leg.contract.right == "P" else 1
    discount = math.exp(-market.rate * years)
    slope = float(delta(forward, float(leg.contract.strike or 0), sigma, years, sign, discount))
    return leg.quantity * leg.contract.multiplier * slope * forward


def excess(held: Figure, target: Figure, tolerance_pct: float) -> Figure:
    """Return the dollars held above the target and its tolerance, 0 within it (000-6: no over-hedging)."""
    formula = f"exposure held - target x {1 + tolerance_pct / PERCENT:g}, at least 0"
    return derived(lambda h, t: max(h - t * (1.0 + tolerance_pct / PERCENT), 0.0), "$", formula, held, target)
