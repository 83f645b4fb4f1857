"""Where are market data kept? Series and quotes in their tables, the history beside them as one array."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.merge import merge
from core.market.quote import Quote
from core.market.series import History
from core.market.times import iso_utc
from db.connection import write
from db.market_rows import compare, stored_series, write_rows
from db.stored_array import load_array, save_array

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from core.market.calendar import SessionCalendar
    from core.market.series import Series
    from db.market_rows import Comparison

VALUES, TERMS = "history", "history.terms"
_QUOTE_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_FIRST_TIME, _LAST_TIME = "", "9999"
_ADD_BATCH = """
    INSERT INTO import_batch (file_name, file_hash, layout, imported_at, report) VALUES (?, ?, ?, ?, ?)
"""
_IS_IMPORTED = "SELECT 1 FROM import_batch WHERE file_hash = ? LIMIT 1"
_ADD_QUOTE = """
    INSERT INTO market_quote (symbol, time, source, value, recorded_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (symbol, time, source) DO UPDATE SET value = excluded.value, recorded_at = excluded.recorded_at
"""
_QUOTES = """
    SELECT symbol, value, time, source FROM market_quote WHERE time BETWEEN ? AND ? ORDER BY recorded_at, time
"""
_QUOTES_AROUND = """
    SELECT symbol, value, time, source FROM (
        SELECT * FROM (
            SELECT * FROM market_quote WHERE symbol = :symbol AND time <= min(:until, :now)
            ORDER BY time DESC LIMIT :count
        )
        UNION
        SELECT * FROM (
            SELECT * FROM market_quote WHERE symbol = :symbol AND time <= :now ORDER BY time DESC LIMIT 1
        )
    ) ORDER BY recorded_at, time
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as it is recorded: the file's name and SHA-256, its layout, and a report for JSON."""

    file_name: str
    file_hash: str
    layout: str
    report: Mapping[str, Any]


def add_batch(connection: sqlite3.Connection, batch: Batch, now: datetime) -> int:
    """Record an import in the transaction that is open; return its number."""
    report = json.dumps(batch.report, sort_keys=True, allow_nan=False)
    row = (batch.file_name, batch.file_hash, batch.layout, iso_utc(now), report)
    number = connection.execute(_ADD_BATCH, row).lastrowid
    if number is None:
        raise RuntimeError("the database gave the import no number")
    return number


def write_series(
    connection: sqlite3.Connection, batch: int, series: Series, *, replace: bool = False
) -> Comparison:
    """Write the days of a series that the tables do not hold, in the transaction that is open.

    A day that is stored with other values stays as it is, unless `replace`; the comparison lists it.
    """
    comparison = compare(connection, series)
    write_comparison(connection, batch, comparison, replace=replace)
    return comparison


def write_comparison(
    connection: sqlite3.Connection, batch: int, comparison: Comparison, *, replace: bool = False
) -> None:
    """Write the new rows of a series that has been compared, and, with `replace`, the changed ones."""
    rows = comparison.is_new | comparison.is_changed if replace else comparison.is_new
    write_rows(connection, batch, comparison, rows)


def load_history(connection: sqlite3.Connection, calendar: SessionCalendar) -> History:
    """Return all daily columns: from the packed copy, or, where that is behind the tables, from the rows."""
    return _unpacked(connection, calendar) or merge(stored_series(connection), calendar)


def refresh_history(connection: sqlite3.Connection, calendar: SessionCalendar) -> History:
    """Pack the history anew, in the transaction that is open: after every import, undo or replacement."""
    history = merge(stored_series(connection), calendar)
    version = market_version(connection)
    terms = {
        "names": list(history.columns),
        "sources": dict(history.sources),
        "days": [str(day) for day in history.days[[0, -1]]] if history.length else [],
    }
    columns = list(history.columns.values())
    values = np.vstack(columns) if columns else np.empty((0, 0))
    save_array(connection, VALUES, version, values)
    save_array(connection, TERMS, version, np.frombuffer(json.dumps(terms).encode(), np.uint8))
    return history


def is_imported(connection: sqlite3.Connection, file_hash: str) -> bool:
    """Whether a file of these bytes (SHA-256) was imported and has not been taken back."""
    return connection.execute(_IS_IMPORTED, (file_hash,)).fetchone() is not None


def add_quotes(connection: sqlite3.Connection, quotes: Iterable[Quote], now: datetime) -> None:
    """Store quotes in one transaction; a second one of the same symbol, time and source corrects the first."""
    recorded_at = now.astimezone(UTC).strftime(_QUOTE_TIME)
    rows = [(q.symbol, _stamp(q.time), q.source, q.value, recorded_at) for q in quotes]
    with write(connection):
        connection.executemany(_ADD_QUOTE, rows)


def load_quotes(
    connection: sqlite3.Connection, since: datetime | None = None, until: datetime | None = None
) -> tuple[Quote, ...]:
    """Return the quotes from `since` to `until`, both inclusive, in the order in which they were stored.

    Quotes that were stored together are ordered by their time. None of them has been judged.
    """
    bounds = (_stamp(since) if since else _FIRST_TIME, _stamp(until) if until else _LAST_TIME)
    return _as_quotes(connection.execute(_QUOTES, bounds))


def load_quotes_around(
    connection: sqlite3.Connection, symbol: str, until: datetime, now: datetime, count: int
) -> tuple[Quote, ...]:
    """Return the last quotes of a symbol up to a moment and its last one by `now`, as they were stored."""
    bounds = {"symbol": symbol, "until": _stamp(until), "now": _stamp(now), "count": count}
    return _as_quotes(connection.execute(_QUOTES_AROUND, bounds))


def _as_quotes(rows: Iterable[tuple[str, float, str, str]]) -> tuple[Quote, ...]:
    return tuple(
        Quote(symbol, value, datetime.fromisoformat(time), source) for symbol, value, time, source in rows
    )


def _stamp(moment: datetime) -> str:
    """Return the moment as UTC text of fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime(_QUOTE_TIME)


def market_version(connection: sqlite3.Connection) -> str:
    """Return what the packed copy must have been made from: the imports that there are."""
    last, count, total = connection.execute(
        "SELECT coalesce(max(id), 0), count(*), coalesce(sum(id), 0) FROM import_batch"
    ).fetchone()
    return f"{last}/{count}/{total}"


def _unpacked(connection: sqlite3.Connection, calendar: SessionCalendar) -> History | None:
    """Return the packed history, None where there is none or the tables or the calendar have changed since."""
    packed, terms = load_array(connection, VALUES), load_array(connection, TERMS)
    if packed is None or terms is None or not packed.version == terms.version == market_version(connection):
        return None
    known = json.loads(terms.values.tobytes())
    if not known["days"]:
        return History(calendar, 0, 0)
    first, last = np.searchsorted(calendar.days, np.array(known["days"], "datetime64[D]")).tolist()
    length = packed.values.shape[1]
    days = calendar.days[first : first + length]
    if last - first + 1 != length or [str(day) for day in days[[0, -1]]] != known["days"]:
        return None
    columns = dict(zip(known["names"], packed.values, strict=True))
    return History(calendar, first, length, columns, known["sources"])
