"""Where does a hedged condor break even? QuantLib's Black formula, level by level, and scipy's brentq."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import numpy as np
import QuantLib as ql  # noqa: N813 - its own convention
from scipy.optimize import brentq

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

RESPONSES = {"low": (2.5, 2.0), "base": (4.5, 3.4), "high": (7.0, 4.5)}
RATE = 0.045


@dataclass(frozen=True)
class Option:
    """An option: signed count, "C" or "P", strike, when it settles; of VIX with its fill and both forwards."""

    count: int
    right: str
    strike: float
    expiry: datetime
    price: float = 0.0
    filled: datetime | None = None
    forward_then: float = 0.0
    forward_now: float = 0.0


@dataclass(frozen=True)
class Future:
    """A VX future: signed count, what it was bought at, what it costs now, when it settles."""

    count: int
    price: float
    now: float
    expiry: datetime


@dataclass(frozen=True)
class Position:
    """Options on SPX, options and futures on VIX, dollars of cash after fees, and the market now."""

    now: datetime
    horizon: datetime
    spx: float
    vix: float
    cash: float
    condors: Sequence[Option]
    hedge: Sequence[Option] = ()
    futures: Sequence[Future] = ()

    def profit(self, level: float, response: tuple[float, float]) -> float:
        """Return dollars gained at the horizon with SPX at a level."""
        total = self.cash + sum(100 * leg.count * intrinsic(leg, level) for leg in self.condors)
        total += sum(100 * leg.count * self._option(leg, level, response) for leg in self.hedge)
        for future in self.futures:
            moved = self._mapped(level, response) - self.vix
            price = max(future.now + beta(days(self.horizon, future.expiry)) * moved, 0.0)
            total += 1000 * future.count * (price - future.price)
        return total

    def _mapped(self, level: float, response: tuple[float, float]) -> float:
        b = response[0] if level < self.spx else response[1]
        return min(max(self.vix * (level / self.spx) ** -b, 9.0), 90.0)

    def _option(self, leg: Option, level: float, response: tuple[float, float]) -> float:
        if leg.expiry <= self.horizon:  # it settles on the way, at a level in proportion
            way = days(self.now, leg.expiry) / days(self.now, self.horizon)
            return intrinsic(leg, self._mapped(self.spx + (level - self.spx) * way, response))
        moved = self._mapped(level, response) - self.vix
        forward = max(leg.forward_now + beta(days(self.horizon, leg.expiry)) * moved, 0.0)
        years = days(self.horizon, leg.expiry) / 365
        deviation = implied(leg) * math.sqrt(years)
        return float(ql.blackFormula(_type(leg), leg.strike, forward, deviation, math.exp(-RATE * years)))

    @property
    def ends(self) -> tuple[float, float]:
        """The range that is looked at: -30 % to +20 %, and 5 % around the strikes, to the next 5 points."""
        strikes = [leg.strike for leg in self.condors]
        low, high = min(0.7 * self.spx, 0.95 * min(strikes)), max(1.2 * self.spx, 1.05 * max(strikes))
        return 5 * math.floor(low / 5), 5 * math.ceil(high / 5)

    def roots(self, name: str) -> list[float]:
        """Return every level at which nothing is gained or lost, point by point."""
        response = RESPONSES[name]
        grid = np.arange(*self.ends, 1.0)
        values = [self.profit(level, response) for level in grid]
        return [
            brentq(self.profit, a, b, args=(response,), xtol=1e-9)
            for a, b, x, y in zip(grid, grid[1:], values, values[1:], strict=False)
            if (x < 0) != (y < 0)
        ]

    def extremes(self, low: float | None, high: float | None) -> tuple[float, float]:
        """Return the best and the worst profit between two levels, None for the end of the range."""
        start, end = low or self.ends[0], high or self.ends[1]
        corners = [leg.strike for leg in self.condors if start <= leg.strike <= end]
        levels = [start, end, *corners, *np.arange(start, end, 0.5)]
        values = [self.profit(level, RESPONSES["base"]) for level in levels]
        return max(values), min(values)


def implied(leg: Option) -> float:
    """Return the volatility that the fill of a VIX option implies on the future of its own moment."""
    if leg.filled is None:
        raise ValueError("an option without a fill implies nothing")
    years = days(leg.filled, leg.expiry) / 365
    deviation = ql.blackFormulaImpliedStdDev(
        _type(leg), leg.strike, leg.forward_then, leg.price, math.exp(-RATE * years), 0.0, 0.5, 1e-12, 1000
    )
    return float(deviation) / math.sqrt(years)


def intrinsic(leg: Option, level: float) -> float:
    return max(level - leg.strike if leg.right == "C" else leg.strike - level, 0.0)


def beta(days_left: float) -> float:
    return 1 / math.sqrt(1 + days_left / 10)


def days(start: datetime, end: datetime) -> float:
    """Return days of 24 hours; in UTC, for the clock change is an hour that did not pass."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 86_400


def _type(leg: Option) -> int:
    return int(ql.Option.Call if leg.right == "C" else ql.Option.Put)
