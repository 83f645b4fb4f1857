"""What is each open leg at the horizon: intrinsic, priced, settled on the way, or not to be valued, and why?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.positions.contract import SPX_ROOTS, Kind, expiry_moment, is_vix_linked
from core.valuation.fill_volatility import Unvalued, fill_volatilities
from core.valuation.forwards import days_between, missing_vx, present, years_between
from core.valuation.payoff import HorizonLeg, own_terms

__all__ = ["Horizon", "Valued", "last_expiry", "legs_at", "own_terms"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.positions.book import Holding
    from core.positions.leg import Leg
    from core.valuation.forwards import MarketNow, MarketThen


@dataclass(frozen=True, slots=True)
class Valued:
    """A leg that can be valued at the horizon, and the note that names its approximation, if any."""

    leg: HorizonLeg
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Living:
    """An option that is alive at the horizon, complete but for its volatility."""

    leg: Leg
    terms: HorizonLeg
    expiry: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The moment at which a position is looked at, and the market before it."""

    moment: datetime
    now: MarketNow
    then: MarketThen


def last_expiry(holdings: Iterable[Holding], market: MarketNow) -> datetime | None:
    """Return the latest moment at which an open leg of the holdings settles, None where none is open.

    Raises OutsideCalendarError for an expiry that the exchange calendar does not reach.
    """
    moments = (expiry_moment(leg.contract, market.calendar) for holding in holdings for leg in holding.legs)
    return max((moment for moment in moments if moment is not None), default=None)


def legs_at(horizon: Horizon, legs: Sequence[Leg]) -> list[Valued | Unvalued]:
    """Return each open leg as it stands at the horizon, or why it cannot be valued (playbook 4.4)."""
    found = [_leg_at(horizon, leg) for leg in legs]
    living = [one for one in found if isinstance(one, _Living)]
    sigmas = iter(fill_volatilities([(one.leg, one.expiry) for one in living], horizon.then, horizon.now.rate))
    return [_priced(horizon, one, next(sigmas)) if isinstance(one, _Living) else one for one in found]


def _leg_at(horizon: Horizon, leg: Leg) -> Valued | Unvalued | _Living:
    contract = leg.contract
    if contract.root not in SPX_ROOTS and contract.terms.underlying != "VIX":
        return Unvalued(f"{contract.text}: no model of its value at the horizon")
    try:
        expiry = expiry_moment(contract, horizon.now.calendar)
    except OutsideCalendarError as outside:
        return Unvalued(f"{contract.text}: {outside}")
    if expiry is None or expiry <= horizon.now.now:
        return Unvalued(f"{contract.text} has expired: enter its settlement")
    if is_vix_linked(contract):
        return _vix_leg(horizon, leg, expiry)
    return _spx_leg(horizon, leg, expiry)


def _spx_leg(horizon: Horizon, leg: Leg, expiry: datetime) -> Valued | _Living:
    """Return an SPX option: intrinsic when it expires by the horizon, else living on SPX carried at the rate."""
    own, contract = own_terms(leg), leg.contract
    if expiry == horizon.moment:
        return Valued(own)
    if expiry < horizon.moment:
        return Valued(own, f"{contract.root} legs of {contract.expiry}: intrinsic at the same SPX")
    growth = math.exp(horizon.now.rate * years_between(horizon.moment, expiry))
    on_forward = replace(own, spx_weight=own.spx_weight * growth)
    return _Living(leg, on_forward, expiry, "; its forward is SPX carried at the rate, without dividends")


def _vix_leg(horizon: Horizon, leg: Leg, expiry: datetime) -> Valued | Unvalued | _Living:
    """Return a VIX option or future: settled on the way, or living on its own VX future."""
    now, own, contract = horizon.now, own_terms(leg), leg.contract
    vix = present(now.vix)
    if vix is None or present(now.spx) is None:
        return Unvalued(f"{contract.text}: no {'VIX' if vix is None else 'SPX'} value")
    if expiry <= horizon.moment:
        share = days_between(now.now, expiry) / days_between(now.now, horizon.moment)
        note = f"path-dependent: {leg.text} settles {share:.0%} of the way, at SPX and VIX in proportion"
        return Valued(replace(own, forward=vix, share=share), note)
    forward = present(now.curve.get(contract.expiry)) if contract.expiry else None
    if forward is None:
        return Unvalued(f"{contract.text}: {missing_vx(contract.expiry, now.curve)}")
    on_future = replace(own, forward=forward, days_left=days_between(horizon.moment, expiry))
    return Valued(on_future) if contract.kind is Kind.FUTURE else _Living(leg, on_future, expiry)


def _priced(horizon: Horizon, living: _Living, sigma: float | Unvalued) -> Valued | Unvalued:
    """Return a living option with the volatility of its fills, which it keeps."""
    if isinstance(sigma, Unvalued):
        return sigma
    years = years_between(horizon.moment, living.expiry)
    discount = math.exp(-horizon.now.rate * years)
    note = f"{living.leg.text}: volatility {sigma:.1%} implied by its fill{living.note}"
    return Valued(replace(living.terms, sigma=sigma, years=years, discount=discount), note)
