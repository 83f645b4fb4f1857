"""How do announcements stand in their table? Read and written row by row, without the readers of files."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from core.market.events import MarketEvent

if TYPE_CHECKING:
    import sqlite3

EVENT_TABLE = "market_event"
REPLACE_EVENT = """
    REPLACE INTO market_event (kind, day, actual, consensus, previous, batch) VALUES (?, ?, ?, ?, ?, ?)
"""
_LOAD = "SELECT day, kind, actual, consensus, previous FROM market_event ORDER BY day, kind"
_ROW = "SELECT kind, day, actual, consensus, previous, batch FROM market_event WHERE kind = ? AND day = ?"
_KEEP = "INSERT INTO market_before (batch, table_name, old_batch, row) VALUES (?, ?, ?, ?)"


def load_events(connection: sqlite3.Connection) -> list[MarketEvent]:
    """Return every event that is stored, by day."""
    return [MarketEvent(date.fromisoformat(day), *row) for day, *row in connection.execute(_LOAD)]


def write_event(connection: sqlite3.Connection, batch: int, event: MarketEvent) -> None:
    """Write an event in the transaction that is open; what was stored of it before is kept for an undo."""
    key = (event.kind, event.day.isoformat())
    before = connection.execute(_ROW, key).fetchone()
    if before is not None:
        connection.execute(_KEEP, (batch, EVENT_TABLE, before[-1], json.dumps(before)))
    connection.execute(REPLACE_EVENT, (*key, event.actual, event.consensus, event.previous, batch))
