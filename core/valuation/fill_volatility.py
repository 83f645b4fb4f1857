"""Which volatility do the fills of a leg imply, on the forward of their own moment?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.market.times import exchange_date
from core.positions.contract import XSP_PER_SPX, Contract, is_vix_linked
from core.valuation.black76 import implied_volatilities, why_none
from core.valuation.forwards import present, years_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.positions.leg import DatedFill, Leg
    from core.valuation.forwards import MarketThen


@dataclass(frozen=True, slots=True)
class Unvalued:
    """Why a leg cannot be valued; the reason names the leg."""

    reason: str


class _Terms(NamedTuple):
    """What Black's formula needs to find the volatility of one fill."""

    price: float
    forward: float
    strike: float
    years: float
    sign: int
    discount: float


def fill_volatilities(
    legs: Sequence[tuple[Leg, datetime]], then: MarketThen, rate: float
) -> list[float | Unvalued]:
    """Return the volatility (share a year) that each leg's opening fills imply, weighted by quantity, or why none.

    The moment beside a leg is the one at which the option settles; `rate` a year, continuously compounded.
    """
    fills = [[_terms(dated, expiry, then, rate) for dated in leg.opened_by] for leg, expiry in legs]
    asked = [terms for row in fills for terms in row if isinstance(terms, _Terms)]
    solved = dict(zip(asked, implied_volatilities(*np.array(asked, np.float64).reshape(-1, 6).T), strict=True))
    return [_of_leg(leg, row, solved) for (leg, _), row in zip(legs, fills, strict=True)]


def _of_leg(leg: Leg, fills: list[_Terms | Unvalued], solved: dict[_Terms, np.float64]) -> float | Unvalued:
    total = 0.0
    for dated, terms in zip(leg.opened_by, fills, strict=True):
        if isinstance(terms, Unvalued):
            return terms
        if np.isnan(solved[terms]):
            return Unvalued(f"{leg.contract.text}: its fill implies no volatility: {why_none(*terms)}")
        total += float(solved[terms]) * abs(dated.fill.quantity)
    return total / sum(abs(dated.fill.quantity) for dated in leg.opened_by)


def _terms(dated: DatedFill, expiry: datetime, then: MarketThen, rate: float) -> _Terms | Unvalued:
    contract, price = dated.fill.contract, dated.fill.price
    if price is None or contract.strike is None:
        return Unvalued(f"{contract.text}: only its package has a price, so no volatility is implied")
    years = years_between(dated.time, expiry)
    forward = _forward(contract, dated.time, then, rate * years)
    if isinstance(forward, Unvalued):
        return forward
    sign = -1 if contract.right == "P" else 1
    return _Terms(float(price), forward, float(contract.strike), years, sign, math.exp(-rate * years))


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
