"""Is a restored journal the backup, with the old one kept and what is to be entered again told?"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from db.anchor import anchored_head
from db.backup import Backup, make_backup
from db.connection import connect_reader
from db.journal_errors import JournalError
from db.journal_read import load_book
from db.lock import hold_journal
from db.opening import opened_writer
from db.restore import finish_restore, note_path, restore, restore_beside
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger

NOW = MORNING + timedelta(days=1)


@pytest.fixture
def backup(full_ledger: Ledger, journal_path: Path) -> Iterator[Backup]:
    """A backup of 14 entries of a journal that has two more and was left without closing it."""
    made = make_backup(full_ledger.connection, journal_path, NOW)
    full_ledger.connection.execute("PRAGMA wal_autocheckpoint = 0")
    full_ledger.do(acts.acknowledge, alert_key="one", note="first of two")
    full_ledger.do(acts.acknowledge, alert_key="two")
    yield made
    full_ledger.connection.close()


def test_the_journal_is_the_backup_and_its_old_log_is_not_mixed_in(
    full_ledger: Ledger, backup: Backup, journal_path: Path
) -> None:
    with hold_journal(journal_path):
        done = restore(journal_path, backup.path, NOW)
    with closing(connect_reader(journal_path)) as connection:
        assert load_book(connection).last_seq == 14
    assert (done.head.seq, done.anchored and done.anchored.seq) == (14, 16)
    assert [(row.sequence, row.what, row.note) for row in done.missing] == [
        (15, "acknowledged one", "first of two"),
        (16, "acknowledged two", ""),
    ]
    assert done.kept is not None
    assert {one.name for one in done.kept.iterdir()} >= {"journal.db", "journal.db-wal", "journal.db.anchor"}
    with closing(sqlite3.connect(done.kept / "journal.db")) as old:
        assert old.execute("SELECT max(seq) FROM journal_entry").fetchone() == (16,)
    head = anchored_head(journal_path)
    assert head is not None
    assert (head.seq, head.hash) == (14, done.head.hash)
    with hold_journal(journal_path), closing(opened_writer(journal_path, NOW)) as opened:
        assert opened.read_only == ""


def test_a_spoiled_backup_changes_nothing(full_ledger: Ledger, backup: Backup, journal_path: Path) -> None:
    data = bytearray(backup.path.read_bytes())
    backup.path.write_bytes(data[:-4096])
    with hold_journal(journal_path), pytest.raises(JournalError):
        restore(journal_path, backup.path, NOW)
    assert not note_path(journal_path).exists()
    with closing(connect_reader(journal_path)) as connection:
        assert load_book(connection).last_seq == 16


@pytest.mark.parametrize("moved", range(4))
def test_a_restore_cut_short_is_ended_when_the_journal_is_opened(
    full_ledger: Ledger, backup: Backup, journal_path: Path, moved: int
) -> None:
    """The program was killed after it had moved none, some or all of the old files."""
    fresh = journal_path.with_name(".journal.db.restored.new")
    fresh.write_bytes(backup.path.read_bytes())
    note_path(journal_path).write_text(json.dumps({"fresh": fresh.name, "kept": "damaged/then"}))
    kept = journal_path.parent / "damaged" / "then"
    kept.mkdir(parents=True)
    for old in ("journal.db-wal", "journal.db-shm", "journal.db.anchor", "journal.db")[:moved]:
        (journal_path.parent / old).rename(kept / old)
    with hold_journal(journal_path), closing(opened_writer(journal_path, NOW)) as opened:
        assert load_book(opened.connection).last_seq == 14
        assert opened.read_only == ""
    assert not note_path(journal_path).exists()
    assert sorted(one.name for one in kept.iterdir()) == sorted(
        ["journal.db-wal", "journal.db-shm", "journal.db.anchor", "journal.db"]
    )
    finish_restore(journal_path, NOW)


def test_a_backup_can_become_a_journal_of_its_own(backup: Backup, journal_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "looked at" / "other.db"
    assert restore_beside(other, backup.path, NOW).seq == 14
    with closing(connect_reader(other)) as connection:
        assert load_book(connection).last_seq == 14
    with pytest.raises(JournalError, match="exists already"):
        restore_beside(other, backup.path, NOW)
