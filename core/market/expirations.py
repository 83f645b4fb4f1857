"""Which contracts expire when, a year at a time? SPX in the morning and at the close, VIX, quarter ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, spx_monthly_expiry, vix_expiry

if TYPE_CHECKING:
    from core.market.calendar import SessionCalendar

MONTHS = range(1, 13)
QUARTER_MONTHS = (3, 6, 9, 12)
SPXW_DAILY_SINCE = date(2022, 5, 16)
"""The first week in which SPXW expired on every session: Tuesdays were listed from 2022-04-18, Thursdays from
2022-05-11 (Cboe). Before, which weekdays were listed changed with the years and is not worked out here."""


def spx_monthly_expiries(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the twelve expiries of the AM-settled SPX options: third Fridays, or the session before."""
    return [spx_monthly_expiry(year, month, calendar) for month in MONTHS]


def vix_monthly_expiries(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the twelve monthly expiries of VIX options and futures.

    Raises OutsideCalendarError where the calendar does not reach the January after: each depends on the
    third Friday of the month that follows.
    """
    return [vix_expiry(year, month, calendar) for month in MONTHS]


def spxw_expiries(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the expiries of the PM-settled SPXW options: every session since SPXW_DAILY_SINCE, none before."""
    return [day for day in _sessions(year, calendar) if day >= SPXW_DAILY_SINCE]


def month_ends(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the last session of each month."""
    days = np.array(_sessions(year, calendar), "datetime64[D]")
    months = days.astype("datetime64[M]")
    last: list[date] = days[np.append(months[1:] != months[:-1], True)].tolist()
    return last


def quarter_ends(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the last session of each quarter."""
    return [day for day in month_ends(year, calendar) if day.month in QUARTER_MONTHS]


def _sessions(year: int, calendar: SessionCalendar) -> list[date]:
    """Return the sessions of a whole year.

    Raises OutsideCalendarError where the calendar does not hold all of it.
    """
    if not calendar.first.year <= year <= calendar.last.year:
        raise OutsideCalendarError(f"{year} is outside the exchange calendar, {calendar.first} to {calendar.last}")
    bounds = np.array([f"{year}-01-01", f"{year + 1}-01-01"], "datetime64[D]")
    start, stop = np.searchsorted(calendar.days, bounds).tolist()
    found: list[date] = calendar.days[start:stop].tolist()
    return found
