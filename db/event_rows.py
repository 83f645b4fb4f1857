"""How do announcements stand in their table? Read, compared with what a file says, and written by kind and day."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from core.market.events import MarketEvent

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

EVENT_TABLE = "market_event"
REPLACE_EVENT = """
    REPLACE INTO market_event (kind, day, actual, consensus, previous, batch) VALUES (?, ?, ?, ?, ?, ?)
"""
_NUMBERS = ("actual", "consensus", "previous")
_LOAD = "SELECT day, kind, actual, consensus, previous FROM market_event ORDER BY day, kind"
_ROW = "SELECT kind, day, actual, consensus, previous, batch FROM market_event WHERE kind = ? AND day = ?"
_KEEP = "INSERT INTO market_before (batch, table_name, old_batch, row) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An announcement that is stored with other numbers than a file gives."""

    stored: MarketEvent
    file: MarketEvent


@dataclass(frozen=True)
class EventComparison:
    """The announcements of a file beside what is stored: a number that one of them lacks contradicts nothing.

    `fresh` are not stored, or with fewer numbers; `same` counts those that say nothing more.
    """

    kinds: tuple[str, ...]
    fresh: tuple[MarketEvent, ...]
    same: int
    contradicted: tuple[ChangedEvent, ...]

    @property
    def new(self) -> int:
        """The number of announcements that the table does not hold, or not whole."""
        return len(self.fresh)

    @property
    def changed(self) -> int:
        """The number of announcements that the table holds with other numbers."""
        return len(self.contradicted)

    def as_record(self) -> dict[str, Any]:
        """Return the comparison for JSON."""
        pairs = [{"stored": _record(one.stored), "file": _record(one.file)} for one in self.contradicted]
        return {"kinds": list(self.kinds), "new": self.new, "same": self.same, "changed": pairs}


def load_events(connection: sqlite3.Connection) -> list[MarketEvent]:
    """Return every announcement that is stored, by day."""
    return [MarketEvent(date.fromisoformat(day), *row) for day, *row in connection.execute(_LOAD)]


def compare_events(connection: sqlite3.Connection, events: Iterable[MarketEvent]) -> EventComparison:
    """Return announcements beside what is stored of the same kinds and days."""
    stored = {(event.day, event.kind): event for event in load_events(connection)}
    given = tuple(events)
    fresh: list[MarketEvent] = []
    contradicted: list[ChangedEvent] = []
    for event in given:
        held = stored.get((event.day, event.kind))
        whole = event if held is None else _completed(event, held)
        if held is None or (whole != held and _completed(held, event) == whole):
            fresh.append(whole)
        elif whole != held:
            contradicted.append(ChangedEvent(held, whole))
    same = len(given) - len(fresh) - len(contradicted)
    kinds = tuple(sorted({event.kind for event in given}))
    return EventComparison(kinds, tuple(fresh), same, tuple(contradicted))


def write_events(connection: sqlite3.Connection, batch: int, compared: EventComparison, *, replace: bool) -> None:
    """Write what the table lacks, in the transaction that is open, and, with `replace`, what it holds otherwise.

    What was stored before of a row that is written over is kept for an undo.
    """
    changed = [one.file for one in compared.contradicted] if replace else []
    for event in (*compared.fresh, *changed):
        key = (event.kind, event.day.isoformat())
        before = connection.execute(_ROW, key).fetchone()
        if before is not None:
            connection.execute(_KEEP, (batch, EVENT_TABLE, before[-1], json.dumps(before)))
        connection.execute(REPLACE_EVENT, (*key, event.actual, event.consensus, event.previous, batch))


def _completed(event: MarketEvent, other: MarketEvent) -> MarketEvent:
    """Return the announcement with the numbers that it lacks taken from the other."""
    return replace(event, **{name: getattr(other, name) for name in _NUMBERS if getattr(event, name) is None})


def _record(event: MarketEvent) -> dict[str, Any]:
    return asdict(event) | {"day": event.day.isoformat()}
