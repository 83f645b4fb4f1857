"""How are entries written? Appended in one transaction with the tables that follow from them."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.journal.body import integer
from core.journal.chain import GENESIS, HASHED_FIELDS, link, stored_row
from core.journal.entry import Draft, Entry, EntryKind, Stamp
from core.journal.fold import fold
from core.journal.replay import Replay
from core.journal.undo import UNDOING, draft_redo, draft_undo
from core.market.times import iso_utc
from core.positions.book import Book
from db.anchor import anchored_head
from db.connection import JournalError, as_database, connect_new, missing, write
from db.files import companions
from db.journal_read import SIMULATED_KEY, DamagedJournalError, is_simulated, load_book, load_entries
from db.migrations import migrate
from db.projection import touched, update_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

__all__ = [
    "AlreadyRecordedError",
    "DamagedJournalError",
    "JournalChangedError",
    "append",
    "create_journal",
    "discard_new",
    "is_simulated",
    "load_book",
    "load_entries",
]

HEAD_KEY = "head"
CREATED_KEY = "created"
_SALT_BYTES = 16
_COLUMNS = (*HASHED_FIELDS, "hash")
_INSERT = (
    f"INSERT INTO journal_entry ({', '.join(_COLUMNS)}) "  # noqa: S608 - names of our own
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)


class JournalChangedError(JournalError):
    """Somebody else wrote since the book was loaded: load it again and repeat the act."""


class AlreadyRecordedError(JournalError):
    """An import brought what the journal holds already; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Head:
    seq: int
    hash: str
    recorded_at: datetime | None


def create_journal(
    path: Path,
    now: datetime,
    is_simulated: bool = False,
) -> sqlite3.Connection:
    """Create a journal with its first entry and return its writer connection.

    Raises JournalError where the file exists or cannot be made; a file half made is removed.
    """
    if not path.exists() and anchored_head(path) is not None:
        raise missing(path)
    connection = connect_new(path)
    try:
        migrate(as_database(connection))
        facts = {SIMULATED_KEY: str(int(is_simulated)), CREATED_KEY: iso_utc(now)}
        with write(connection) as database:
            database.table("meta").insert_all({"key": key, "value": value} for key, value in facts.items())
        draft = Draft(EntryKind.JOURNAL_CREATED, now, {"is_simulated": is_simulated})
        append(connection, Book(), [draft], [Stamp()], now)
    except BaseException:
        connection.close()
        discard_new(path)
        raise
    return connection


def discard_new(path: Path) -> None:
    """Remove a journal that was begun just now and is not wanted, with all that belongs to it."""
    for one in (path, *companions(path)):
        one.unlink(missing_ok=True)


def append(
    connection: sqlite3.Connection,
    book: Book,
    drafts: Sequence[Draft],
    stamps: Sequence[Stamp],
    now: datetime,
) -> tuple[list[Entry], Book]:
    """Write drafts behind the head of `book`, with their notes and tables, all or nothing; return both anew.

    Each draft is checked once more against the book as it is then. Raises JournalChangedError where the
    journal's head is not the book's, ActRefusedError where a draft no longer fits, AlreadyRecordedError for
    a source key that is known, JournalNotWrittenError where the disk refuses.
    """
    if len(drafts) != len(stamps):
        raise ValueError(f"{len(drafts)} drafts but {len(stamps)} stamps")
    if now.tzinfo is None:
        raise ValueError(f"{now} has no zone")
    if not drafts:
        return [], book
    with write(connection) as database:
        head = _head(connection)
        _require_head(book, head)
        entries, after = _chain(database, book, drafts, stamps, head, now)
        update_rows(database, book, after, touched(after, entries))
        value = f"{after.last_seq} {after.last_hash}"
        database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (HEAD_KEY, value))
    anchor = getattr(connection, "anchor", None)
    if anchor is not None:
        anchor.append(after.last_seq, after.last_hash, now)
    return entries, after


def _chain(  # noqa: PLR0913, PLR0917 - all that one transaction is made of
    database: Database,
    book: Book,
    drafts: Sequence[Draft],
    stamps: Sequence[Stamp],
    head: _Head,
    now: datetime,
) -> tuple[list[Entry], Book]:
    """Link and insert the drafts one behind the other."""
    earlier = _require_undoing(database, drafts) if any(draft.kind in UNDOING for draft in drafts) else []
    entries: list[Entry] = []
    seen: Counter[str] = Counter()
    together = _together(head, drafts, now)
    replay, prev = Replay(book), book.last_hash or GENESIS
    for draft, stamp in zip(drafts, stamps, strict=True):
        replay.confirm(draft.kind, draft.event_time, draft.body)
        salt = secrets.token_hex(_SALT_BYTES) if draft.note else ""
        seq, occurrence = head.seq + 1 + len(entries), seen[draft.source_key]
        entry = link(
            draft, stamp, seq=seq, prev=prev, recorded_at=now, salt=salt, occurrence=occurrence, **together
        )
        if draft.source_key:
            seen[draft.source_key] += 1
        _insert(database, entry, salt)
        replay.take(entry)
        entries.append(entry)
        prev = entry.hash
    return entries, fold([*earlier, *entries]) if earlier else replay.book()


def _together(head: _Head, drafts: Sequence[Draft], now: datetime) -> dict[str, Any]:
    """Return what all entries of one transaction share."""
    is_batch = len(drafts) > 1
    return {
        "clock_flag": head.recorded_at is not None and now < head.recorded_at,
        "batch": f"batch-{head.seq + 1}" if is_batch else "",
        "n_in_batch": len(drafts) if is_batch else 0,
    }


def _require_undoing(database: Database, drafts: Sequence[Draft]) -> list[Entry]:
    """Return all entries so far; refuse drafts that take something back otherwise than these let them."""
    earlier = load_entries(database.conn)
    first = drafts[0]
    again = draft_undo if first.kind is EntryKind.ACT_UNDONE else draft_redo
    if first.kind not in UNDOING:
        raise ValueError("what takes acts back is written by itself")
    if _acts(drafts) != _acts(again(earlier, integer(first.body, "of"))):
        raise JournalChangedError("what was to be taken back is not what the journal holds: load it again")
    return earlier


def _acts(drafts: Sequence[Draft]) -> list[tuple[Any, ...]]:
    return [(draft.kind, draft.event_time, draft.body) for draft in drafts]


def _insert(database: Database, entry: Entry, salt: str) -> None:
    if entry.source_key and _is_known(database, entry):
        raise AlreadyRecordedError(f"{entry.source_key} was recorded before; nothing was written")
    database.execute(_INSERT, stored_row(entry))
    if entry.note_hash:
        database.table("note").insert({"hash": entry.note_hash, "salt": salt, "text": entry.note})


def _is_known(database: Database, entry: Entry) -> bool:
    wanted = [entry.source_key, entry.occurrence]
    return database.table("journal_entry").count_where("source_key = ? AND occurrence = ?", wanted) > 0


def _head(connection: sqlite3.Connection) -> _Head:
    query = "SELECT seq, hash, recorded_at FROM journal_entry ORDER BY seq DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return _Head(row[0], row[1], datetime.fromisoformat(row[2])) if row else _Head(0, "", None)


def _require_head(book: Book, head: _Head) -> None:
    if (head.seq, head.hash) != (book.last_seq, book.last_hash):
        raise JournalChangedError(
            f"the journal ends at entry {head.seq}, the book at {book.last_seq}: somebody wrote; load it again"
        )
