"""When did a value of the economy become known? So that a look back never sees one before its release.

A series is dated by what it is about: a month, or a day whose value is published later. Where a calendar of
releases is given it decides; else a named assumption about the lag. Values are those of today's file: numbers
that were revised since appear as revised.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.market.series import MONTHLY, Series
from core.market.times import new_york

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.events import MarketEvent

RELEASE_WITHIN_DAYS = 75
"""A release later than this after its month is not taken for that month's: the list of releases has a gap."""
DAYS_INTO_NEXT_MONTH = 32


@dataclass(frozen=True, slots=True)
class Release:
    """How values of a series become known.

    `event` is the kind of release that decides, "" for none. Else a monthly value is known on `month_day` of
    the month after its own, a daily one `lag_days` after its day, moved to a session, at the New York time
    `at`; with `lag_days` 0 at the opening of the next session. `assumption` says so in words.
    """

    name: str
    unit: str
    assumption: str
    event: str = ""
    month_day: int = 0
    lag_days: int = 0
    at: time = time(8, 30)


_YIELD = "assumed known at the opening of the next session (the Treasury publishes in the evening)"
_INDEX = "without a release calendar assumed known at 8:30 New York on the 15th of the next month"
INFLATION = MappingProxyType({"CPI": ("CPIAUCSL", "CPIAUCNS"), "PPI": ("PPIFIS", "PPIACO")})
"""Which monthly series tell of consumer and of producer prices: the first of them that is known."""
CONTEXT = MappingProxyType(
    {
        "DGS3MO": Release("3-month Treasury yield", "%", _YIELD),
        "DGS2": Release("2-year Treasury yield", "%", _YIELD),
        "DGS10": Release("10-year Treasury yield", "%", _YIELD),
        "CPIAUCSL": Release("consumer prices (CPI)", "index", _INDEX, event="CPI", month_day=15),
        "CPIAUCNS": Release("consumer prices, unadjusted", "index", _INDEX, event="CPI", month_day=15),
        "PPIFIS": Release("producer prices, final demand", "index", _INDEX, event="PPI", month_day=15),
        "PPIACO": Release("producer prices, all commodities", "index", _INDEX, event="PPI", month_day=15),
        "DTWEXBGS": Release(
            "broad dollar index",
            "index",
            "assumed known 7 days later at 16:15 New York (the Federal Reserve publishes on Mondays)",
            lag_days=7,
            at=time(16, 15),
        ),
    }
)
"""The context series that have a place here, by FRED's names."""
_UNNAMED = Release("", "", _INDEX, month_day=15)


def known_by(
    series: Series, now: datetime, calendar: SessionCalendar, events: Iterable[MarketEvent] = ()
) -> Series:
    """Return the rows of a context series that were known at `now`; another series comes back as it is."""
    known = known_at(series, calendar, events) <= np.int64(now.timestamp())
    if known.all():
        return series
    columns = {name: values[known] for name, values in series.columns.items()}
    flags = series.range_broken[known]
    return Series(series.symbol, series.source, series.times[known], columns, flags, series.interval)


def known_at(series: Series, calendar: SessionCalendar, events: Iterable[MarketEvent] = ()) -> NDArray[np.int64]:
    """Return the UTC second at which each row became known, by the rule of the symbol in CONTEXT.

    A symbol without a rule there is known when its day is over in New York, a monthly one on the 15th of the
    next month.
    """
    rule = CONTEXT.get(series.symbol)
    days: list[date] = series.days.tolist()
    if series.interval == MONTHLY:
        moments = _months_known(days, rule or _UNNAMED, calendar, events)
    elif rule is not None:
        moments = [_day_known(day, rule, calendar) for day in days]
    else:
        moments = [new_york(day + timedelta(days=1), time(0)) for day in days]
    return np.array([int(moment.timestamp()) for moment in moments], np.int64)


def _months_known(
    months: list[date], rule: Release, calendar: SessionCalendar, events: Iterable[MarketEvent]
) -> list[datetime]:
    """Return when each month's value was known.

    It is the first release of the next month or later; where the month before has that same one (releases
    were put off), the one after it, so that a delay never makes a value known too early.
    """
    released = sorted({event.day for event in events if event.kind == rule.event})
    firsts = [_release_of(month, released) for month in months]
    moments = []
    for month, first, before in zip(months, firsts, [None, *firsts[:-1]], strict=True):
        index = len(released) if first is None else first + (first == before)
        day = released[index] if index < len(released) else _assumed(month, rule, calendar)
        moments.append(new_york(day, rule.at))
    return moments


def _release_of(month: date, released: list[date]) -> int | None:
    """Return the index of the first release after a month, None where the list has none for it."""
    following = _month_after(month)
    index = bisect_left(released, following)
    if index == len(released) or released[0] >= _month_after(following):
        return None
    return index if released[index] <= following + timedelta(days=RELEASE_WITHIN_DAYS) else None


def _assumed(month: date, rule: Release, calendar: SessionCalendar) -> date:
    return _session_on_or_after(_month_after(month).replace(day=rule.month_day), calendar)


def _month_after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=DAYS_INTO_NEXT_MONTH)).replace(day=1)


def _day_known(day: date, rule: Release, calendar: SessionCalendar) -> datetime:
    if rule.lag_days:
        return new_york(_session_on_or_after(day + timedelta(days=rule.lag_days), calendar), rule.at)
    return new_york(_session_on_or_after(day + timedelta(days=1), calendar), time(9, 30))


def _session_on_or_after(day: date, calendar: SessionCalendar) -> date:
    """Return the day itself if it is a session, else the next one; outside the calendar the day itself."""
    index = int(np.searchsorted(calendar.days, np.datetime64(day)))
    if index == len(calendar.days) or day < calendar.first:
        return day
    found: date = calendar.days[index].item()
    return found
