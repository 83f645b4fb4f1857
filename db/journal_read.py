"""How are entries read? Through plain sqlite3, so that the first figure does not wait for a library."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.journal.canonical import float_from_e8
from core.journal.entry import Entry, EntryKind, Stamp
from core.journal.fold import fold
from db.connection import JournalError

if TYPE_CHECKING:
    from core.positions.book import Book

SIMULATED_KEY = "is_simulated"
_SELECT = """
    SELECT seq, kind, event_time, recorded_at, spx_e8, vix_e8, edr_pct_e8, rung, playbook_hash, body,
        coalesce(note.text, ''), prev, journal_entry.hash, note_hash, clock_flag, batch, n_in_batch,
        coalesce(source_key, ''), occurrence
    FROM journal_entry LEFT JOIN note ON note.hash = journal_entry.note_hash
    WHERE seq > ? ORDER BY seq
"""


class DamagedJournalError(JournalError):
    """An entry cannot be read; `verify` says more."""


def is_simulated(connection: sqlite3.Connection) -> bool:
    """Whether the journal holds a simulated market and book."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (SIMULATED_KEY,)).fetchone()
    return row is not None and row[0] == "1"


def load_entries(connection: sqlite3.Connection, after_seq: int = 0) -> list[Entry]:
    """Return the entries after a sequence number, in order; raises DamagedJournalError naming the first bad."""
    entries: list[Entry] = []
    try:
        entries.extend(_entry(row) for row in connection.execute(_SELECT, (after_seq,)))
    except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError) as error:
        bad = entries[-1].seq + 1 if entries else after_seq + 1
        raise DamagedJournalError(f"entry {bad} cannot be read ({error}); run verify") from error
    return entries


def load_book(connection: sqlite3.Connection) -> Book:
    """Return the book that follows from all entries; raises DamagedJournalError where one makes no sense."""
    entries = load_entries(connection)
    try:
        return fold(entries)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise DamagedJournalError(f"the entries do not make a book ({error!r}); run verify") from error


def _entry(row: tuple[Any, ...]) -> Entry:
    body = json.loads(row[9])
    if not isinstance(body, dict):
        raise TypeError("its body is no object")
    return Entry(
        seq=row[0],
        kind=EntryKind(row[1]),
        event_time=datetime.fromisoformat(row[2]),
        recorded_at=datetime.fromisoformat(row[3]),
        stamp=Stamp(float_from_e8(row[4]), float_from_e8(row[5]), float_from_e8(row[6]), row[7], row[8]),
        body=body,
        note=row[10],
        prev=row[11],
        hash=row[12],
        note_hash=row[13],
        clock_flag=bool(row[14]),
        batch=row[15],
        n_in_batch=row[16],
        source_key=row[17],
        occurrence=row[18],
    )
