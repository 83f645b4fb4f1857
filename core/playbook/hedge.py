"""What can be bought for a layer, at what price and with what delta, and what does it gain in a stress?

VIX options are priced by Black-76 on the VX future of their own expiry, never on the index. Without a quote the
volatility is the playbook's assumption for the layer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiries_after
from core.market.times import exchange_date, new_york
from core.measures.spot_vol import BASE, spx_at
from core.positions.contract import FUTURE_ROOTS, MORNING, OPTION_ROOTS
from core.valuation.black76 import delta, implied_volatilities, price
from core.valuation.forwards import days_between, present, years_between
from core.valuation.horizon import own_terms
from core.valuation.payoff import HorizonLeg, payoff_of, profit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.measures.spot_vol import Response
    from core.positions.book import Condor
    from core.valuation.forwards import MarketNow

    Floats = NDArray[np.float64]
    Quotes = Mapping[tuple[date, float], float]
    """Prices of VIX calls in points, by expiry and strike."""

CALL, VX, VXM = "VIX call", "VX", "VXM"
STRIKES = np.arange(10.0, 91.0)
EXPIRIES_LISTED = 9
QUOTED = "as quoted"


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


class NoHedgeError(ValueError):
    """Nothing can be bought or valued for a layer; the message says why."""


def expiry_near(days: float, market: MarketNow) -> date:
    """Return the monthly VIX expiry nearest to a tenor in calendar days that has a price on the curve.

    Of two as near the later. Raises NoHedgeError without one.
    """
    today = exchange_date(market.now)
    try:
        listed = vix_expiries_after(today, EXPIRIES_LISTED, market.calendar)
    except OutsideCalendarError as outside:
        raise NoHedgeError(str(outside)) from None
    priced = [day for day in listed if present(market.curve.get(day)) is not None]
    if not priced:
        raise NoHedgeError("no VX curve: VIX options are priced on the future of their own expiry")
    return min(reversed(priced), key=lambda day: abs((day - today).days - days))


def future(kind: str, expiry: date, market: MarketNow) -> Hedge:
    """Return a VX or VXM future of the expiry."""
    settles = new_york(expiry, MORNING)
    return Hedge(kind, expiry, settles, days_between(market.now, settles), float(market.curve[expiry]))


def calls(expiry: date, sigma: float, market: MarketNow, condor: Condor | None, quotes: Quotes) -> list[Hedge]:
    """Return the VIX calls of an expiry at every whole strike, by strike.

    A quoted call has its quote and the volatility that this implies (left out where it implies none), any
    other one the assumed `sigma`.
    """
    settles = new_york(expiry, MORNING)
    years, forward = years_between(market.now, settles), float(market.curve[expiry])
    discount = math.exp(-market.rate * years)
    quoted = np.array([quotes.get((expiry, float(strike)), math.nan) for strike in STRIKES])
    implied = implied_volatilities(quoted, forward, STRIKES, years, 1, discount)
    sigmas = np.where(np.isfinite(quoted), implied, sigma)
    premiums = np.where(np.isfinite(quoted), quoted, price(forward, STRIKES, sigmas, years, 1, discount))
    deltas = delta(forward, STRIKES, sigmas, years, 1, discount)
    rhos = _rhos(STRIKES + premiums, market, condor)
    days = days_between(market.now, settles)
    return [
        Hedge(
            CALL,
            expiry,
            settles,
            days,
            forward,
            float(STRIKES[at]),
            float(sigmas[at]),
            float(premiums[at]),
            float(deltas[at]),
            float(rhos[at]),
            QUOTED if np.isfinite(quoted[at]) else f"volatility {sigma:.0%} assumed",
        )
        for at in np.flatnonzero(np.isfinite(sigmas)).tolist()
    ]


def _rhos(vix_levels: Floats, market: MarketNow, condor: Condor | None) -> Floats:
    """Return where in the put wing the map brings SPX for each VIX break-even, NaN without a wing."""
    wing = put_wing(condor) if condor is not None else None
    spx, vix = present(market.spx), present(market.vix)
    if wing is None or spx is None or vix is None or wing[0] == wing[1]:
        return np.full(len(vix_levels), math.nan)
    return (spx_at(vix_levels, spx, vix, BASE) - wing[0]) / (wing[1] - wing[0])


def put_wing(condor: Condor) -> tuple[float, float] | None:
    """Return the strikes of the long and the short put in SPX points, None where one is not on."""
    legs = [condor.leg("P", side) for side in (1, -1)]
    if legs[0] is None or legs[1] is None:
        return None
    terms = [own_terms(leg) for leg in legs if leg is not None]
    low, high = (one.strike / one.spx_weight for one in terms)
    return low, high


def aligned(found: Sequence[Hedge], rho: float, stress: Stress | None, market: MarketNow) -> Hedge | None:
    """Return the call whose break-even is nearest to `rho` of those inside the put wing, None without one.

    One that would not gain in the stress is passed over: it may settle before the condor, half-way there.
    """
    wing = [hedge for hedge in found if 0.0 <= hedge.rho <= 1.0]
    inside = [hedge for hedge in wing if stress is None or gain_in(hedge, stress, market, BASE) > 0]
    return min(inside, key=lambda hedge: abs(hedge.rho - rho), default=None)


def by_delta(found: Sequence[Hedge], wanted: float) -> Hedge:
    """Return the call whose delta is nearest to the one wanted."""
    return min(found, key=lambda hedge: abs(hedge.delta - wanted))


def gain_in(hedge: Hedge, stress: Stress, market: MarketNow, response: Response) -> float:
    """Return the dollars that one contract gains from now to the stress, by one VIX response.

    Its volatility stays as it is. What settles before the stress does so on the way, at SPX in proportion.
    """
    spx0, vix0 = present(market.spx) or math.nan, present(market.vix) or math.nan
    paid = hedge.multiplier * (hedge.premium if hedge.kind == CALL else hedge.forward)
    payoff = payoff_of([_leg_at(hedge, stress.moment, market)], -paid, spx0, vix0)
    return float(profit(payoff, np.array([stress.spx]), response)[0])


def _leg_at(hedge: Hedge, moment: datetime, market: MarketNow) -> HorizonLeg:
    if hedge.settles <= moment:
        share = days_between(market.now, hedge.settles) / days_between(market.now, moment)
        vix0 = present(market.vix) or math.nan
        return HorizonLeg(float(hedge.multiplier), 1, hedge.strike, forward=vix0, share=share)
    years = years_between(moment, hedge.settles)
    return HorizonLeg(
        float(hedge.multiplier),
        1,
        hedge.strike,
        forward=hedge.forward,
        days_left=days_between(moment, hedge.settles),
        sigma=hedge.sigma,
        years=years if hedge.kind == CALL else 0.0,
        discount=math.exp(-market.rate * years),
    )
