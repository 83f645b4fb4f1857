"""Which market data does a journal hold? One line for each symbol and source: rows, first, last, gaps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.quality import SETTLEMENTS
from core.market.series import BREADTH_PREFIX, MONTHLY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from core.market.calendar import SessionCalendar

CHAIN, ANNOUNCEMENTS, QUOTES = "chain", "announcements", "quotes"
_DAY = 10
_SERIES = """
    SELECT symbol, interval, source, count(*), min(time), max(time), count(DISTINCT substr(time, 1, 10))
    FROM market_bar GROUP BY symbol, interval, source
    UNION ALL
    SELECT ? || universe, interval, source, count(*), min(time), max(time), count(DISTINCT substr(time, 1, 10))
    FROM market_breadth GROUP BY universe, interval, source
"""
_OTHERS = """
    SELECT root, ?, source, count(*), min(time), max(time) FROM option_quote GROUP BY root, source
    UNION ALL
    SELECT kind, ?, '', count(*), min(day), max(day) FROM market_event GROUP BY kind
    UNION ALL
    SELECT symbol, ?, source, count(*), min(time), max(time) FROM market_quote GROUP BY symbol, source
"""


@dataclass(frozen=True, slots=True)
class StoredData:
    """What is stored of one symbol from one source.

    `interval` is that of a series ("1d", "1mo", "1min"), or "chain", "announcements", "quotes". `first` and `last`
    are days or UTC moments as they are stored. `gaps` counts the sessions (of monthly values the months) between
    them that have no row, None where there need not be one.
    """

    symbol: str
    interval: str
    source: str
    rows: int
    first: str
    last: str
    gaps: int | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the line for JSON."""
        return asdict(self)


def stored_data(connection: sqlite3.Connection, calendar: SessionCalendar) -> tuple[StoredData, ...]:
    """Return what is stored, by symbol, interval and source."""
    found = [*_series(connection, calendar), *_others(connection)]
    return tuple(sorted(found, key=lambda one: (one.symbol, one.interval, one.source)))


def _series(connection: sqlite3.Connection, calendar: SessionCalendar) -> Iterator[StoredData]:
    for symbol, interval, source, rows, first, last, days in connection.execute(_SERIES, (BREADTH_PREFIX,)):
        wanted = None if symbol in SETTLEMENTS else _wanted(interval, first, last, calendar)
        yield StoredData(symbol, interval, source, rows, first, last, None if wanted is None else wanted - days)


def _wanted(interval: str, first: str, last: str, calendar: SessionCalendar) -> int:
    """Return how many sessions, or months, there are from the first to the last row."""
    if interval == MONTHLY:
        start, end = np.datetime64(first[:7], "M"), np.datetime64(last[:7], "M")
        return int((end - start).astype(np.int64)) + 1
    start_day, end_day = date.fromisoformat(first[:_DAY]), date.fromisoformat(last[:_DAY])
    return calendar.sessions_between(start_day, end_day) + 1


def _others(connection: sqlite3.Connection) -> Iterator[StoredData]:
    for row in connection.execute(_OTHERS, (CHAIN, ANNOUNCEMENTS, QUOTES)):
        yield StoredData(*row)
