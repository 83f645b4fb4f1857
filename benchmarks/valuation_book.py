"""Which book do the engine's benchmarks value? Any number of condors, each with four layers of one VIX call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from core.market.calendar import SessionCalendar
from core.market.times import new_york
from core.positions.book import Condor, Holding, Layer
from core.positions.contract import Contract, Kind
from core.positions.leg import OPEN, DatedFill, Fill, cash_of
from core.valuation.forwards import MarketNow
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import LegVolatilities
from core.valuation.revalue import Group, group_of

SPX, VIX, RATE = 6000.0, 18.0, 0.045
NOW = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
EXPIRIES = tuple(date(2026, month, day) for month, day in ((7, 17), (7, 24), (7, 31), (8, 7)))
CURVE = {
    date(2026, 7, 22): 18.6,
    date(2026, 8, 19): 19.3,
    date(2026, 9, 16): 19.9,
    date(2026, 10, 21): 20.4,
}
CONDORS = 3  # of each, so that a layer hedges them and does not carry them
TAKEN = Decimal("22.00")  # enough that each condor still gains at today's SPX: two break-evens of today's curve


def calendar() -> SessionCalendar:
    """Return the weekdays of 2026 as sessions: enough to date the book's expiries."""
    days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    days = [day for day in days if day.weekday() < 5]
    opens, closes = ([new_york(day, at).timestamp() for day in days] for at in (time(9, 30), time(16)))
    return SessionCalendar(np.array(days, "datetime64[D]"), np.array(opens, np.int64), np.array(closes, np.int64))


def market(spx: float = SPX, vix: float = VIX) -> MarketNow:
    """Return the market of the benchmark at a level of SPX and VIX."""
    return MarketNow(NOW, spx, vix, CURVE, RATE, "as the benchmark says", CALENDAR)


def book(count: int) -> list[Holding]:
    """Return so many condors of 50 points, their strikes spread, each followed by its four layers."""
    rng = np.random.default_rng(11)
    found: list[Holding] = []
    for number in range(1, count + 1):
        put = 5 * int(rng.integers(1080, 1140))
        call = 5 * int(rng.integers(1250, 1300))
        found.append(_condor(number, put, call, EXPIRIES[number % len(EXPIRIES)]))
        found += [
            _layer(number, layer, expiry, int(rng.integers(18, 40)), Decimal(int(rng.integers(10, 60))) / 100)
            for layer, expiry in enumerate(CURVE, 1)
        ]
    return found


def table_of(holdings: list[Holding], spx: float = SPX) -> tuple[LegTable, list[Group]]:
    """Return the legs with volatilities as marks would give them, and each condor with its layers."""
    terms = leg_terms(holdings, CALENDAR)
    moneyness = np.log(np.maximum(terms.strike, 1.0) / np.where(terms.on == 0, SPX, VIX))
    sigma = np.where(terms.on == 0, 0.16 - 0.5 * moneyness, 0.85 + 0.3 * moneyness)
    blank = ("",) * len(terms)
    table = leg_table(terms, LegVolatilities(sigma, blank, blank, blank), market(spx))
    starts = range(0, len(holdings), 5)
    return table, [group_of(terms, "", range(start, start + 5)) for start in starts]


def _condor(number: int, put: int, call: int, expiry: date) -> Condor:
    strikes = (("P", put - 50, 1), ("P", put, -1), ("C", call, -1), ("C", call + 50, 1))
    fills = tuple(
        DatedFill(
            Fill(Contract("SPXW", Kind.OPTION, expiry, right, Decimal(strike)), CONDORS * side), NOW, number, OPEN
        )
        for right, strike, side in strikes
    )
    return Condor(fills, TAKEN * 100 * CONDORS, Decimal(0), NOW, id=number, root="SPXW", expiry=expiry)


def _layer(number: int, layer: int, expiry: date, strike: int, premium: Decimal) -> Layer:
    fill = Fill(Contract("VIX", Kind.OPTION, expiry, "C", Decimal(strike)), 1, premium)
    return Layer(
        (DatedFill(fill, NOW, number, OPEN),), cash_of([fill]), Decimal(0), NOW, number=layer, condor_id=number
    )


CALENDAR = calendar()
