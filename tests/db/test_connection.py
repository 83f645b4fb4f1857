"""Is the file private, durable and recognised, and is nothing that is not ours touched?"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.connection import (
    APPLICATION_ID,
    JournalError,
    JournalMissingError,
    JournalNotWrittenError,
    NewerJournalError,
    NotAJournalError,
    OlderJournalError,
    connect_new,
    connect_reader,
    connect_writer,
    write,
)
from db.journal_store import create_journal
from db.lock import hold_journal
from tests.db.ledger import Ledger

CONNECT = [connect_reader, connect_writer]
Connect = Callable[[Path], sqlite3.Connection]


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_file_and_folder_are_the_owners_alone(ledger: Ledger, journal_path: Path) -> None:
    assert journal_path.stat().st_mode & 0o777 == 0o600
    assert journal_path.parent.stat().st_mode & 0o777 == 0o700
    for suffix in ("-wal", "-shm"):
        assert journal_path.with_name(f"journal.db{suffix}").stat().st_mode & 0o777 == 0o600


def test_the_writer_is_durable_and_the_reader_cannot_write(ledger: Ledger, journal_path: Path) -> None:
    with closing(connect_writer(journal_path)) as writer:
        assert pragma(writer, "journal_mode") == "wal"
        assert pragma(writer, "synchronous") == 2  # FULL
        assert (pragma(writer, "foreign_keys"), pragma(writer, "trusted_schema")) == (1, 0)
        assert writer.isolation_level is None
    with closing(connect_reader(journal_path)) as reader:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("INSERT INTO meta VALUES ('x', 'y')")
        assert pragma(reader, "application_id") == APPLICATION_ID == int.from_bytes(b"CWJN", "big")


@pytest.mark.parametrize("connect", CONNECT)
def test_a_missing_journal_is_not_made(connect: Connect, tmp_path: Path) -> None:
    with pytest.raises(JournalMissingError, match="there is no journal at"):
        connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("connect", CONNECT)
@pytest.mark.parametrize("kind", ["empty", "picture", "other database"])
def test_another_file_is_refused_and_not_touched(connect: Connect, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(b"" if kind == "empty" else b"\x89PNG\r\n\x1a\n" * 512)
    if kind == "other database":
        path.unlink()
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE a (b)")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    with pytest.raises(NotAJournalError, match="it was not touched"):
        connect(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_older_and_a_newer_schema_are_told_apart(ledger: Ledger, journal_path: Path) -> None:
    ledger.connection.execute("PRAGMA user_version = 0")
    with pytest.raises(OlderJournalError):
        connect_reader(journal_path)
    connect_writer(journal_path).close()
    ledger.connection.execute("PRAGMA user_version = 99")
    for connect in CONNECT:
        with pytest.raises(NewerJournalError, match="schema 99"):
            connect(journal_path)


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"mine")
    with pytest.raises(JournalError, match="exists already"):
        connect_new(path)
    assert path.read_bytes() == b"mine"
    with pytest.raises(JournalError, match="cannot be created"):
        connect_new(path / "inside" / "journal.db")


def test_a_transaction_is_whole_or_not_at_all(ledger: Ledger) -> None:
    def notes() -> int:
        return ledger.connection.execute("SELECT count(*) FROM meta WHERE key LIKE 'k%'").fetchone()[0]

    rows = [{"key": f"k{n}", "value": "v"} for n in range(250)]  # more than one batch of sqlite-utils
    with pytest.raises(sqlite3.IntegrityError), write(ledger.connection) as database:
        database.table("meta").insert_all([*rows, {"key": "k0", "value": "the same key again"}])
    assert (notes(), ledger.connection.in_transaction) == (0, False)
    with write(ledger.connection) as database:
        database.table("meta").insert_all(rows)
    assert notes() == 250


def test_a_writer_waits_for_nobody_in_vain(ledger: Ledger, journal_path: Path) -> None:
    with closing(connect_writer(journal_path)) as other:
        other.execute("PRAGMA busy_timeout = 50")
        with write(ledger.connection):
            with pytest.raises(JournalNotWrittenError, match="another program is writing"), write(other):
                raise AssertionError("the body must not run")
            assert not other.in_transaction


def test_a_full_disk_is_said_in_words_and_loses_nothing(ledger: Ledger) -> None:
    pages = pragma(ledger.connection, "page_count")
    ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalNotWrittenError, match="the disk is full"), write(ledger.connection) as database:
        database.table("meta").insert({"key": "big", "value": "x" * 1_000_000})
    ledger.connection.execute("PRAGMA max_page_count = 100000")
    with write(ledger.connection) as database:
        database.table("meta").insert({"key": "big", "value": "x"})
    assert ledger.connection.execute("SELECT value FROM meta WHERE key = 'big'").fetchone() == ("x",)


def test_a_mistake_of_ours_stays_loud(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), write(ledger.connection) as database:
        database.execute("INSERT INTO nowhere VALUES (1)")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs Linux and root")
def test_a_journal_in_a_read_only_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let root mount")
    try:
        path = folder / "journal.db"
        create_journal(path, datetime(2026, 11, 20, 15, tzinfo=UTC)).close()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with closing(connect_reader(path)) as connection:
            assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)
        with pytest.raises(JournalError, match="Read-only"), hold_journal(path):
            pass
    finally:
        subprocess.run(["umount", str(folder)], check=True)
