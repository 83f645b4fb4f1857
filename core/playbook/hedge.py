"""What can be bought for a layer, a call or a spread of two, at what price and with what delta?

VIX options are priced by Black-76 on the VX future of their own expiry, never on the index. Without a quote the
volatility is the playbook's assumption for the layer.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiries_after
from core.market.times import exchange_date, new_york
from core.measures.spot_vol import BASE, spx_at
from core.playbook.stress import CALL, Hedge, Stress, gain_in
from core.positions.contract import MORNING
from core.valuation.black76 import delta, implied_volatilities, price
from core.valuation.forwards import days_between, present, years_between
from core.valuation.hedge_leg import put_wing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.positions.book import Condor
    from core.valuation.forwards import MarketNow

    Floats = NDArray[np.float64]
    Quotes = Mapping[tuple[date, float], float]
    """Prices of VIX calls in points, by expiry and strike."""

STRIKES = np.arange(10.0, 91.0)
EXPIRIES_LISTED = 9
QUOTED = "as quoted"


class NoHedgeError(ValueError):
    """Nothing can be bought or valued for a layer; the message says why."""


def priced_expiries(market: MarketNow) -> list[date]:
    """Return the next monthly VIX expiries that have a price on the curve. Raises NoHedgeError without one."""
    today = exchange_date(market.now)
    try:
        listed = vix_expiries_after(today, EXPIRIES_LISTED, market.calendar)
    except OutsideCalendarError as outside:
        raise NoHedgeError(str(outside)) from None
    priced = [day for day in listed if present(market.curve.get(day)) is not None]
    if not priced:
        raise NoHedgeError("no VX curve: VIX options are priced on the future of their own expiry")
    return priced


def expiry_near(days: float, priced: Sequence[date], market: MarketNow) -> date:
    """Return the expiry nearest to a tenor in calendar days, of two as near the later."""
    today = exchange_date(market.now)
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
    found = _priced(expiry, sigma, market, quotes)
    return _placed(found, market, condor)


def call_spreads(found: Sequence[Hedge], width: float, market: MarketNow, condor: Condor | None) -> list[Hedge]:
    """Return the spreads that buy one of the calls and sell the one `width` points above it, by strike.

    A spread breaks even at its lower strike + premium, which lies below the upper one.
    """
    by_strike = {one.strike: one for one in found}
    pairs = [(one, by_strike[one.strike + width]) for one in found if one.strike + width in by_strike]
    return _placed([_spread(bought, sold) for bought, sold in pairs], market, condor)


def _placed(found: Sequence[Hedge], market: MarketNow, condor: Condor | None) -> list[Hedge]:
    """Return the contracts with their place in the put wing."""
    rhos = _rhos(np.array([one.strike + one.premium for one in found], np.float64), market, condor)
    return [replace(one, rho=rho) for one, rho in zip(found, rhos.tolist(), strict=True)]


def _spread(bought: Hedge, sold: Hedge) -> Hedge:
    same = bought.note == sold.note
    return replace(
        bought,
        premium=bought.premium - sold.premium,
        delta=bought.delta - sold.delta,
        note=bought.note if same else f"{bought.strike:g}: {bought.note}; {sold.strike:g}: {sold.note}",
        cap=sold.strike,
        cap_sigma=sold.sigma,
    )


def _priced(expiry: date, sigma: float, market: MarketNow, quotes: Quotes) -> list[Hedge]:
    settles = new_york(expiry, MORNING)
    years, forward = years_between(market.now, settles), float(market.curve[expiry])
    discount = math.exp(-market.rate * years)
    quoted = np.array([quotes.get((expiry, float(strike)), math.nan) for strike in STRIKES])
    implied = implied_volatilities(quoted, forward, STRIKES, years, 1, discount)
    sigmas = np.where(np.isfinite(quoted), implied, sigma)
    premiums = np.where(np.isfinite(quoted), quoted, price(forward, STRIKES, sigmas, years, 1, discount))
    deltas = delta(forward, STRIKES, sigmas, years, 1, discount)
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
            note=QUOTED if np.isfinite(quoted[at]) else f"volatility {sigma:.0%} assumed",
            long_delta=float(deltas[at]),
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


def aligned(found: Sequence[Hedge], rho: float, stress: Stress | None, market: MarketNow) -> Hedge | None:
    """Return the call whose break-even is nearest to `rho` of those inside the put wing, None without one.

    One that would not gain in the stress is passed over: it may settle before the condor, half-way there.
    """
    wing = [hedge for hedge in found if 0.0 <= hedge.rho <= 1.0]
    inside = [hedge for hedge in wing if stress is None or gain_in(hedge, stress, market, BASE) > 0]
    return min(inside, key=lambda hedge: abs(hedge.rho - rho), default=None)


def by_delta(found: Sequence[Hedge], wanted: float) -> Hedge:
    """Return the call, or the spread by the call it buys, whose delta is nearest to the one wanted."""
    return min(found, key=lambda hedge: abs(hedge.long_delta - wanted))
