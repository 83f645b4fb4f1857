"""How is a journal opened for work? Checked, migrated read-only with the reason where it must be."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.backup import make_backup
from db.connection import SCHEMA_VERSION, NotOpenedError, connect_reader, connect_writer, write
from db.inode import log_of
from db.journal_errors import JournalSuspectError, MigrationFailedError, NotWritableError
from db.migrations import STEPS, migrate
from db.start_state import Found, Start, place_warning, quick_check, read_only_place, was_left_open
from db.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.migrations import Step
    from db.verify import VerifyReport


LOOKING = Found(Start.SOUND, "the journal is open to be looked at")


@dataclass(frozen=True)
class Opened:
    """An open journal, to be closed by `close`. `read_only` says why nothing may be written, "" where it may.

    `notices` are the states that were found and let it be used; `was_left_open`: a whole check is due.
    """

    connection: sqlite3.Connection
    read_only: str = ""
    notices: tuple[Found, ...] = ()
    was_left_open: bool = False
    aside: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Write the log back into the journal where it is this one's to write, and close it.

        A disk that refuses that loses nothing: the log stays, and the next start reads it and checks the journal.
        """
        if not self.read_only:
            with suppress(sqlite3.OperationalError):
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.connection.close()
        if self.aside is not None:
            self.aside.cleanup()


def opened_writer(path: Path, now: datetime) -> Opened:
    """Open a journal for writing; the caller holds its lock. What must not be written is opened read-only.

    Raises JournalError where it is missing, gone, not ours, out of reach, or where backup or migration failed.
    """
    left_open, version = was_left_open(path), _version(path)
    notice = place_warning(path)
    if version is not None and version > SCHEMA_VERSION:
        return opened_reader(path, newer(path, version))
    if notice is not None and notice.state is Start.READ_ONLY:
        return opened_reader(path, notice)
    try:
        connection = connect_writer(path)
    except NotWritableError:
        return opened_reader(path, read_only_place(path))
    try:
        if version_of(connection) < SCHEMA_VERSION:
            migrate_safely(connection, path, now)
        bad = quick_check(connection, path)
    except BaseException:
        connection.close()
        raise
    if bad is None:
        return Opened(connection, notices=(notice,) if notice else (), was_left_open=left_open)
    connection.close()
    return opened_reader(path, bad)


def opened_reader(path: Path, why: Found = LOOKING) -> Opened:
    """Open a journal for reading alone; `why` says what keeps it from being written.

    Where its folder cannot be written, so that SQLite cannot share its log, a copy of both is opened.
    """
    try:
        return Opened(connect_reader(path, any_schema=True), why.text, (why,))
    except NotOpenedError:
        aside = tempfile.TemporaryDirectory(prefix="condor-watch-copy-")
        copy = Path(aside.name, path.name)
        shutil.copyfile(path, copy)
        if log_of(path).exists():
            shutil.copyfile(log_of(path), log_of(copy))
        return Opened(connect_reader(copy, any_schema=True), why.text, (why,), aside=aside)


def _version(path: Path) -> int | None:
    """Return the schema version of a journal, None where it can only be told by opening it alone."""
    try:
        connection = connect_reader(path, any_schema=True)
    except NotOpenedError:
        return None
    with closing(connection):
        return version_of(connection)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open journal."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def newer(path: Path, version: int) -> Found:
    """Return the message of a journal with a schema that this program does not know."""
    return Found(
        Start.NEWER,
        f"{path} was written by a newer version of the program (schema {version}, this knows {SCHEMA_VERSION}). "
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
    backup = make_backup(connection, path, now)
    try:
        with write(connection) as database:
            migrate(database, steps)
            _require_whole(verify(connection, steps=steps))
    except Exception as error:
        raise MigrationFailedError(
            f"{path} could not be brought to schema {len(steps)} ({error}). It is as it was, and a verified "
            f"backup of it is {backup.path}. Go on with the version of the program that you had, and report this"
        ) from error


def _require_whole(report: VerifyReport) -> None:
    if not report.ok:
        raise ValueError(report.problems[0])
