"""In which state is a journal found at start? Twelve are told apart; none is ever mended or undone by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.journal.chain import GENESIS, HASHED_FIELDS, row_hash
from db.anchor import anchored_head, journal_head
from db.disk import PlaceKind, place_of
from db.inode import log_of
from db.verify import schema_differences

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from db.anchor import Head

LINKS = 200
"""How many of the last entries are checked at every start."""
_COLUMNS = (*HASHED_FIELDS, "hash")


class Start(StrEnum):
    """The states of a start, by the letters of the design; `SOUND` is none of them."""

    SOUND = "sound"
    CLOSED_UNEXPECTEDLY = "a: closed unexpectedly"
    ENTRIES_MISSING = "b: entries missing"
    DAMAGED = "c: damaged"
    NEWER = "d: newer version"
    IN_USE = "e: in use"
    READ_ONLY = "f: read-only"
    DISK_FULL = "g: disk full"
    SHARED_FOLDER = "h: network or synchronised folder"
    REPLACED = "i: files replaced while open"
    NOT_OURS = "j: not a journal of ours"
    MIGRATION_FAILED = "k: migration failed"
    BACKUP_FAILED = "l: backup failed"


@dataclass(frozen=True, slots=True)
class Found:
    """A state with its message: what happened, what is kept, what to do next."""

    state: Start
    text: str


def suspicion(connection: sqlite3.Connection, journal: Path) -> str:
    """Return why a journal must not be written to or copied as a backup, "" where nothing speaks against it.

    Quick: the head against the anchor, the last 200 links, the schema. Whatever goes wrong in it is damage.
    """
    found = quick_check(connection, journal)
    return "" if found is None else found.text


def quick_check(connection: sqlite3.Connection, journal: Path) -> Found | None:
    """Return DAMAGED or ENTRIES_MISSING where a quick look finds either, None where it does not.

    Another process may be writing: all is read of one moment, and the anchor before it, so that it cannot lead.
    """
    is_inside = connection.in_transaction
    try:
        anchored = anchored_head(journal)
        if not is_inside:
            connection.execute("BEGIN")
        said = next(_damage(connection), "")
        if said:
            return Found(Start.DAMAGED, _damaged(journal, said))
        return _missing(connection, journal, anchored)
    except Exception as error:  # noqa: BLE001 - an error in the checker is damage, of whatever type
        return Found(Start.DAMAGED, _damaged(journal, f"{type(error).__name__}: {error}"))
    finally:
        if connection.in_transaction and not is_inside:
            connection.execute("ROLLBACK")


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    yield from schema_differences(connection)
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM journal_entry ORDER BY seq DESC LIMIT {LINKS + 1:d}"  # noqa: S608
    ).fetchall()
    yield from _broken_links([dict(zip(_COLUMNS, row, strict=True)) for row in reversed(rows)])
    head = journal_head(connection)
    written = connection.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()
    if head is None or written is None or written[0] != f"{head.seq} {head.hash}":
        yield "the last entry is not the one that was written last"


def _broken_links(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the last entries; `rows` in order, the first without the one before it."""
    before = GENESIS if rows and rows[0]["seq"] == 1 else None
    for row in rows:
        if before is not None and row["prev"] != before:
            yield f"entry {row['seq']} does not follow from the entry before it"
        if row_hash(row) != row["hash"]:
            yield f"entry {row['seq']} was changed"
        before = row["hash"]


def _missing(connection: sqlite3.Connection, journal: Path, anchored: Head | None) -> Found | None:
    """Compare the journal with its anchor: the last entry that was acknowledged must be in it."""
    head = journal_head(connection)
    if anchored is None or head is None:
        return None
    if head.seq < anchored.seq:
        return Found(Start.ENTRIES_MISSING, _entries_missing(journal, anchored, head))
    row = connection.execute("SELECT hash FROM journal_entry WHERE seq = ?", (anchored.seq,)).fetchone()
    if row is None or row[0] != anchored.hash:
        said = f"entry {anchored.seq} is another one than was acknowledged at {anchored.at}"
        return Found(Start.ENTRIES_MISSING, _other_history(journal, said))
    return None


def _entries_missing(journal: Path, anchored: Head, head: Head) -> str:
    count = anchored.seq - head.seq
    entries = "1 saved entry is" if count == 1 else f"{count} saved entries are"
    return (
        f"{entries} missing since {head.at}: {journal} ends at entry {head.seq}, and entry {anchored.seq} was "
        f"acknowledged at {anchored.at}. The journal is shown as it is and not written to. {NEXT_STEPS}"
    )


def _other_history(journal: Path, said: str) -> str:
    return (
        f"{journal} was replaced by another history: {said}. It is shown as it is and not written to. {NEXT_STEPS}"
    )


def _damaged(journal: Path, said: str) -> str:
    return f"{journal} is damaged: {said}. It is shown as far as it can be read and not written to. {TO_RESTORE}"


TO_RESTORE = "Restore a backup (what is here now is kept); verify says all that is wrong with it"
NEXT_STEPS = (
    "Restore a backup (what is here now is kept), or, if this is what you want, accept it with verify --accept"
)


def was_left_open(journal: Path) -> bool:
    """Whether the last program that wrote did not close the journal: its log was not written back."""
    log = log_of(journal)
    return log.exists() and log.stat().st_size > 0


def unexpectedly_closed(entries: int) -> Found:
    """Return the message after a journal that was left open was checked from its first entry and holds."""
    return Found(
        Start.CLOSED_UNEXPECTEDLY,
        f"The program was closed unexpectedly the last time. All {entries} entries were checked: nothing is lost.",
    )


def place_warning(journal: Path) -> Found | None:
    """Return what is to be said about the disk that a journal lies on, None where it is an ordinary one."""
    place = place_of(journal)
    if not place.can_write:
        return read_only_place(journal)
    if place.kind is not PlaceKind.LOCAL:
        return Found(Start.SHARED_FOLDER, _SHARED.format(folder=journal.resolve().parent, name=place.name))
    if place.is_nearly_full:
        return Found(Start.DISK_FULL, _FULL.format(journal=journal, free=place.free_bytes // 1024))
    return None


def read_only_place(journal: Path) -> Found:
    """Return the message of a journal that cannot be written where it lies."""
    return Found(Start.READ_ONLY, _READ_ONLY.format(journal=journal))


_READ_ONLY = """{journal} or its folder cannot be written to. Everything saved is shown, nothing can be entered. \
Give yourself the right to write there, or copy the journal to a folder of your own"""
_SHARED = """{folder} lies on a network or is synchronised ({name}). Entries are saved, but a second computer can \
damage the journal. Keep it in a folder of this computer and copy backups there instead"""
_FULL = """The disk of {journal} is nearly full: {free:,} kB are free. What was saved is safe and shown; an entry \
that finds no room is refused and stays in its form. Make room: it goes on without a restart"""
