"""What is a symbol's value at a moment, how old is it, and does it still hold?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.market.series import CURVE_SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.market.calendar import SessionCalendar
    from core.market.quote import Quote
    from core.market.series import History

POINTS = "points"
A_MONTH = 21  # sessions: a close is looked for there first
SECONDS_PER_MINUTE, SECONDS_PER_HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Ages:
    """How old a quote may be: amber, then unknown.

    `amber_s` and `unknown_s` count seconds of trading, `closed_s` seconds in which the exchange was shut.
    `futures` are the limits of VX quotes, None where they are the same.
    """

    amber_s: float = 60.0
    unknown_s: float = 1800.0
    closed_s: float = 4 * 86400.0
    futures: Ages | None = None

    def for_symbol(self, symbol: str) -> Ages:
        """Return the limits of one symbol."""
        return self.futures if self.futures is not None and symbol in CURVE_SYMBOLS else self


@dataclass(frozen=True, slots=True)
class DailyClose:
    """The newest close of a symbol: value in points, the session's calendar index, its UTC close and source."""

    value: float
    index: int
    time: datetime
    source: str


def reading(
    symbol: str, now: datetime, history: History, quotes: Mapping[str, tuple[Quote, ...]], ages: Ages
) -> Figure:
    """Return the value of a symbol at `now`: its last quote or its last close, whichever is later.

    A quote turns amber, then unknown, with the seconds of trading since, and unknown when the exchange was
    shut for too long since; a close holds until the next session has closed. What is stale is unknown: an older
    value never takes its place.
    """
    calendar = history.calendar
    if calendar.closed_by(now) == len(calendar.days):
        return unknown(f"{symbol}: the exchange calendar ends {calendar.last}", POINTS)
    close = last_close(symbol, now, history)
    quote = last_quote(symbol, now, quotes)
    if quote and (close is None or quote.time > close.time):
        return _of_quote(quote, now, calendar, ages)
    if close:
        return _of_close(symbol, close, now, calendar)
    return unknown(f"{symbol}: nothing imported or quoted by then", POINTS)


def live_quote(
    symbol: str, now: datetime, history: History, quotes: Mapping[str, tuple[Quote, ...]], ages: Ages
) -> Quote | None:
    """Return the last quote that counts at `now`: later than the last close and not too old, else None."""
    quote = newer_quote(symbol, now, history, quotes)
    if quote is None:
        return None
    return None if stale(quote, now, history.calendar, ages) else quote


def newer_quote(
    symbol: str, now: datetime, history: History, quotes: Mapping[str, tuple[Quote, ...]]
) -> Quote | None:
    """Return the last quote by `now` if it is later than the last close, be it too old, else None."""
    quote, close = last_quote(symbol, now, quotes), last_close(symbol, now, history)
    return None if quote is None or (close is not None and quote.time <= close.time) else quote


def last_quote(symbol: str, now: datetime, quotes: Mapping[str, tuple[Quote, ...]]) -> Quote | None:
    """Return the newest quote of a symbol not later than `now`; its quotes are oldest first."""
    return next((quote for quote in reversed(quotes.get(symbol, ())) if quote.time <= now), None)


def last_close(symbol: str, now: datetime, history: History) -> DailyClose | None:
    """Return the newest close of a symbol among the sessions that have closed by `now`."""
    sessions = min(history.calendar.closed_by(now) - history.first, history.length)
    return _close_within(symbol, sessions, history)


@lru_cache(maxsize=32)  # a tick asks for the same closes again and again; a history never changes
def _close_within(symbol: str, sessions: int, history: History) -> DailyClose | None:
    if sessions <= 0 or not history.has(symbol):
        return None
    closes = history.column(symbol)[:sessions]
    held = np.flatnonzero(np.isfinite(closes[-A_MONTH:])) + max(sessions - A_MONTH, 0)
    if not len(held):
        held = np.flatnonzero(np.isfinite(closes))
    if not len(held):
        return None
    row = int(held[-1])
    time = datetime.fromtimestamp(int(history.closes[row]), UTC)
    value = float(history.column(symbol)[row])
    return DailyClose(value, history.first + row, time, history.source_at(symbol, row))


def stale(quote: Quote, now: datetime, calendar: SessionCalendar, ages: Ages) -> str:
    """Return why a quote is too old at `now` to be used, "" if it is not."""
    limits, age = ages.for_symbol(quote.symbol), (now - quote.time).total_seconds()
    traded = calendar.session_seconds(quote.time, now)
    if traded > limits.unknown_s:
        return f"{quote.symbol}: last quote {int(traded // SECONDS_PER_MINUTE)} min old in session"
    if age - traded > limits.closed_s:
        hours = int((age - traded) // SECONDS_PER_HOUR)
        return f"{quote.symbol}: last quote {hours} h old, the exchange being shut"
    return ""


def _of_quote(quote: Quote, now: datetime, calendar: SessionCalendar, ages: Ages) -> Figure:
    age = (now - quote.time).total_seconds()
    inputs = (Input(quote.symbol, quote.value, POINTS, quote.time, quote.source, age, note="quote"),)
    reason = stale(quote, now, calendar, ages)
    if reason:
        return unknown(reason, POINTS, inputs=inputs)
    is_amber = calendar.session_seconds(quote.time, now) > ages.for_symbol(quote.symbol).amber_s
    return replace(known(quote.value, POINTS, inputs=inputs), is_amber=is_amber)


def _of_close(symbol: str, close: DailyClose, now: datetime, calendar: SessionCalendar) -> Figure:
    day = calendar.days[close.index]
    age = (now - close.time).total_seconds()
    inputs = (Input(symbol, close.value, POINTS, close.time, close.source, age, note=f"close of {day}"),)
    newest = calendar.closed_by(now) - 1
    if close.index == newest:
        return known(close.value, POINTS, inputs=inputs)
    since = calendar.days[newest]
    why = f"{symbol}: last close {day}, the session of {since} has closed since and is missing"
    return unknown(why, POINTS, inputs=inputs)
