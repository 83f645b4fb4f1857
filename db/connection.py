"""How is the journal file opened? One way, with the pragmas that make a commit durable."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from core.lean_import import importing_without
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

APPLICATION_ID = int.from_bytes(b"CWJN", "big")
SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 5.0
MAX_VALUE_BYTES = 64 * 1024 * 1024

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
)
_WRITER_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = 1",
    "PRAGMA checkpoint_fullfsync = 1",
    "PRAGMA wal_autocheckpoint = 200",
)


_PRIMARY_CODE = 0xFF
_CAUSES = {
    sqlite3.SQLITE_BUSY: "another program is writing",
    sqlite3.SQLITE_LOCKED: "another program is writing",
    sqlite3.SQLITE_READONLY: "the file or its folder cannot be written",
    sqlite3.SQLITE_CANTOPEN: "the file or its folder cannot be written",
    sqlite3.SQLITE_PERM: "the file or its folder cannot be written",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_FULL: "the disk is full",
}


class JournalError(RefusedError):
    """The journal cannot be used; the message says what happened, what was kept and what to do."""


class JournalMissingError(JournalError):
    """There is no journal at the path."""


class NotAJournalError(JournalError):
    """The file is not a journal of this program; it was not touched."""


class NotOpenedError(JournalError):
    """The system does not let the journal be opened as it must be; it was not touched."""


class NewerJournalError(JournalError):
    """The journal was written by a newer version of the program; it was not touched."""


class OlderJournalError(JournalError):
    """The journal has an older schema and must be opened for writing once, which migrates it."""


class JournalNotWrittenError(JournalError):
    """The disk, the system or another program kept a transaction from being written; nothing of it was."""


def connect_reader(path: Path) -> sqlite3.Connection:
    """Return a read-only connection to an existing journal of this schema."""
    try:
        return _opened_reader(path, "ro")
    except NotOpenedError:
        if _has_log(path):
            raise
        # a read-only folder: no log to share, so nothing can change under us and none of it is missed
        return _opened_reader(path, "ro&immutable=1")


def _opened_reader(path: Path, mode: str) -> sqlite3.Connection:
    connection = _connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = 1")
        _require_current(_recognise(connection, path), path)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log holds entries that are not in the journal's own file yet."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def connect_writer(path: Path) -> sqlite3.Connection:
    """Return the read-write connection of an existing journal: WAL, synchronous FULL."""
    connection = _connect(path, "rw")
    try:
        _recognise(connection, path)
        _make_durable(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_new(path: Path) -> sqlite3.Connection:
    """Create an empty journal file, readable by its owner alone, and return its writer connection."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise JournalError(f"{path} exists already; nothing was changed") from None
    except OSError as error:
        raise JournalError(f"{path} cannot be created: {error.strerror}") from None
    connection = _connect(path, "rw")
    try:
        _make_durable(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def as_database(connection: sqlite3.Connection) -> Database:
    """Return the connection as a sqlite-utils database."""
    with importing_without("pandas"):
        from sqlite_utils import Database
    return Database(connection)


@contextmanager
def write(connection: sqlite3.Connection) -> Iterator[Database]:
    """Run the body in one transaction that holds the write lock from its first moment.

    `atomic()` alone begins deferred and would lose to a second process at its first write; nested in
    BEGIN IMMEDIATE it is a savepoint. Everything or nothing is committed. Raises JournalNotWrittenError where
    the disk is full or failing, or another program holds the file.
    """
    try:
        database = as_database(connection)
        with _immediate(connection), database.atomic():
            yield database
    except sqlite3.OperationalError as error:
        cause = _CAUSES.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
        if cause is None:
            raise
        raise JournalNotWrittenError(f"not saved, {cause} ({error}); the journal is as it was before") from error


@contextmanager
def _immediate(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    if not path.exists():
        raise JournalMissingError(f"there is no journal at {path}")
    if path.is_dir():
        raise NotAJournalError(f"{path} is a folder, not a journal")
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    except sqlite3.Error as error:
        raise JournalError(f"{path} cannot be opened: {error}") from None
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _recognise(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version, refusing what is not a journal of this program or is newer."""
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        raise NotOpenedError(
            f"{path} cannot be opened ({error}): if its folder is read-only, copy it and its -wal elsewhere"
        ) from None
    except sqlite3.DatabaseError as error:
        raise NotAJournalError(f"{path} is not a journal ({error}); it was not touched") from None
    if application != APPLICATION_ID:
        raise NotAJournalError(f"{path} is not a journal of Condor Watch; it was not touched")
    if version > SCHEMA_VERSION:
        raise NewerJournalError(
            f"{path} has schema {version}, this program knows {SCHEMA_VERSION}: use the newer program"
        )
    return int(version)


def _require_current(version: int, path: Path) -> None:
    if version < SCHEMA_VERSION:
        raise OlderJournalError(f"{path} has schema {version}, this program reads {SCHEMA_VERSION}")


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.Error as error:
        raise JournalError(f"{path} cannot be written: {error}") from None
    if mode != "wal":
        raise JournalError(f"{path}: write-ahead log refused here ({mode}); use a folder on a local disk")
    for pragma in _WRITER_PRAGMAS:
        connection.execute(pragma)
