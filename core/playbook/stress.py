"""What does a hedge gain in a stress? SPX at a level at a moment, VIX by the response map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import Response
from core.positions.contract import FUTURE_ROOTS, OPTION_ROOTS
from core.valuation.forwards import days_between, present, years_between
from core.valuation.payoff import HorizonLeg, payoff_of, profit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.valuation.forwards import MarketNow

CALL, VX, VXM = "VIX call", "VX", "VXM"


@dataclass(frozen=True, slots=True)
class Hedge:
    """One contract that protects: a VIX call, or a VX or VXM future of an expiry.

    `forward` is the VX future, `premium` the points paid for a call (a future has none), `delta` the points it
    gains for a point of the future. `rho` says where in the put wing it breaks even (0 long, 1 short put).
    """

    kind: str
    expiry: date
    settles: datetime
    days: float
    forward: float
    strike: float = 0.0
    sigma: float = 0.0
    premium: float = 0.0
    delta: float = 1.0
    rho: float = math.nan
    note: str = ""

    @property
    def multiplier(self) -> int:
        """Dollars a point."""
        return OPTION_ROOTS["VIX"].multiplier if self.kind == CALL else FUTURE_ROOTS[self.kind].multiplier

    @property
    def exposure(self) -> float:
        """Delta notional in dollars: multiplier x delta x VX future (playbook C6)."""
        return self.multiplier * abs(self.delta) * self.forward

    @property
    def outlay(self) -> float:
        """The premium in dollars."""
        return self.multiplier * self.premium

    @property
    def text(self) -> str:
        """The contract as it is written in a leg."""
        return f"VIX {self.expiry} C {self.strike:g}" if self.kind == CALL else f"{self.kind} {self.expiry}"


@dataclass(frozen=True, slots=True)
class Stress:
    """SPX at a level at a moment."""

    spx: float
    moment: datetime


def gain_in(hedge: Hedge, stress: Stress, market: MarketNow, response: Response) -> float:
    """Return the dollars that one contract gains from now to the stress, by one VIX response.

    Its volatility stays as it is. What settles before the stress does so on the way, at SPX in proportion.
    """
    return float(gains_in([(hedge, 1.0)], stress, market, [response])[0])


def gains_in(
    held: Sequence[tuple[Hedge, float]], stress: Stress, market: MarketNow, responses: Sequence[Response]
) -> NDArray[np.float64]:
    """Return the dollars that some contracts of hedges gain together, one element a response."""
    paid = sum(count * hedge.multiplier * _price(hedge) for hedge, count in held)
    spx0, vix0 = present(market.spx) or math.nan, present(market.vix) or math.nan
    legs = [_leg_at(hedge, count, stress.moment, market) for hedge, count in held]
    slopes = Response(np.array([one.b_down for one in responses]), np.array([one.b_up for one in responses]))
    return profit(payoff_of(legs, -paid, spx0, vix0), np.full(len(responses), stress.spx), slopes)


def _price(hedge: Hedge) -> float:
    return hedge.premium if hedge.kind == CALL else hedge.forward


def _leg_at(hedge: Hedge, count: float, moment: datetime, market: MarketNow) -> HorizonLeg:
    dollars = count * hedge.multiplier
    if hedge.settles <= moment:
        share = days_between(market.now, hedge.settles) / days_between(market.now, moment)
        return HorizonLeg(dollars, 1, hedge.strike, forward=present(market.vix) or math.nan, share=share)
    years = years_between(moment, hedge.settles)
    return HorizonLeg(
        dollars,
        1,
        hedge.strike,
        forward=hedge.forward,
        days_left=days_between(moment, hedge.settles),
        sigma=hedge.sigma,
        years=years if hedge.kind == CALL else 0.0,
        discount=math.exp(-market.rate * years),
    )
