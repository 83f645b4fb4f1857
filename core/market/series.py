"""What are market data in memory? Series as their source gave them, and the history aligned on the sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar


BAR_FIELDS = ("open", "high", "low", "close")
BREADTH_FIELDS = ("advances", "declines", "unchanged", "net")
CURVE_SYMBOLS = tuple(f"VX{n}" for n in range(1, 9))
BREADTH_PREFIX = "BREADTH:"
CONTRACT_PREFIX = "VX:"
SOURCE_SUFFIX = "@source"
DAILY, MONTHLY = "1d", "1mo"


@dataclass(frozen=True, eq=False)
class Series:
    """The values of one symbol from one source, ascending, one row a time.

    `interval` is DAILY, MONTHLY or minutes ("1min", "30min"). `times` are days (datetime64[D]), of a monthly
    series the first days of the months that the values are about, of bars within the day UTC moments
    (datetime64[s]) as the source labels them. `columns` are those of BAR_FIELDS or BREADTH_FIELDS, float64,
    NaN where the source had none. The symbol of a breadth count is its universe behind BREADTH_PREFIX, that of
    a VX future its expiry behind CONTRACT_PREFIX ("VX:2015-01-21"); the close of a future is its settlement.
    `range_broken` marks rows whose high and low contradict open or close: their close counts, their range not.
    """

    symbol: str
    source: str
    times: NDArray[np.datetime64]
    columns: Mapping[str, NDArray[np.float64]]
    range_broken: NDArray[np.bool_]
    interval: str = DAILY

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """The days of the rows; a bar within a session has the session's day."""
        return self.times.astype("datetime64[D]")

    @cached_property
    def line(self) -> NDArray[np.float64]:
        """The values that one line shows: closes, of breadth the net advances, else the one count there is."""
        told = {name: values for name, values in self.columns.items() if np.isfinite(values).any()}
        if "close" in told or "net" in told:
            return told.get("close", told.get("net", np.empty(0)))
        if {"advances", "declines"} <= set(told):
            return told["advances"] - told["declines"]
        return next(iter(told.values()), np.full(len(self.times), np.nan))


@dataclass(frozen=True, eq=False)
class History:
    """Daily columns aligned on the exchange's sessions, from the first to the last day that has data.

    A column is named by symbol ("VIX", its close) or symbol and field ("SPX.high", "BREADTH:SP500.advances").
    `sources` names where each symbol came from, in order of precedence and parted by ", " where there are
    several; then the column "VIX@source" numbers the one of each session. Values on closed days are not in here.
    """

    calendar: SessionCalendar
    first: int
    length: int
    columns: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """The session dates, datetime64[D]."""
        return self.calendar.days[self.first : self.first + self.length]

    @cached_property
    def closes(self) -> NDArray[np.int64]:
        """The UTC seconds at which the sessions close."""
        return self.calendar.closes[self.first : self.first + self.length]

    def column(self, name: str) -> NDArray[np.float64]:
        """Return a column by name, all NaN where nothing was imported under it."""
        found = self.columns.get(name)
        return found if found is not None else np.full(self.length, np.nan)

    def has(self, name: str) -> bool:
        """Whether anything was imported under the name."""
        return name in self.columns

    def source_at(self, symbol: str, index: int) -> str:
        """Return where the value of one session came from, "" where there is none."""
        names = self.sources.get(symbol, "")
        numbers = self.columns.get(symbol + SOURCE_SUFFIX)
        if numbers is None:
            return names
        return names.split(", ")[int(numbers[index])] if np.isfinite(numbers[index]) else ""

    def until(self, length: int) -> History:
        """Return the history of the first `length` sessions: nothing later is in it."""
        if length >= self.length:
            return self
        length = max(length, 0)
        columns = {name: values[:length] for name, values in self.columns.items()}
        return History(self.calendar, self.first, length, columns, self.sources)

    def last_sessions(self, count: int) -> History:
        """Return the history of the last `count` sessions."""
        start = max(self.length - count, 0)
        columns = {name: values[start:] for name, values in self.columns.items()}
        return History(self.calendar, self.first + start, self.length - start, columns, self.sources)

    def extended(self, values: Mapping[str, float]) -> History:
        """Return the history with one more session whose values are given, NaN for every other column."""
        columns = {name: np.append(column, values.get(name, np.nan)) for name, column in self.columns.items()}
        return History(self.calendar, self.first, self.length + 1, columns, self.sources)

    def universes(self) -> tuple[str, ...]:
        """Return the breadth universes that were imported, by name."""
        prefix, suffix = BREADTH_PREFIX, ".advances"
        return tuple(
            sorted(
                n[len(prefix) : -len(suffix)] for n in self.columns if n.startswith(prefix) and n.endswith(suffix)
            )
        )


def aligned(
    days: NDArray[np.datetime64], values: NDArray[np.float64], sessions: NDArray[np.datetime64]
) -> NDArray[np.float64]:
    """Return the values placed on the sessions, NaN where there is none; days that are no session fall out."""
    out = np.full(len(sessions), np.nan)
    at = np.searchsorted(sessions, days)
    inside = at < len(sessions)
    hit = inside.copy()
    hit[inside] = sessions[at[inside]] == days[inside]
    out[at[hit]] = values[hit]
    return out
