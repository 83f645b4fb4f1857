"""How is a journal opened for work? Checked, migrated behind a backup, and read-only with the reason where it must be."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.backup import is_due, make_backup
from db.connection import (
    SCHEMA_VERSION,
    NotOpenedError,
    as_database,
    connect_reader,
    connect_writer,
    write,
)
from db.journal_errors import BackupFailedError, JournalSuspectError, MigrationFailedError
from db.migrations import STEPS, migrate
from db.start_state import Found, Start, place_warning, quick_check, was_left_open
from db.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.migrations import Step


@dataclass(frozen=True)
class Opened:
    """An open journal. `read_only` says why nothing may be written, "" where it may.

    `notices` are the states that were found and let it be used; `was_left_open`: a whole check is due.
    """

    connection: sqlite3.Connection
    read_only: str = ""
    notices: tuple[Found, ...] = ()
    was_left_open: bool = False


def opened_writer(path: Path, now: datetime) -> Opened:
    """Open a journal for writing; the caller holds its lock. What is suspect or cannot be written is opened read-only.

    Raises JournalError where it is missing, gone, not ours or out of reach, MigrationFailedError, BackupFailedError.
    """
    notice = place_warning(path)
    if notice is not None and notice.state is Start.READ_ONLY:
        return opened_reader(path, notice.text, (notice,))
    left_open = was_left_open(path)
    if (version := _version(path)) > SCHEMA_VERSION:
        found = newer(path, version)
        return opened_reader(path, found.text, (found,))
    connection = connect_writer(path)
    try:
        if version < SCHEMA_VERSION:
            migrate_safely(connection, path, now)
        found_bad = quick_check(connection, path)
    except BaseException:
        connection.close()
        raise
    if found_bad is not None:
        connection.close()
        return opened_reader(path, found_bad.text, (found_bad,))
    return Opened(connection, notices=() if notice is None else (notice,), was_left_open=left_open)


def _version(path: Path) -> int:
    """Return the schema version of a journal; a file whose log cannot be shared is taken as current."""
    try:
        connection = connect_reader(path, any_schema=True)
    except NotOpenedError:
        return SCHEMA_VERSION
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def opened_reader(path: Path, why: str, notices: tuple[Found, ...] = ()) -> Opened:
    """Open a journal for reading alone; `why` says what keeps it from being written."""
    return Opened(connect_reader(path, any_schema=True), why, notices)


def newer(path: Path, version: int) -> Found:
    """Return the message of a journal with a schema that this program does not know."""
    return Found(
        Start.NEWER,
        f"{path} was written by a newer version of the program (schema {version}, this one knows {SCHEMA_VERSION}). "
        "It is shown as far as it is understood and not written to. Use the newer version to enter anything",
    )


def require_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Raise JournalSuspectError where a quick look finds damage or missing entries."""
    found = quick_check(connection, path)
    if found is not None:
        raise JournalSuspectError(found.text)


def migrate_safely(
    connection: sqlite3.Connection, path: Path, now: datetime, steps: Sequence[Step] = STEPS
) -> None:
    """Make a verified backup, then take all steps in one transaction that is checked before it is committed.

    Raises BackupFailedError or MigrationFailedError; then the journal is as it was.
    """
    make_backup(connection, path, now)
    try:
        with write(connection) as database:
            migrate(database, steps)
            if steps is STEPS:
                _require_verified(connection)
    except (MigrationFailedError, BackupFailedError):
        raise
    except Exception as error:
        raise MigrationFailedError(
            f"{path} could not be brought to schema {len(steps)} ({error}). It is as it was, and a verified backup of it "
            f"is in {path.parent / 'backups'}. Use the older version of the program for now, and report this"
        ) from error


def _require_verified(connection: sqlite3.Connection) -> None:
    report = verify_inside(connection)
    if report:
        raise MigrationFailedError(f"the migrated journal did not hold ({report}); it is as it was")


def verify_inside(connection: sqlite3.Connection) -> str:
    """Return the first problem of a journal within the caller's transaction, "" where it holds."""
    report = verify(connection, keeps_transaction=True)
    return "" if report.ok else report.problems[0]


@contextmanager
def backed_up_after(connection: sqlite3.Connection, path: Path, now: datetime) -> Iterator[None]:
    """Make a backup at the end of a session in which anything was entered."""
    yield
    if is_due(connection, path):
        make_backup(connection, path, now)


def left_open_report(connection: sqlite3.Connection) -> str:
    """Check a journal that was left open from its first entry; return "" where it holds, else the first problem."""
    report = verify(connection)
    return "" if report.ok else report.problems[0]


__all__ = ["Opened", "as_database", "backed_up_after", "migrate_safely", "newer", "opened_reader", "opened_writer"]
