"""The condor of the playbook's worked example with hedges, as a risk picture is computed on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from core.monitor.risk_book import RiskBook
from core.monitor.risk_ground import Ground
from core.risk_state import RiskAsked
from core.valuation.leg_table import leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from tests.core.valuation.positions import NOW, THEN, VIX_62, iron_condor, layer, market

if TYPE_CHECKING:
    from core.positions.book import Condor, Layer

CALLS_62 = f"+4 VIX {VIX_62} C 20 @ 2.32"


def ground(*layers: Layer, condor: Condor | None = None, asked: RiskAsked | None = None, **more: Any) -> Ground:
    """Return what `risk` computes on: SPX 5000, VIX 18, the example's condor and the layers given."""
    book, now = RiskBook((condor or iron_condor(),), layers), market(**more)
    terms = leg_terms(book.holdings, now.calendar)
    table = leg_table(terms, leg_volatilities(terms, THEN, now.rate), now)
    return Ground(asked or RiskAsked(), book, table, now, table.spx0, table.spx0, table.vix0, NOW)


def hedged(**more: Any) -> Ground:
    """Return the example hedged with four calls of 62 days struck at 20."""
    return ground(layer(CALLS_62), **more)


def normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def black(  # noqa: PLR0917 - the terms of the formula
    forward: float, strike: float, sigma: float, years: float, sign: int, rate: float
) -> float:
    """Return Black's price of 1976 by the standard library alone."""
    spread = sigma * math.sqrt(years)
    d1 = math.log(forward / strike) / spread + spread / 2
    worth = sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - spread)))
    return math.exp(-rate * years) * worth


def implied(price: float, forward: float, strike: float, years: float, rate: float) -> float:
    """Return the volatility of a call by halving, by the standard library alone."""
    low, high = 1e-6, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if black(forward, strike, middle, years, 1, rate) < price else (low, middle)
    return low
