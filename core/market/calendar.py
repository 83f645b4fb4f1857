"""When do the exchanges trade, and when do SPX and VIX contracts expire?"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.lean_import import importing_heavily
from core.market.times import new_york
from core.refusal import RefusedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_SESSION_YEAR = 1970
"""The library lacks the regular holidays of earlier years (it calls 1960-01-01 a session)."""
VIX_TO_SPX_DAYS = 30
FRIDAY = 4


class OutsideCalendarError(RefusedError):
    """A day before the first or after the last session that the calendar knows."""


@dataclass(frozen=True, eq=False)
class SessionCalendar:
    """The trading sessions of the New York Stock Exchange.

    `days` (datetime64[D]), `opens` and `closes` (UTC seconds, int64) have one element a session.
    """

    days: NDArray[np.datetime64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]

    @cached_property
    def first(self) -> date:
        """The first session known."""
        return _date(self.days[0])

    @cached_property
    def last(self) -> date:
        """The last session known."""
        return _date(self.days[-1])

    def index_on_or_before(self, day: date) -> int:
        """Return the index of the last session not after the day; raises OutsideCalendarError."""
        self._check(day)
        return int(np.searchsorted(self.days, np.datetime64(day), side="right")) - 1

    def is_session(self, day: date) -> bool:
        """Whether the exchange trades on the day."""
        return bool(self.days[self.index_on_or_before(day)] == np.datetime64(day))

    def session_on_or_before(self, day: date) -> date:
        """Return the day itself if it is a session, else the session before it."""
        return _date(self.days[self.index_on_or_before(day)])

    def close_of(self, day: date) -> datetime:
        """Return the UTC moment at which the session closes; on a closed day 16:00 New York."""
        index = self.index_on_or_before(day)
        if self.days[index] != np.datetime64(day):
            return new_york(day)
        return datetime.fromtimestamp(int(self.closes[index]), UTC)

    def closed_by(self, now: datetime) -> int:
        """Return how many sessions have closed by `now`; the last of them has this index less one."""
        return int(np.searchsorted(self.closes, int(now.timestamp()), side="right"))

    def is_open(self, now: datetime) -> bool:
        """Whether a session is in progress."""
        index = self.closed_by(now)
        return index < len(self.days) and int(self.opens[index]) <= now.timestamp()

    def session_seconds(self, start: datetime, end: datetime) -> float:
        """Return how many seconds of trading lie between two moments: how old a quote is in session."""
        t0, t1 = start.timestamp(), end.timestamp()
        first, last = self.closed_by(start), min(self.closed_by(end), len(self.days) - 1)
        spans = slice(first, last + 1)
        inside = np.minimum(self.closes[spans], t1) - np.maximum(self.opens[spans], t0)
        return float(np.maximum(inside, 0).sum())

    def sessions_between(self, start: date, end: date) -> int:
        """Return the number of sessions after `start` up to and including `end`."""
        return self.index_on_or_before(end) - self.index_on_or_before(start)

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendarError(f"{day} is outside the exchange calendar, {self.first} to {self.last}")


def build_sessions(first_year: int, last_year: int) -> SessionCalendar:
    """Return the sessions of XNYS from the exchange_calendars library, whole years inclusive."""
    with importing_heavily():
        import exchange_calendars  # 0.3 s: only when sessions are made, then they are stored
        import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library uses what pandas will drop
        xnys = exchange_calendars.get_calendar("XNYS", start=f"{first_year}-01-01", end=f"{last_year}-12-31")
        schedule = xnys.schedule
    second, epoch = pd.Timedelta(seconds=1), pd.Timestamp(0, tz="UTC")
    return SessionCalendar(
        xnys.sessions.to_numpy().astype("datetime64[D]"),
        ((schedule["open"] - epoch) // second).to_numpy(np.int64).copy(),
        ((schedule["close"] - epoch) // second).to_numpy(np.int64).copy(),
    )


def third_friday(year: int, month: int) -> date:
    """Return the third Friday of a month, holiday or not."""
    first = date(year, month, 1)
    return first + timedelta(days=(FRIDAY - first.weekday()) % 7 + 14)


def spx_monthly_expiry(year: int, month: int, calendar: SessionCalendar) -> date:
    """Return the last day of the month's AM-settled SPX options: the third Friday or the session before."""
    return calendar.session_on_or_before(third_friday(year, month))


@lru_cache(maxsize=1024)  # a tick asks for the same months again and again
def vix_expiry(year: int, month: int, calendar: SessionCalendar) -> date:
    """Return the VIX settlement day of a month: 30 days before the next month's SPX monthly expiry.

    A holiday moves either day to the session before (Cboe contract specification; playbook 4.1).
    """
    next_year, next_month = (year + 1, 1) if month == 12 else (year, month + 1)
    anchor = spx_monthly_expiry(next_year, next_month, calendar)
    return calendar.session_on_or_before(anchor - timedelta(days=VIX_TO_SPX_DAYS))


def vix_expiries_after(day: date, count: int, calendar: SessionCalendar) -> list[date]:
    """Return the next `count` monthly VIX expiries strictly after the day: those of VX1, VX2, ..."""
    found: list[date] = []
    year, month = day.year, day.month
    while len(found) < count:
        expiry = vix_expiry(year, month, calendar)
        if expiry > day:
            found.append(expiry)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def missing_sessions(have: NDArray[np.datetime64], calendar: SessionCalendar) -> NDArray[np.datetime64]:
    """Return the sessions between the first and the last day of a series that it does not hold."""
    if not len(have):
        return have
    inside = (calendar.days >= have.min()) & (calendar.days <= have.max())
    return np.setdiff1d(calendar.days[inside], have)


def session_indexes(days: NDArray[np.datetime64], calendar: SessionCalendar) -> NDArray[np.int64]:
    """Return the index of each day among the calendar's sessions, -1 for a day that is none."""
    index = np.searchsorted(calendar.days, days)
    inside = index < len(calendar.days)
    hit = calendar.days[np.where(inside, index, 0)] == days
    return np.where(inside & hit, index, -1).astype(np.int64)


def _date(day: np.datetime64) -> date:
    converted = day.astype("datetime64[D]").item()
    if not isinstance(converted, date):
        raise TypeError(f"{day!r} is not a day")
    return converted
