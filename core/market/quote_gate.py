"""Which quotes may reach a calculation? What jumps too far is held back until a second one says the same.

Each quote is judged once, in the order of arrival, by what was known then. Every quote here is one price: a bid
above its ask cannot occur.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.quote_reference import ClosesBefore, reference
from core.market.series import CURVE_SYMBOLS
from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.market.quote import Quote
    from core.market.quote_reference import Reference
    from core.market.series import History

CONFIRM_S = 60.0
"""A second quote confirms one that was held back if their times are no further apart."""
MAX_SET_ASIDE = 50

Bound = tuple[float, float]
BOUNDS: Mapping[str, Bound] = {"SPX": (0.75, 1.25), "VIX": (1 / 3, 3.0), "VIX9D": (1 / 4, 4.0)} | dict.fromkeys(
    CURVE_SYMBOLS, (1 / 3, 3.0)
)
"""How far a quote may lie from the last value, as a ratio. Wider than any move of a day since 1990: SPX never
fell more than 13 % from a close to the next day's low, VIX rose to 2.2 times, VIX9D to 3.25 times (2018-02-05)."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A quote that is not shown, and why. `quote` is None for words that were no quote at all."""

    time: datetime
    reason: str
    quote: Quote | None = None
    is_suspect: bool = False


@dataclass(frozen=True)
class Admitted:
    """Quotes by symbol that may be calculated with, oldest first, and the last ones that were set aside.

    A quote that came after a later one stands at its own time, marked `is_late`, and among those set aside.
    """

    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()


def admit(held: Admitted, fresh: Iterable[Quote], history: History) -> Admitted:
    """Return the quotes with fresh ones, in their order of arrival, admitted or set aside.

    One of the same symbol, time and source as an admitted one takes its place: it corrects it.
    """
    coming = tuple(fresh)
    if not coming:
        return held
    lists = {symbol: list(held.quotes.get(symbol, ())) for symbol in dict.fromkeys(q.symbol for q in coming)}
    aside = list(held.set_aside)
    sessions = {symbol: _sessions_closed(series[-1:], history)[-1] for symbol, series in lists.items() if series}
    for quote, closed in zip(coming, _sessions_closed(coming, history), strict=True):
        series = lists[quote.symbol]
        if sessions.get(quote.symbol) == closed and _follows_plainly(quote, series[-1], aside):
            series.append(quote)
            continue
        _take(quote, series, aside, ClosesBefore(history, quote.symbol, closed))
        if series and series[-1] is quote:
            sessions[quote.symbol] = closed
    quotes = {symbol: tuple(series) for symbol, series in lists.items() if series}
    return Admitted({**held.quotes, **quotes}, tuple(aside))


def knows(held: Admitted, quote: Quote) -> bool:
    """Whether the very same quote was judged already."""
    series = held.quotes.get(quote.symbol, ())
    start, end = bisect_left(series, quote.time, key=_time), bisect_right(series, quote.time, key=_time)
    return _is_known(quote, (*series[start:end], *(one.quote for one in held.set_aside)))


def refuse(held: Admitted, reasons: Iterable[str], now: datetime) -> Admitted:
    """Return the quotes with words set aside that were no quote at all."""
    aside = (*held.set_aside, *(SetAside(now, reason) for reason in reasons))
    return replace(held, set_aside=aside[-MAX_SET_ASIDE:])


def _sessions_closed(quotes: Sequence[Quote], history: History) -> list[int]:
    """Return how many sessions had closed by the time of each quote."""
    seconds = [_s(quote) for quote in quotes]
    found: list[int] = np.searchsorted(history.calendar.closes, seconds, side="right").tolist()
    return found


def _follows_plainly(quote: Quote, last: Quote, aside: list[SetAside]) -> bool:
    """Whether nothing but the last quote, of the same session, has to be looked at: so it nearly always is."""
    if quote.time <= last.time or _jumps(quote, last.value):
        return False
    times = [one.time for one in aside if one.quote is not None and one.quote.symbol == quote.symbol]
    return not times or (quote.time - max(times)).total_seconds() > CONFIRM_S


def _take(quote: Quote, series: list[Quote], aside: list[SetAside], closes: ClosesBefore) -> None:
    """Put one quote where it belongs: into its series, among those set aside, or both where it is late."""
    start, end = bisect_left(series, quote.time, key=_time), bisect_right(series, quote.time, key=_time)
    if _is_known(quote, (*series[start:end], *(one.quote for one in aside))):
        return
    before = reference(series[start - 1] if start else None, closes)
    if before is not None and _jumps(quote, before.value) and not _is_confirmed(quote, aside):
        _put(aside, SetAside(quote.time, _suspicion(quote, before), quote, is_suspect=True))
        return
    aside[:] = [one for one in aside if not _is_settled_by(quote, one)]
    if series and quote.time < series[-1].time:
        quote = replace(quote, is_late=True)
        _put(aside, SetAside(quote.time, _lateness(quote, series[-1]), quote))
    same = [place for place in range(start, end) if series[place].source == quote.source]
    series[same[0] if same else end : same[0] + 1 if same else end] = [quote]


def _put(aside: list[SetAside], one: SetAside) -> None:
    aside.append(one)
    del aside[:-MAX_SET_ASIDE]


def _jumps(quote: Quote, before: float) -> bool:
    bound = BOUNDS.get(quote.symbol)
    return bound is not None and not bound[0] <= quote.value / before <= bound[1]


def _is_confirmed(quote: Quote, aside: list[SetAside]) -> bool:
    """Whether a suspect says the same, at another time or from another source."""
    return any(_agrees(quote, one) and not _is_corrected(quote, one) for one in aside)


def _is_settled_by(quote: Quote, one: SetAside) -> bool:
    """Whether a suspect is over: what it said has been confirmed, or it was corrected."""
    return _agrees(quote, one) or _is_corrected(quote, one)


def _agrees(quote: Quote, one: SetAside) -> bool:
    held = one.quote
    if held is None or not one.is_suspect or held.symbol != quote.symbol:
        return False
    return abs(_s(quote) - _s(held)) <= CONFIRM_S and not _jumps(quote, held.value)


def _is_corrected(quote: Quote, one: SetAside) -> bool:
    held = one.quote
    if held is None or not one.is_suspect:
        return False
    return (held.symbol, held.time, held.source) == (quote.symbol, quote.time, quote.source)


def _is_known(quote: Quote, others: Iterable[Quote | None]) -> bool:
    """Whether the very same quote was judged already."""
    return any(one is not None and _key(one) == _key(quote) for one in others)


def _key(quote: Quote) -> tuple[str, float, datetime, str]:
    return quote.symbol, quote.value, quote.time, quote.source


def _suspicion(quote: Quote, before: Reference) -> str:
    change = 100 * (quote.value / before.value - 1)
    return (
        f"{quote.symbol} {quote.value:,.2f} is {change:+,.0f} % from {before.value:,.2f}, {before.name}: "
        f"held back until a second one within {CONFIRM_S:g} s says the same"
    )


def _lateness(quote: Quote, last: Quote) -> str:
    own, later = (exchange_time(one.time, "%m-%d %H:%M:%S") for one in (quote, last))
    return f"{quote.symbol} {quote.value:,.2f} of {own} came after one of {later}: kept, not shown as the last"


def _time(quote: Quote) -> datetime:
    return quote.time


def _s(quote: Quote) -> float:
    return quote.time.timestamp()
