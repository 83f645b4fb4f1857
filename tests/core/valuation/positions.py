"""Condors, layers and markets as the tests of the valuation hold them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from core.market.calendar import SessionCalendar
from core.market.times import new_york
from core.positions.book import Condor, Layer
from core.positions.leg import DatedFill, cash_of, parse_fill
from core.valuation.forwards import MarketNow, MarketThen

NOW = datetime(2018, 6, 18, 13, 30, tzinfo=UTC)  # 9:30 in New York
EXPIRY = date(2018, 7, 18)  # 30 days later
VIX_32, VIX_62 = date(2018, 7, 20), date(2018, 8, 19)
WEEKDAYS = [date(2018, 1, 1) + timedelta(n) for n in range(365) if (date(2018, 1, 1) + timedelta(n)).weekday() < 5]
CALENDAR = SessionCalendar(
    np.array(WEEKDAYS, "datetime64[D]"),
    np.array([new_york(day, time(9, 30)).timestamp() for day in WEEKDAYS], np.int64),
    np.array([new_york(day).timestamp() for day in WEEKDAYS], np.int64),
)


def fills(texts: Iterable[str], when: datetime = NOW) -> tuple[DatedFill, ...]:
    return tuple(DatedFill(parse_fill(text), when, 1, "open") for text in texts)


def condor(*texts: str, fees: str = "0", root: str = "SPX", expiry: date = EXPIRY) -> Condor:
    dated = fills(texts)
    cash = cash_of(one.fill for one in dated)
    return Condor(dated, cash, Decimal(fees), NOW, id=1, root=root, expiry=expiry)


def iron_condor(
    strikes: tuple[int, ...] = (4700, 4750, 5200, 5250), credit: str = "13.42", quantity: int = 1, **more: Any
) -> Condor:
    """Return a condor whose whole credit is booked on the short put: only the sum counts at expiry."""
    long_put, short_put, short_call, long_call = strikes
    day, root = more.get("expiry", EXPIRY), more.get("root", "SPX")
    return condor(
        f"+{quantity} {root} {day} P {long_put} @ 0",
        f"-{quantity} {root} {day} P {short_put} @ {credit}",
        f"-{quantity} {root} {day} C {short_call} @ 0",
        f"+{quantity} {root} {day} C {long_call} @ 0",
        **more,
    )


def layer(*texts: str, fees: str = "0") -> Layer:
    dated = fills(texts)
    return Layer(dated, cash_of(one.fill for one in dated), Decimal(fees), NOW, number=1, condor_id=1)


def market(**changes: Any) -> MarketNow:
    known = {
        "now": NOW,
        "spx": 5000.0,
        "vix": 18.0,
        "curve": {VIX_32: 18.8, VIX_62: 19.6},
        "rate": 0.045,
        "rate_note": "as the example says",
        "calendar": CALENDAR,
    }
    return MarketNow(**(known | changes))


THEN = MarketThen(
    vx=lambda expiry, _when: {VIX_32: 18.8, VIX_62: 19.6}.get(expiry),
    spx=lambda _when: 5000.0,
)
