"""How did today go so far? Open, high, low and last of the session in progress, made from the quotes of today."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.market.calendar import SessionCalendar
    from core.market.quote import Quote

_value, _time = attrgetter("value"), attrgetter("time")
AFTER_CLOSE = timedelta(minutes=15)
"""A quote this long after the close still belongs to the session: VIX is calculated until 16:15 New York."""


@dataclass(frozen=True, slots=True)
class TodayBar:
    """A bar that is still being made: four figures in points, from how many quotes, of which session."""

    day: date | None
    open: Figure
    high: Figure
    low: Figure
    last: Figure
    quotes: int


def today_bar(
    symbol: str, now: datetime, calendar: SessionCalendar, quotes: Mapping[str, tuple[Quote, ...]]
) -> TodayBar:
    """Return the bar of the session in progress at `now`, between sessions that of the one that closed last.

    It is made of the quotes from the session's open to 15 minutes after its close that came in order; a symbol's
    quotes are oldest first. Without one, every figure is unknown.
    """
    index = session_begun(now, calendar)
    if index < 0:
        return _unknown(None, f"{symbol}: no session of the exchange calendar has begun by then")
    day = calendar.days[index].item()
    taken = _of_session(quotes.get(symbol, ()), now, calendar, index)
    if not taken:
        return _unknown(day, f"{symbol}: no quote of the session of {day}")
    return TodayBar(
        day=day,
        open=_figure(taken[0], f"first quote of the session of {day}", now),
        high=_figure(max(taken, key=_value), f"highest quote of the session of {day}", now),
        low=_figure(min(taken, key=_value), f"lowest quote of the session of {day}", now),
        last=_figure(taken[-1], f"last quote of the session of {day}", now),
        quotes=len(taken),
    )


def session_begun(now: datetime, calendar: SessionCalendar) -> int:
    """Return the index of the session that opened last by `now`, -1 before the first."""
    return int(np.searchsorted(calendar.opens, int(now.timestamp()), side="right")) - 1


def _of_session(series: tuple[Quote, ...], now: datetime, calendar: SessionCalendar, index: int) -> list[Quote]:
    start = datetime.fromtimestamp(int(calendar.opens[index]), UTC)
    end = min(now, datetime.fromtimestamp(int(calendar.closes[index]), UTC) + AFTER_CLOSE)
    first, last = bisect_left(series, start, key=_time), bisect_right(series, end, key=_time)
    return [quote for quote in series[first:last] if not quote.is_late]


def _figure(quote: Quote, formula: str, now: datetime) -> Figure:
    age = (now - quote.time).total_seconds()
    return known(
        quote.value,
        "points",
        formula,
        (Input(quote.symbol, quote.value, "points", quote.time, quote.source, age, "quote"),),
    )


def _unknown(day: date | None, reason: str) -> TodayBar:
    nothing = unknown(reason, "points")
    return TodayBar(day, nothing, nothing, nothing, nothing, 0)
