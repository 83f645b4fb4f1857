"""How is the journal file opened? One way, with the pragmas that make a commit durable."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from core.lean_import import importing_without
from db.anchor import Anchor, anchor_path, anchored_head
from db.disk import is_network
from db.files import OWNER_ONLY, make_folder
from db.inode import FileGuard, log_of
from db.journal_errors import (
    JournalError,
    JournalGoneError,
    JournalMissingError,
    JournalNotWrittenError,
    JournalReplacedError,
    NewerJournalError,
    NotAJournalError,
    NotOpenedError,
    NotWritableError,
    OlderJournalError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

__all__ = [
    "APPLICATION_ID",
    "SCHEMA_VERSION",
    "JournalConnection",
    "JournalError",
    "JournalGoneError",
    "JournalMissingError",
    "JournalNotWrittenError",
    "JournalReplacedError",
    "NewerJournalError",
    "NotAJournalError",
    "NotOpenedError",
    "OlderJournalError",
    "as_database",
    "connect_new",
    "connect_reader",
    "connect_writer",
    "missing",
    "write",
]

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


class JournalConnection(sqlite3.Connection):
    """A connection that knows the files it has open: a writer has a guard of them and an anchor."""

    guard: FileGuard | None = None
    anchor: Anchor | None = None
    broken: str = ""
    """Why nothing may be written any more through this connection, "" where it may."""


def connect_reader(path: Path, *, any_schema: bool = False) -> sqlite3.Connection:
    """Return a read-only connection to an existing journal of this schema, or with `any_schema` of any other."""
    try:
        return _opened_reader(path, "ro", any_schema=any_schema)
    except NotOpenedError:
        if _has_log(path):
            raise
        # a read-only folder: no log to share, so nothing can change under us and none of it is missed
        return _opened_reader(path, "ro&immutable=1", any_schema=any_schema)


def _opened_reader(path: Path, mode: str, *, any_schema: bool) -> sqlite3.Connection:
    connection = _connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = 1")
        version = _recognise(connection, path)
        if not any_schema:
            _require_not_newer(version, path)
            _require_current(version, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log holds entries that are not in the journal's own file yet."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def connect_writer(path: Path) -> sqlite3.Connection:
    """Return the read-write connection of an existing journal: WAL, synchronous FULL."""
    try:
        return _opened_writer(path, is_alone=False)
    except NotOpenedError:
        # no room or right to make the index of the log: alone, SQLite keeps that index in memory
        return _opened_writer(path, is_alone=True)


def _opened_writer(path: Path, *, is_alone: bool) -> sqlite3.Connection:
    connection = _connect(path, "rw")
    try:
        if is_alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _require_not_newer(_recognise(connection, path), path)
        _make_durable(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_new(path: Path) -> sqlite3.Connection:
    """Create an empty journal file, readable by its owner alone, and return its writer connection."""
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
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
    _require_whole(connection)
    try:
        database = as_database(connection)
        with _immediate(connection), database.atomic():
            yield database
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        cause = _CAUSES.get(code)
        if cause is None:
            raise
        if code == sqlite3.SQLITE_IOERR and isinstance(connection, JournalConnection):
            connection.broken = (
                f"the disk reported an error before ({error}): open the journal again, it is checked then"
            )
        raise JournalNotWrittenError(f"not saved, {cause} ({error}); the journal is as it was before") from error
    _require_whole(connection)


def _require_whole(connection: sqlite3.Connection) -> None:
    """Refuse to begin, and to acknowledge, where the files under the connection are no longer the journal's.

    What SQLite still has open is saved to a copy first. Raises JournalReplacedError.
    """
    if not isinstance(connection, JournalConnection):
        return
    if connection.broken:
        raise JournalNotWrittenError(f"not saved: {connection.broken}")
    names = list(connection.guard.replaced()) if connection.guard is not None else []
    if names:
        from db.rescue import rescued

        connection.broken = rescued(connection, names)
        raise JournalReplacedError(connection.broken)


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


def _connect(path: Path, mode: str) -> JournalConnection:
    if not path.exists():
        raise missing(path)
    if path.is_dir():
        raise NotAJournalError(f"{path} is a folder, not a journal")
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, factory=JournalConnection
        )
    except sqlite3.Error as error:
        raise JournalError(f"{path} cannot be opened: {error}") from None
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    if hasattr(connection, "setconfig"):  # Python 3.12
        connection.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def missing(path: Path) -> JournalMissingError:
    """Return why there is no journal at a path: none ever was, or one was and is gone."""
    if path.with_name(path.name + ".restoring").exists():
        return JournalGoneError(
            f"a restore of {path} was cut short: open the journal in the window, which ends it"
        )
    head = anchored_head(path)
    if head is None:
        return JournalMissingError(f"there is no journal at {path}")
    return JournalGoneError(
        f"the journal {path} is gone; its anchor says that it had {head.seq} entries, the last of {head.at}. "
        f"Nothing was made in its place: put the file back, restore a backup, or move "
        f"{anchor_path(path).name} away to begin anew"
    )


def _recognise(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version, refusing what is not a journal of this program."""
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
    return int(version)


def _require_not_newer(version: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise NewerJournalError(
            f"{path} has schema {version}, this program knows {SCHEMA_VERSION}: use the newer program; "
            "it was not touched"
        )


def _require_current(version: int, path: Path) -> None:
    if version < SCHEMA_VERSION:
        raise OlderJournalError(f"{path} has schema {version}, this program reads {SCHEMA_VERSION}")


def _make_durable(connection: JournalConnection, path: Path) -> None:
    """Set how commits are kept: a write-ahead log, on a network drive a log that is cut (DELETE loses commits)."""
    wanted = "truncate" if is_network(path) else "wal"
    try:
        (mode,) = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
    except sqlite3.Error as error:
        raise NotWritableError(f"{path} cannot be written: {error}") from None
    if mode != wanted:
        raise JournalError(f"{path}: the log was refused here ({mode}); use a folder on a local disk")
    for pragma in _WRITER_PRAGMAS:
        connection.execute(pragma)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # opens the log
    connection.guard, connection.anchor = FileGuard(path.resolve()), Anchor(path)
    connection.guard.remember()
