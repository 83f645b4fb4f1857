"""What did the quotes of today come to, and which of them were set aside?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.today import TodayBar, session_begun, today_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.state import Facts

TODAY_SYMBOLS = ("SPX", "VIX")


def today_bars(facts: Facts) -> Mapping[str, TodayBar]:
    """Return the bar of the session in progress of SPX and VIX, by symbol."""
    calendar = facts.past.history.calendar
    return {symbol: today_bar(symbol, facts.now, calendar, facts.quotes) for symbol in TODAY_SYMBOLS}


def quotes_refused(facts: Facts) -> tuple[str, ...]:
    """Return why quotes were refused, held back or late since the session before the one in progress closed."""
    calendar = facts.past.history.calendar
    before = session_begun(facts.now, calendar) - 1
    since = int(calendar.closes[before]) if before >= 0 else 0
    inside = (one for one in facts.set_aside if since < one.time.timestamp() and one.time <= facts.now)
    return tuple(dict.fromkeys(one.reason for one in inside))
