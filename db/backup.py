"""How is the journal kept twice? As a whole file beside it, opened and checked before it counts as a backup.

Never from a journal that is suspect: a bad backup must not push out a good one.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.anchor import Head, journal_head
from db.connection import connect_reader
from db.files import NEW, OWNER_ONLY, make_folder, sweep, sync_file, sync_folder
from db.journal_errors import BackupFailedError, CancelledError, JournalError
from db.rescue import kept_folder
from db.start_state import suspicion
from db.thinning import thinned
from db.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER = "backups"
STEPS_A_LOOK = 20_000
"""Instructions of SQLite between two questions whether to go on."""
_NAME = re.compile(r"(?P<stem>.+)-(?P<time>\d{8}T\d{6}Z)-(?P<seq>\d+)-(?P<hash>[0-9a-f]{8})-v(?P<version>\d+)\.db")
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by its name: when it was made (UTC), of which entry, with which schema."""

    path: Path
    made_at: datetime
    seq: int
    hash8: str
    version: int


def backups_folder(journal: Path) -> Path:
    """Return the folder of a journal's backups."""
    return journal.resolve().parent / FOLDER


def backups_of(journal: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups of a journal, the newest first."""
    place = folder or backups_folder(journal)
    if not place.is_dir():
        return []
    found = (_parsed(path) for path in place.iterdir() if path.name.startswith(journal.stem + "-"))
    mine = [one for one in found if one is not None and one.path.name.startswith(f"{journal.stem}-2")]
    return sorted(mine, key=lambda one: (one.made_at, one.seq), reverse=True)


def _parsed(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    made_at = datetime.strptime(match["time"], _TIME).replace(tzinfo=UTC)
    return Backup(path, made_at, int(match["seq"]), match["hash"], int(match["version"]))


def make_backup(
    connection: sqlite3.Connection,
    journal: Path,
    now: datetime,
    *,
    folder: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> Backup:
    """Copy the journal into its folder of backups, check the copy from its first entry, thin the older ones.

    `tell` is called now and then and may raise CancelledError. Raises BackupFailedError where the journal is
    suspect or the copy does not hold: then no backup is counted and none is taken away.
    """
    why_not = suspicion(connection, journal)
    if why_not:
        raise BackupFailedError(f"no backup was made and none was thinned, for the journal is suspect: {why_not}")
    place = make_folder(folder or backups_folder(journal))
    sweep(place, journal.stem)
    fresh = place / f".{journal.stem}.{os.getpid()}{NEW}"
    try:
        head = journal_head(connection)
        if head is None:
            raise BackupFailedError("the journal has no entry: there is nothing to back up")
        copy_into(connection, fresh, tell)
        backup = _named(place, journal, now, *_checked(fresh, head, journal, tell))
        fresh.replace(backup.path)
        sync_folder(place)
    except OSError as error:
        raise BackupFailedError(f"no backup was made: {error.filename or place}: {error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)
    for old in thinned(backups_of(journal, place), now):
        old.path.unlink()
    return backup


def _named(place: Path, journal: Path, now: datetime, head: Head, version: int) -> Backup:
    moment = now.astimezone(UTC)
    name = f"{journal.stem}-{moment.strftime(_TIME)}-{head.seq}-{head.hash[:8]}-v{version}.db"
    return Backup(place / name, moment.replace(microsecond=0), head.seq, head.hash[:8], version)


def copy_into(connection: sqlite3.Connection, target: Path, tell: Callable[[int], None] | None = None) -> None:
    """Write everything that a connection sees into a new file for the owner alone, and sync it.

    Raises OSError, BackupFailedError for what SQLite cannot do, and what `tell` raises.
    """
    if tell is not None:
        tell(0)
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    stopped: list[CancelledError] = []

    def look() -> int:
        try:
            if tell is not None:
                tell(0)
        except CancelledError as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, STEPS_A_LOOK)
    (is_reader,) = connection.execute("PRAGMA query_only").fetchone()
    try:
        connection.execute("PRAGMA query_only = 0")  # a reader may write a copy; its own file it cannot
        connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        if stopped:
            raise stopped[0] from None
        raise BackupFailedError(f"no copy was made: {error}; nothing else was touched") from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute(f"PRAGMA query_only = {is_reader:d}")
    sync_file(target)


def _checked(fresh: Path, head: Head, journal: Path, tell: Callable[[int], None] | None) -> tuple[Head, int]:
    """Return the head and the schema version of a copy that holds; one that does not is kept aside.

    It must have the entry that was the last one when the copy was begun; a window may have written since.
    """
    with closing(connect_reader(fresh, any_schema=True)) as copy:
        report = verify(copy, tell)
        (version,) = copy.execute("PRAGMA user_version").fetchone()
        row = copy.execute("SELECT hash FROM journal_entry WHERE seq = ?", (head.seq,)).fetchone()
    if report.ok and row == (head.hash,):
        return Head(report.head_seq, report.head_hash, head.at), int(version)
    kept = make_folder(kept_folder(journal)) / "backup-that-failed.db"
    fresh.replace(kept)
    said = report.problems[0] if report.problems else f"it has no entry {head.seq}"
    raise BackupFailedError(
        f"the backup did not hold when it was opened again ({said}); it is in {kept}. "
        "Earlier backups are as they were, none was thinned. Run verify on the journal itself"
    )


def verified_backup(path: Path, tell: Callable[[int], None] | None = None) -> Head:
    """Return the head of a backup that holds from its first entry; raises JournalError where it does not."""
    with closing(connect_reader(path, any_schema=True)) as copy:
        report = verify(copy, tell)
        head = journal_head(copy)
    if not report.ok or head is None:
        said = report.problems[0] if report.problems else "it is empty"
        raise JournalError(f"{path} does not hold: {said}; it was not used")
    return head


def back_up_if_due(connection: sqlite3.Connection, journal: Path, now: datetime) -> Backup | None:
    """Make a backup where an act was entered that none holds: after a session, before an import."""
    return make_backup(connection, journal, now) if is_due(connection, journal) else None


def is_due(connection: sqlite3.Connection, journal: Path) -> bool:
    """Whether the journal has an entry that its newest backup has not; a journal just begun needs none."""
    head = journal_head(connection)
    if head is None or head.seq <= 1:
        return False
    newest = next(iter(backups_of(journal)), None)
    return newest is None or (newest.seq, newest.hash8) != (head.seq, head.hash[:8])
