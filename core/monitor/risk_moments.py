"""At which moments is the risk looked at? Now, a day on, the what-if's, each expiry of a layer, the condors'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.times import exchange_date, exchange_time
from core.positions.contract import expiry_moment
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.market.calendar import SessionCalendar
    from core.monitor.risk_book import RiskBook
    from core.positions.book import Holding
    from core.risk_state import RiskAsked

NOW, DAY, CHOSEN, EXPIRY = "now", "day", "chosen", "expiry"
FARTHEST_DAYS = 1100.0
"""The longest VIX and SPX options listed run for three years."""


@dataclass(frozen=True, slots=True)
class At:
    """A moment that is looked at, with its key and its name on a chart."""

    key: str
    label: str
    moment: datetime


def asked_moment(asked: RiskAsked, now: datetime, calendar: SessionCalendar) -> datetime:
    """Return the moment of the what-if, now where none is asked; RefusedError for one that is past or too far."""
    if asked.day is not None:
        moment = calendar.close_of(asked.day)
        if moment < now:
            raise RefusedError(f"date: the session of {asked.day} has closed by {exchange_time(now)} New York")
        return moment
    days = asked.days or 0.0
    if not 0.0 <= days <= FARTHEST_DAYS:
        raise RefusedError(f"days: {days:g} is not within 0 to {FARTHEST_DAYS:g}")
    return now + timedelta(days=days)


def sessions_to(moment: datetime, now: datetime, calendar: SessionCalendar) -> int:
    """Return how many sessions close by the moment, at least one: what a move until then is scaled by."""
    return max(calendar.closed_by(moment) - calendar.closed_by(now), 1)


def expiries_of(holdings: Iterable[Holding], now: datetime, calendar: SessionCalendar) -> list[datetime]:
    """Return the moments after now at which open legs settle, ascending, each once."""
    found = set()
    for holding in holdings:
        for leg in holding.legs:
            try:
                moment = expiry_moment(leg.contract, calendar)
            except OutsideCalendarError:  # the leg itself is told of as one that cannot be valued
                continue
            if moment is not None and moment > now:
                found.add(moment)
    return sorted(found)


def curve_moments(
    book: RiskBook, chosen: datetime | None, now: datetime, calendar: SessionCalendar
) -> tuple[At, ...]:
    """Return the moments of the curves, ascending; `chosen` is the what-if's, None where none is asked."""
    condors = expiries_of(book.condors, now, calendar)
    last = condors[-1] if condors else None
    layers = {exchange_date(m): m for m in expiries_of(book.layers, now, calendar) if m != last}
    found = [At(NOW, "now", now), At(DAY, "in one day", now + timedelta(days=1))]
    if chosen is not None and chosen > now:
        found.append(At(CHOSEN, f"{exchange_time(chosen)} New York", chosen))
    found += [At(f"layer:{day}", f"layer expiry {day}", moment) for day, moment in layers.items()]
    if last is not None:
        found.append(At(EXPIRY, f"condor expiry {exchange_date(last)}", last))
    return tuple(sorted(found, key=lambda at: at.moment))
