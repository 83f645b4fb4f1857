"""Which volatility do the fills of a leg imply, on the forward of their own moment?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.times import exchange_date
from core.positions.contract import XSP_PER_SPX, Contract, is_vix_linked
from core.valuation.black76 import NoVolatility, implied_volatility
from core.valuation.forwards import present, years_between

if TYPE_CHECKING:
    from datetime import datetime

    from core.positions.leg import DatedFill, Leg
    from core.valuation.forwards import MarketThen


@dataclass(frozen=True, slots=True)
class Unvalued:
    """Why a leg cannot be valued; the reason names the leg."""

    reason: str


def fill_volatility(leg: Leg, expiry: datetime, then: MarketThen, rate: float) -> float | Unvalued:
    """Return the volatility (share a year) that the opening fills imply, weighted by quantity, or why none.

    `expiry` is the moment at which the option settles, `rate` a year, continuously compounded.
    """
    total = 0.0
    for dated in leg.opened_by:
        sigma = _of_fill(dated, expiry, then, rate)
        if isinstance(sigma, Unvalued):
            return sigma
        total += sigma * abs(dated.fill.quantity)
    return total / sum(abs(dated.fill.quantity) for dated in leg.opened_by)


def _of_fill(dated: DatedFill, expiry: datetime, then: MarketThen, rate: float) -> float | Unvalued:
    contract, price = dated.fill.contract, dated.fill.price
    if price is None or contract.strike is None:
        return Unvalued(f"{contract.text}: only its package has a price, so no volatility is implied")
    years = years_between(dated.time, expiry)
    forward = _forward(contract, dated.time, then, rate * years)
    if isinstance(forward, Unvalued):
        return forward
    sign = -1 if contract.right == "P" else 1
    sigma = implied_volatility(float(price), forward, float(contract.strike), years, sign, math.exp(-rate * years))
    if isinstance(sigma, NoVolatility):
        return Unvalued(f"{contract.text}: its fill implies no volatility: {sigma.reason}")
    return sigma


def _forward(contract: Contract, when: datetime, then: MarketThen, carry: float) -> float | Unvalued:
    """Return the forward of a contract at a fill: its VX future, or SPX carried at the rate."""
    day = exchange_date(when)
    if is_vix_linked(contract) and contract.expiry is not None:
        vx = present(then.vx(contract.expiry, when))
        return Unvalued(f"{contract.text}: no VX future of that expiry at its fill, {day}") if vx is None else vx
    spx = present(then.spx(when))
    if spx is None:
        return Unvalued(f"{contract.text}: no SPX value at its fill, {day}")
    return spx / (XSP_PER_SPX if contract.root == "XSP" else 1) * math.exp(carry)
