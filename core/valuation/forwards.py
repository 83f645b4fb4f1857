"""What does the valuation know of the market, now and at the moment of a fill?"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.valuation.response_map import ASSUMED
from core.valuation.surface import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar
    from core.market.figure import Input
    from core.positions.contract import Contract
    from core.valuation.response_map import ResponseMap
    from core.valuation.surface import Surface

DAY_S = 86_400.0
YEAR_S = 365.0 * DAY_S


@dataclass(frozen=True, slots=True)
class MarkVolatility:
    """The volatility (share a year) that a contract's mark implies, and of which chain and moment it is."""

    sigma: float
    source: str


@dataclass(frozen=True, slots=True)
class ParityForward:
    """A forward that put-call parity implies: points, the carry of SPX to it a year (VIX: 0), and its chain."""

    points: float
    carry: float
    source: str


@dataclass(frozen=True)
class MarketNow:
    """The market at one moment, as the valuation needs it.

    `spx` and `vix` in points, None where unknown; `curve` the price of the VX future by its expiry;
    `rate` a year, continuously compounded, and where it came from;
    `curve_note` says what was done to the curve. `inputs` are shown with every figure. `dividend` is the yield
    of SPX a year, and `carry_note` says what its forward is made of where no chain has one; `spx_carries` and
    `vix_forwards` are what put-call parity makes of imported chains, by expiry. `shares` are prices
    of VIX funds by symbol, `responses` the VIX responses,
    `surface` the rule by which volatilities move.
    """

    now: datetime
    spx: float | None
    vix: float | None
    curve: Mapping[date, float]
    rate: float
    rate_note: str
    calendar: SessionCalendar
    inputs: tuple[Input, ...] = ()
    curve_note: str = ""
    dividend: float = 0.0
    carry_note: str = "SPX carried at the rate, without dividends"
    spx_carries: Mapping[date, ParityForward] = field(default_factory=dict)
    vix_forwards: Mapping[date, ParityForward] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    responses: ResponseMap = ASSUMED
    surface: Surface = STANDARD


@dataclass(frozen=True)
class MarketThen:
    """What was known at an earlier moment, nothing later: each gives None where it was unknown.

    `vx(expiry, when)` is the VX future of an expiry, `spx(when)` and `vix(when)` the indices, all in points.
    `marks` are the volatilities that quotes of the contracts themselves imply, where there are any.
    """

    vx: Callable[[date, datetime], float | None]
    spx: Callable[[datetime], float | None]
    vix: Callable[[datetime], float | None] = lambda _when: None
    marks: Mapping[Contract, MarkVolatility] = field(default_factory=dict)


def present(value: float | None) -> float | None:
    """Return a price that can be used: None where it is missing, not a number or not above zero."""
    return value if value is not None and math.isfinite(value) and value > 0 else None


def years_between(start: datetime, end: datetime) -> float:
    """Return years of 365 days from one moment to another, to the second."""
    return (end - start).total_seconds() / YEAR_S


def days_between(start: datetime, end: datetime) -> float:
    """Return calendar days, with their fraction, from one moment to another."""
    return (end - start).total_seconds() / DAY_S


def missing_vx(expiry: date | None, curve: Mapping[date, float]) -> str:
    """Return the reason why there is no forward for a VIX contract of this expiry."""
    return f"no VX future of {expiry} in the data" if curve else "no VX curve"
