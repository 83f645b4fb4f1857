"""What does a hedge gain in a stress? SPX at a level at a moment, VIX by the response map."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import Response, vx_beta
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
    """One contract that protects: a VIX call, a spread of two calls, or a VX or VXM future of an expiry.

    `forward` is the VX future, `premium` the points paid (a future has none), `delta` the points it gains for a
    point of the future. A spread is long the call of `strike` and short the one of `cap`, which has `cap_sigma`;
    its premium and delta are those of both, `long_delta` that of the bought call alone. `rho` says where in the
    put wing it breaks even (0 long, 1 short put).
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
    cap: float = 0.0
    cap_sigma: float = 0.0
    long_delta: float = math.nan

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
    def most(self) -> float:
        """The dollars that one contract can gain at most, infinite without a cap."""
        return self.multiplier * (self.cap - self.strike - self.premium) if self.cap else math.inf

    @property
    def per_vix_point(self) -> float:
        """The dollars that one contract gains for a point of VIX, through the future's beta (playbook 4.3)."""
        return self.multiplier * self.delta * float(vx_beta(self.days))

    @property
    def text(self) -> str:
        """The contract as it is written in a leg, a spread by its two strikes: `VIX 2018-10-17 C 21/31`."""
        if self.kind != CALL:
            return f"{self.kind} {self.expiry}"
        return f"VIX {self.expiry} C {self.strike:g}" + (f"/{self.cap:g}" if self.cap else "")


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
    legs = [leg for hedge, count in held for leg in _legs_at(hedge, count, stress.moment, market)]
    slopes = Response(np.array([one.b_down for one in responses]), np.array([one.b_up for one in responses]))
    return profit(payoff_of(legs, -paid, spx0, vix0), np.full(len(responses), stress.spx), slopes)


def _price(hedge: Hedge) -> float:
    return hedge.premium if hedge.kind == CALL else hedge.forward


def _legs_at(hedge: Hedge, count: float, moment: datetime, market: MarketNow) -> list[HorizonLeg]:
    """Return the leg of a contract in the stress; a spread's short call beside the long one."""
    legs = [_leg_at(hedge, count, moment, market)]
    if hedge.cap:
        short = replace(hedge, strike=hedge.cap, sigma=hedge.cap_sigma, cap=0.0)
        legs.append(_leg_at(short, -count, moment, market))
    return legs


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
