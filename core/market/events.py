"""Which announcements move the market, and how far off are they? FOMC, CPI, PPI and whatever else is dated."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.market.times import exchange_date, new_york

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar

KIND = re.compile(r"[A-Z][A-Z0-9_-]{1,15}", re.ASCII)
AROUND_SESSIONS = 5
NAMED_KINDS = ("FOMC", "CPI", "PPI")
RELEASED_AT = MappingProxyType({"FOMC": time(14, 0), "CPI": time(8, 30), "PPI": time(8, 30)})
"""New York time of day of each announcement; of a kind without one the whole day counts as before it."""
END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True, order=True)
class MarketEvent:
    """A dated announcement. The numbers are in the unit of its source (CPI: percent), None where not known."""

    day: date
    kind: str
    actual: float | None = None
    consensus: float | None = None
    previous: float | None = None

    @property
    def surprise(self) -> float | None:
        """Actual less consensus, None where one of them is not known."""
        if self.actual is None or self.consensus is None:
            return None
        return self.actual - self.consensus

    @property
    def moment(self) -> datetime:
        """The UTC moment of the announcement."""
        return new_york(self.day, RELEASED_AT.get(self.kind, END_OF_DAY))


@dataclass(frozen=True, slots=True)
class EventDistance:
    """How far an event is from a day: sessions to go (0 the same session, negative past) and calendar days."""

    event: MarketEvent
    sessions: int
    days: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The last event of one kind and the next one, None where none is known."""

    last: MarketEvent | None = None
    coming: MarketEvent | None = None


def known_events(events: Iterable[MarketEvent], now: datetime) -> list[MarketEvent]:
    """Return the events by day as they were known at `now`: dates are published ahead, what was said is not."""
    return sorted(event if event.moment <= now else replace(event, actual=None) for event in events)


def distance(event: MarketEvent, day: date, calendar: SessionCalendar) -> EventDistance | None:
    """Return how far an event is from a day, None where one of them is outside the calendar.

    An announcement on a closed day counts for the session after it.
    """
    if not (calendar.first <= event.day <= calendar.last and calendar.first <= day <= calendar.last):
        return None
    meets = int(np.searchsorted(calendar.days, np.datetime64(event.day)))
    return EventDistance(event, meets - calendar.index_on_or_before(day), (event.day - day).days)


def nearest_events(events: Iterable[MarketEvent], now: datetime) -> dict[str, Nearest]:
    """Return the last event that has happened by `now` and the first one to come, by kind."""
    day = exchange_date(now)
    last: dict[str, MarketEvent] = {}
    coming: dict[str, MarketEvent] = {}
    for event in events:
        kind = event.kind
        if event.day < day or (event.day == day and event.moment <= now):
            if kind not in last or event.day > last[kind].day:
                last[kind] = event
        elif kind not in coming or event.day < coming[kind].day:
            coming[kind] = event
    return {kind: Nearest(last.get(kind), coming.get(kind)) for kind in {**last, **coming}}


def events_around(
    events: Iterable[MarketEvent], day: date, calendar: SessionCalendar, sessions: int = AROUND_SESSIONS
) -> list[EventDistance]:
    """Return the events at most so many sessions before or after the day, by day."""
    found = (distance(event, day, calendar) for event in sorted(events))
    return [one for one in found if one is not None and abs(one.sessions) <= sessions]
