"""What is each open leg at the horizon: intrinsic, priced, settled on the way, or not to be valued, and why?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.positions.contract import SPX_ROOTS, XSP_PER_SPX, Kind, expiry_moment, is_vix_linked
from core.valuation.fill_volatility import Unvalued, fill_volatility
from core.valuation.forwards import days_between, missing_vx, present, years_between
from core.valuation.payoff import HorizonLeg

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def leg_at(horizon: Horizon, leg: Leg) -> Valued | Unvalued:
    """Return one open leg as it stands at the horizon, or why it cannot be valued (playbook 4.4)."""
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


def own_terms(leg: Leg) -> HorizonLeg:
    """Return a leg at intrinsic, as its contract says: on SPX in SPX points (XSP: a tenth), else on VIX."""
    contract = leg.contract
    on_spx = 1.0 / XSP_PER_SPX if contract.root == "XSP" else 1.0
    return HorizonLeg(
        dollars=float(leg.quantity * contract.multiplier),
        sign=-1 if contract.right == "P" else 1,
        strike=float(contract.strike or 0),
        spx_weight=0.0 if is_vix_linked(contract) else on_spx,
    )


def _spx_leg(horizon: Horizon, leg: Leg, expiry: datetime) -> Valued | Unvalued:
    """Return an SPX option: intrinsic when it expires by the horizon, else Black-76 on SPX at the rate."""
    base, contract, rate = own_terms(leg), leg.contract, horizon.now.rate
    if expiry == horizon.moment:
        return Valued(base)
    if expiry < horizon.moment:
        return Valued(base, f"{contract.root} legs of {contract.expiry}: intrinsic at the same SPX")
    sigma = fill_volatility(leg, expiry, horizon.then, rate)
    if isinstance(sigma, Unvalued):
        return sigma
    years = years_between(horizon.moment, expiry)
    forward = replace(base, spx_weight=base.spx_weight * math.exp(rate * years))
    note = f"{_sigma_note(leg, sigma)}; its forward is SPX carried at the rate, without dividends"
    return Valued(_priced(forward, sigma, years, rate), note)


def _vix_leg(horizon: Horizon, leg: Leg, expiry: datetime) -> Valued | Unvalued:
    """Return a VIX option or future: settled on the way, or on its own VX future at the horizon."""
    now, base, contract = horizon.now, own_terms(leg), leg.contract
    vix = present(now.vix)
    if vix is None or present(now.spx) is None:
        return Unvalued(f"{contract.text}: no {'VIX' if vix is None else 'SPX'} value")
    if expiry <= horizon.moment:
        share = days_between(now.now, expiry) / days_between(now.now, horizon.moment)
        note = f"path-dependent: {leg.text} settles {share:.0%} of the way, at SPX and VIX in proportion"
        return Valued(replace(base, forward=vix, share=share), note)
    forward = present(now.curve.get(contract.expiry)) if contract.expiry else None
    if forward is None:
        return Unvalued(f"{contract.text}: {missing_vx(contract.expiry, now.curve)}")
    on_future = replace(base, forward=forward, days_left=days_between(horizon.moment, expiry))
    if contract.kind is Kind.FUTURE:
        return Valued(on_future)
    sigma = fill_volatility(leg, expiry, horizon.then, now.rate)
    if isinstance(sigma, Unvalued):
        return sigma
    years = years_between(horizon.moment, expiry)
    return Valued(_priced(on_future, sigma, years, now.rate), _sigma_note(leg, sigma))


def _priced(leg: HorizonLeg, sigma: float, years: float, rate: float) -> HorizonLeg:
    return replace(leg, sigma=sigma, years=years, discount=math.exp(-rate * years))


def _sigma_note(leg: Leg, sigma: float) -> str:
    return f"{leg.text}: volatility {sigma:.1%} implied by its fill"
