"""How do the condors that are hedged answer to VIX and SPX? Dollars a point and a percent, and their delta."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.positions.contract import XSP_PER_SPX
from core.valuation.greeks import greeks
from core.valuation.leg_table import leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import group_of, unknown_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.positions.book import Condor
    from core.valuation.forwards import MarketNow, MarketThen

ONE_PERCENT = 0.01
SPX_MULTIPLIER = 100.0
VIX_WORDS = "dollars for VIX +1 point; SPX legs: vega x 0.8 sqrt(30/days), VIX legs: delta x 1/sqrt(1 + days/10)"
SPX_WORDS = "dollars for SPX -1 %, VIX as it is: a VIX hedge takes nothing of it"
DELTA_WORDS = "SPX delta for each condor; a VIX hedge by what it gains for SPX -1 % on the base response"


@dataclass(frozen=True, slots=True)
class CondorGreeks:
    """The condors together: dollars for VIX +1 point and for SPX -1 %, and SPX delta for each condor."""

    vix_up: Figure
    spx_down: Figure
    delta: Figure


def lots_of(condors: Sequence[Condor]) -> float:
    """Return the number of condors, ten on XSP counting as one on SPX."""
    return sum(condor.quantity / (XSP_PER_SPX if condor.root == "XSP" else 1) for condor in condors)


def condor_greeks(condors: Sequence[Condor], market: MarketNow, then: MarketThen | None) -> CondorGreeks:
    """Return the sensitivities of the condors together; unknown where a leg cannot be valued.

    The volatility of a leg is that of its fills on the market of `then`, else VIX with the assumed skew.
    """
    if then is None:
        return _neither("the market at the fills is not known")
    terms = leg_terms(condors, market.calendar)
    table = leg_table(terms, leg_volatilities(terms, then, market.rate), market)
    missing = unknown_of(table, group_of(terms, "condors", range(len(condors))))
    if missing:
        return _neither(missing)
    found = greeks(table)
    down = math.fsum(found.spx_down.tolist())
    points = ONE_PERCENT * table.spx0 * SPX_MULTIPLIER * lots_of(condors)
    return CondorGreeks(
        known(math.fsum(found.vix_up.tolist()), "$", VIX_WORDS),
        known(down, "$", SPX_WORDS),
        known(-down / points, "", DELTA_WORDS),
    )


def _neither(reason: str) -> CondorGreeks:
    return CondorGreeks(
        unknown(reason, "$", VIX_WORDS), unknown(reason, "$", SPX_WORDS), unknown(reason, "", DELTA_WORDS)
    )
