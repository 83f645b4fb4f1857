"""What does the calendar say of each session? Windows around releases and before expiries.

Release dates are an argument: without a list of them an event rule is unknown, never off.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.market.expirations import quarter_ends, spx_monthly_expiries
from core.measures.curve import DAYS_OF_LONGEST_MONTH, monthly_expiries
from core.playbook.kleene import UNKNOWN, any_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.events import MarketEvent
    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook

    Words = NDArray[np.int8]
    Days = NDArray[np.datetime64]
    Events = Mapping[str, Days]
    """The days of each kind of release, ascending (datetime64[D])."""

EVENT_RULES = {"fomc_window": "FOMC", "cpi_window": "CPI", "ppi_window": "PPI"}
MONTHS_OF_QUARTER = 3
EPOCH = 1970
SPX_MONTHLY, VIX_MONTHLY, QUARTER_END = "SPX third Friday", "VIX expiry", "quarter end"


def event_days(events: Iterable[MarketEvent]) -> dict[str, Days]:
    """Return the days of each kind of announcement, ascending: all that the window rules read of them."""
    found: dict[str, set[date]] = {}
    for event in events:
        found.setdefault(event.kind, set()).add(event.day)
    return {kind: np.array(sorted(days), dtype="datetime64[D]") for kind, days in found.items()}


def calendar_words(measured: Measured, playbook: Playbook, events: Events) -> dict[str, Words]:
    """Return the words of the window rules by name."""
    found = {name: event_words(measured, playbook, events.get(kind)) for name, kind in EVENT_RULES.items()}
    return {**found, "event_window": any_of([*found.values()]), "theta_window": theta_window(measured, playbook)}


def event_words(measured: Measured, playbook: Playbook, days: Days | None) -> Words:
    """Say whether a release of one kind is within events.around sessions, before or after (seeds 000 to 004).

    Unknown before the first and after the last day of the list but for the windows around those two.
    """
    history = measured.history
    if days is None or not len(days):
        return np.full(history.length, UNKNOWN, dtype=np.int8)
    at = np.searchsorted(history.calendar.days, np.asarray(days, dtype="datetime64[D]"))
    session = history.first + np.arange(history.length)
    after = np.searchsorted(at, session)
    to_next = np.abs(at[np.minimum(after, len(at) - 1)] - session)
    since_last = np.abs(session - at[np.maximum(after - 1, 0)])
    is_near = np.minimum(to_next, since_last) <= playbook.count("events.around")
    return words(is_near, is_near | ((session >= at[0]) & (session <= at[-1])))


def theta_window(measured: Measured, playbook: Playbook) -> Words:
    """Say whether a major expiry is theta.window_start to theta.window_end calendar days away (seed 001)."""
    history = measured.history
    days = history.days.astype("datetime64[D]")
    if not len(days):
        return np.zeros(0, dtype=np.int8)
    most, least = playbook.number("theta.window_start"), playbook.number("theta.window_end")
    found = []
    for expiries in major_expiries(days[0], days[-1], history.calendar).values():
        # the next expiry on or after the end of the window: the one that the window could be of
        at = np.searchsorted(expiries, days + np.timedelta64(math.ceil(least), "D"))
        known = at < len(expiries)
        left = (expiries[np.minimum(at, len(expiries) - 1)] - days).astype(np.float64)
        found.append(words((left >= least) & (left <= most), known))
    return any_of(found)


def major_expiries(first: np.datetime64, last: np.datetime64, calendar: SessionCalendar) -> dict[str, Days]:
    """Return the major expiries of each kind, ascending, from the year of `first` to months after `last`."""
    until = last + np.timedelta64(MONTHS_OF_QUARTER * DAYS_OF_LONGEST_MONTH, "D")
    years = range(max(_year(first), calendar.first.year), min(_year(until), calendar.last.year) + 1)
    return _expiries_of(years, calendar)


@lru_cache(maxsize=8)
def _expiries_of(years: range, calendar: SessionCalendar) -> dict[str, Days]:
    """Return the major expiries of whole years; kept, for a tick asks for the same years again and again."""
    first, last = (np.datetime64(f"{year}-{day}") for year, day in ((years[0], "01-01"), (years[-1], "12-01")))
    return {
        SPX_MONTHLY: _days(spx_monthly_expiries(year, calendar) for year in years),
        VIX_MONTHLY: monthly_expiries(first, last, calendar),
        QUARTER_END: _days(quarter_ends(year, calendar) for year in years),
    }


def _year(day: np.datetime64) -> int:
    return int(day.astype("datetime64[Y]").astype(int)) + EPOCH


def _days(by_year: Iterable[list[date]]) -> Days:
    return np.array([day for days in by_year for day in days], dtype="datetime64[D]")


def next_window(measured: Measured, playbook: Playbook, index: int) -> tuple[str, date, int] | None:
    """Return the major expiry whose theta window is open or opens next: its kind, its day and the days to it."""
    day = measured.history.days[index].astype("datetime64[D]")
    notice = np.timedelta64(math.ceil(playbook.number("theta.window_end")), "D")
    found: list[tuple[int, str, date]] = []
    for kind, expiries in major_expiries(day, day, measured.history.calendar).items():
        at = int(np.searchsorted(expiries, day + notice))
        if at < len(expiries):
            found.append((int((expiries[at] - day).astype(int)), kind, expiries[at].item()))
    if not found:
        return None
    days, kind, expiry = min(found)
    return kind, expiry, days
