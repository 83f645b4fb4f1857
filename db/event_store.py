"""Where are the dates of announcements kept? Imported from the user's own list, whole or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from core.parsing.events import NUMBERS, kind_in_file_name, parse_events
from core.parsing.table import ParseRefusedError
from db.connection import write
from db.event_rows import load_events, write_event
from db.file_text import ImportRefusedError, read_file
from db.market_store import Batch, add_batch

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from core.market.events import MarketEvent
    from core.parsing.events import ParsedEvents
from db.file_text import FileText

__all__ = ["ChangedEvent", "EventPlan", "commit_events", "event_record", "load_events", "plan_events"]

LAYOUT = "events"
MAX_REASONS = 3


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event that is stored with other numbers than a file gives."""

    stored: MarketEvent
    file: MarketEvent


@dataclass(frozen=True)
class EventPlan:
    """What a list of events would bring: nothing has been written.

    `new` are not stored at all or only with fewer numbers; `same` counts those that say nothing more.
    """

    file: FileText
    parsed: ParsedEvents
    new: tuple[MarketEvent, ...]
    same: int
    changed: tuple[ChangedEvent, ...]

    @property
    def refusal(self) -> str:
        """Why the file is refused, "" if it is not."""
        refused = self.parsed.refused
        reasons = "; ".join(str(error) for error in refused[:MAX_REASONS])
        more = f"; and {len(refused) - MAX_REASONS} more" if len(refused) > MAX_REASONS else ""
        return f"{self.file.name}: {len(refused)} rows cannot be read ({reasons}{more})" if refused else ""

    def summary(self) -> dict[str, Any]:
        """Return the plan for JSON."""
        kinds = sorted({event.kind for event in self.parsed.events})
        return {
            "file": self.file.name,
            "sha256": self.file.sha256,
            "layout": LAYOUT,
            "kinds": kinds,
            "rows": self.parsed.rows,
            "new": len(self.new),
            "same": self.same,
            "repeated": self.parsed.repeated,
            "changed": [
                {"stored": event_record(one.stored), "file": event_record(one.file)} for one in self.changed
            ],
            "refusal": self.refusal,
        }


def event_record(event: MarketEvent) -> dict[str, Any]:
    """Return an event for JSON."""
    return asdict(event) | {"day": event.day.isoformat()}


def plan_events(connection: sqlite3.Connection, path: Path, kind: str = "") -> EventPlan:
    """Read a list of events and say what it would bring; nothing is written.

    `kind` (or else the file's name) says what the dates are of where the file does not. Raises
    ImportRefusedError in one line for a file that is no list of events.
    """
    file = read_file(path)
    try:
        parsed = parse_events(file.text, kind or kind_in_file_name(path.name))
    except ParseRefusedError as error:
        raise ImportRefusedError(f"{file.name}: {error}") from None
    return _compared(connection, file, parsed)


def commit_events(
    connection: sqlite3.Connection, plan: EventPlan, now: datetime, *, replace_changed: bool = False
) -> int | None:
    """Write what a plan brings in one transaction; return the import's number, None where nothing was new.

    Events that are stored with other numbers stay as they are unless `replace_changed`. Raises
    ImportRefusedError for a plan with refused rows.
    """
    if plan.refusal:
        raise ImportRefusedError(plan.refusal)
    with write(connection):
        fresh = _compared(connection, plan.file, plan.parsed)
        changed = [one.file for one in fresh.changed] if replace_changed else []
        if not fresh.new and not changed:
            return None
        batch = add_batch(connection, Batch(plan.file.name, plan.file.sha256, LAYOUT, fresh.summary()), now)
        for event in (*fresh.new, *changed):
            write_event(connection, batch, event)
    return batch


def _compared(connection: sqlite3.Connection, file: FileText, parsed: ParsedEvents) -> EventPlan:
    """Return the plan of a file beside what is stored; a number that one of them lacks contradicts nothing."""
    stored = {(event.day, event.kind): event for event in load_events(connection)}
    new: list[MarketEvent] = []
    changed: list[ChangedEvent] = []
    for event in parsed.events:
        held = stored.get((event.day, event.kind))
        whole = event if held is None else _completed(event, held)
        if held is None or (whole != held and _completed(held, event) == whole):
            new.append(whole)
        elif whole != held:
            changed.append(ChangedEvent(held, whole))
    same = len(parsed.events) - len(new) - len(changed)
    return EventPlan(file, parsed, tuple(new), same, tuple(changed))


def _completed(event: MarketEvent, other: MarketEvent) -> MarketEvent:
    """Return the event with the numbers that it lacks taken from the other."""
    lacking = {name: getattr(other, name) for name in NUMBERS if getattr(event, name) is None}
    return replace(event, **lacking)
