"""Which condor does the playbook describe? Its expiry by condor.dte, its shorts by condor.short_delta.

Seed 001: 45 days and 16 delta; 004: 30 days and 16 delta; 003: a day. None names a width: it is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.refusal import RefusedError
from core.valuation.black76 import delta, implied_volatilities, price
from core.valuation.forwards import present, years_between
from core.valuation.surface import SKEW_NOTE, assumed_volatility

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from core.market.option_chain import OptionChain
    from core.playbook.parameters import Playbook
    from core.valuation.forwards import MarketNow

    Floats = NDArray[np.float64]

WEEKLY = "SPXW"
STEP = 5.0
REACH = 0.4
"""Strikes are looked for within this share of SPX."""
E8 = 100_000_000
MULTIPLIER = 100.0
PUT, CALL = -1, 1


class NoStrikeError(RefusedError):
    """No condor can be built from what is known; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class BuiltLeg:
    """One leg: +1 long or -1 short, "P" or "C", strike and price in points, delta of one contract held long."""

    quantity: int
    right: str
    strike: float
    price: float
    delta: float


@dataclass(frozen=True, slots=True)
class BuiltCondor:
    """The condor as described; `credit` in points, `risk` in dollars at expiry. `priced_by` says by what."""

    expiry: date
    days: int
    legs: tuple[BuiltLeg, ...]
    credit: Figure
    risk: Figure
    priced_by: str

    @property
    def text(self) -> str:
        """The strikes as a trader writes them: 4650/4700 - 5200/5250."""
        puts, calls = sorted(self.legs[:2], key=_strike), sorted(self.legs[2:], key=_strike)
        return f"{puts[0].strike:g}/{puts[1].strike:g} - {calls[0].strike:g}/{calls[1].strike:g}"


def _strike(leg: BuiltLeg) -> float:
    return leg.strike


@dataclass(frozen=True, eq=False)
class _Side:
    """The options of one right on offer, by strike: price and delta."""

    right: str
    strikes: Floats
    prices: Floats
    deltas: Floats

    def at(self, row: int, quantity: int) -> BuiltLeg:
        values = (float(column[row]) for column in (self.strikes, self.prices, self.deltas))
        return BuiltLeg(quantity, self.right, *values)


def build_condor(
    playbook: Playbook, market: MarketNow, width: float, chain: OptionChain | None = None
) -> BuiltCondor:
    """Return the condor of the playbook on SPXW, `width` points wide on both sides.

    From the quotes of `chain` (SPX, mid of bid and ask) where it has the expiry's options, else from VIX with the
    assumed skew. Raises NoStrikeError.
    """
    spx, vix = present(market.spx), present(market.vix)
    if spx is None or vix is None:
        raise NoStrikeError(f"no {'SPX' if spx is None else 'VIX'} value: no strike can be chosen")
    if not width > 0:
        raise NoStrikeError(f"--width: {width:g} is not above 0")
    expiry = _expiry(playbook.number("condor.dte"), market, chain)
    sides, priced_by = _sides(expiry, market, chain)
    wanted = playbook.number("condor.short_delta")
    legs = tuple(leg for side in sides for leg in _wing(side, wanted, width))
    credit = -math.fsum(leg.quantity * leg.price for leg in legs)
    widest = max(abs(legs[0].strike - legs[1].strike), abs(legs[2].strike - legs[3].strike))
    risk = (widest - credit) * MULTIPLIER
    return BuiltCondor(
        expiry,
        (expiry - exchange_date(market.now)).days,
        legs,
        known(credit, "points", priced_by),
        known(risk, "$", "(widest wing - credit) x 100")
        if risk > 0
        else unknown("the credit exceeds the wings", "$"),
        priced_by,
    )


def _expiry(days: float, market: MarketNow, chain: OptionChain | None) -> date:
    """Return the expiry nearest to the tenor, of two as near the later: of the chain, else any session's."""
    today = exchange_date(market.now)
    wanted = today + timedelta(days=round(days))
    if chain is not None:
        offered = _after(today, np.unique(chain.expiries[chain.roots == WEEKLY]))
        if offered:
            return _nearest(wanted, offered)
    ahead = _after(today, market.calendar.days)
    if not ahead or wanted > ahead[-1]:
        raise NoStrikeError(f"the exchange calendar does not reach {wanted}")
    return _nearest(wanted, ahead)


def _after(today: date, days: NDArray[np.datetime64]) -> list[date]:
    """Return the days after today, ascending."""
    dates: list[date] = days.astype("datetime64[D]").astype(object).tolist()
    return sorted(day for day in dates if day > today)


def _nearest(wanted: date, days: list[date]) -> date:
    return min(reversed(days), key=lambda day: abs((day - wanted).days))


def _sides(expiry: date, market: MarketNow, chain: OptionChain | None) -> tuple[tuple[_Side, _Side], str]:
    """Return the puts and the calls of the expiry."""
    try:
        settles = market.calendar.close_of(expiry)
    except OutsideCalendarError as outside:
        raise NoStrikeError(str(outside)) from None
    spx = market.spx or math.nan
    years = years_between(market.now, settles)
    forward = spx * math.exp((market.rate - market.dividend) * years)
    discount = math.exp(-market.rate * years)
    terms = (forward, years, discount)
    quoted = None if chain is None else _quoted(expiry, chain, terms)
    if quoted is not None and chain is not None:
        return quoted, f"mid quotes of {chain.source}, {chain.time:%Y-%m-%d %H:%M} UTC"
    ends = math.ceil(spx * (1 - REACH) / STEP), math.floor(spx * (1 + REACH) / STEP) + 1
    strikes = STEP * np.arange(*ends, dtype=np.float64)
    sigma = assumed_volatility(strikes, spx, market.vix or math.nan)
    sides = [
        _Side(
            right,
            strikes,
            price(forward, strikes, sigma, years, sign, discount),
            delta(forward, strikes, sigma, years, sign, discount),
        )
        for right, sign in (("P", PUT), ("C", CALL))
    ]
    return (sides[0], sides[1]), SKEW_NOTE


def _quoted(expiry: date, chain: OptionChain, terms: tuple[float, float, float]) -> tuple[_Side, _Side] | None:
    """Return both sides of a chain's expiry at mid quotes, None where one of them has too few."""
    forward, years, discount = terms
    found = []
    for right, sign in (("P", PUT), ("C", CALL)):
        rows = np.flatnonzero(
            (chain.roots == WEEKLY) & (chain.expiries == np.datetime64(expiry)) & (chain.rights == right)
        )
        strikes = chain.strikes_e8[rows] / E8
        mids = (chain.columns["bid"][rows] + chain.columns["ask"][rows]) / 2.0
        sigma = implied_volatilities(mids, forward, strikes, years, sign, discount)
        good = np.flatnonzero(np.isfinite(sigma))
        if len(good) < 2:
            return None
        order = good[np.argsort(strikes[good])]
        slopes = delta(forward, strikes[order], sigma[order], years, sign, discount)
        found.append(_Side(right, strikes[order], mids[order], slopes))
    return found[0], found[1]


def _wing(side: _Side, wanted: float, width: float) -> tuple[BuiltLeg, BuiltLeg]:
    """Return the long and the short of a side: the short nearest to the delta, the long `width` further out."""
    short = int(np.abs(np.abs(side.deltas) - wanted).argmin())
    outwards = -1.0 if side.right == "P" else 1.0
    target = side.strikes[short] + outwards * width
    long = int(np.abs(side.strikes - target).argmin())
    if (side.strikes[long] - side.strikes[short]) * outwards <= 0:
        raise NoStrikeError(f"no {side.right} strike stands {width:g} points beyond {side.strikes[short]:g}")
    return side.at(long, 1), side.at(short, -1)
