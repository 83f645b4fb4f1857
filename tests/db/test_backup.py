"""Is a backup the journal, checked, for its owner alone, and never made of one that is suspect?"""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from db.anchor import anchor_path
from db.backup import backups_folder, backups_of, is_due, make_backup, verified_backup
from db.connection import connect_reader
from db.journal_errors import BackupFailedError, CancelledError, JournalError
from db.journal_read import load_book
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger

NOW = MORNING + timedelta(days=1)


def test_a_backup_is_the_journal_and_holds(full_ledger: Ledger, journal_path: Path) -> None:
    before = os.umask(0)
    try:
        made = make_backup(full_ledger.connection, journal_path, NOW)
    finally:
        os.umask(before)
    head = full_ledger.desk.book
    assert made.path.name == f"journal-20180111T150000Z-14-{head.last_hash[:8]}-v1.db"
    assert made.path.parent == backups_folder(journal_path)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    with closing(connect_reader(made.path)) as copy:
        assert load_book(copy) == head
    assert verified_backup(made.path).hash == head.last_hash
    assert backups_of(journal_path) == [made]
    assert [one.name for one in made.path.parent.iterdir()] == [made.path.name]


def test_a_backup_is_due_when_something_was_entered(ledger: Ledger, journal_path: Path) -> None:
    assert not is_due(ledger.connection, journal_path), "nothing but its beginning"
    ledger.do(acts.acknowledge)
    assert is_due(ledger.connection, journal_path)
    make_backup(ledger.connection, journal_path, NOW)
    assert not is_due(ledger.connection, journal_path)
    ledger.do(acts.acknowledge)
    assert is_due(ledger.connection, journal_path)


def test_a_reader_can_make_one_in_a_folder_of_the_users_own(
    full_ledger: Ledger, journal_path: Path, tmp_path: Path
) -> None:
    with closing(connect_reader(journal_path)) as reader:
        made = make_backup(reader, journal_path, NOW, folder=tmp_path / "stick")
        assert reader.execute("PRAGMA query_only").fetchone() == (1,)
    assert made.path.parent == tmp_path / "stick"
    assert backups_of(journal_path) == []
    assert backups_of(journal_path, tmp_path / "stick") == [made]


@pytest.mark.parametrize("kind", ["entry", "missing", "schema"])
def test_of_a_suspect_journal_none_is_made_and_none_goes(
    full_ledger: Ledger, journal_path: Path, kind: str
) -> None:
    made = make_backup(full_ledger.connection, journal_path, NOW - timedelta(days=999))
    with closing(sqlite3.connect(journal_path, isolation_level=None)) as raw:
        if kind == "entry":
            (rule,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_entry_keeps'").fetchone()
            raw.execute("DROP TRIGGER journal_entry_keeps")
            raw.execute("UPDATE journal_entry SET rung = 4 WHERE seq = 9")
            raw.execute(rule)
        elif kind == "schema":
            raw.execute("CREATE VIEW sly AS SELECT 1")
    if kind == "missing":
        with anchor_path(journal_path).open("a") as anchor:
            anchor.write(f"20 20 {'f' * 64} 2018-01-11T10:00:00Z\n")
    with pytest.raises(BackupFailedError, match="suspect") as refused:
        make_backup(full_ledger.connection, journal_path, NOW)
    words = {"entry": "entry 9 was changed", "missing": "6 saved entries are missing", "schema": "sly is not ours"}
    assert words[kind] in str(refused.value)
    assert backups_of(journal_path) == [made]


def test_a_copy_that_does_not_hold_is_kept_aside_and_counts_for_nothing(
    full_ledger: Ledger, journal_path: Path
) -> None:
    """What a quick look at the journal does not see, the check of the copy does: a table that differs."""
    good = make_backup(full_ledger.connection, journal_path, NOW)
    full_ledger.do(acts.acknowledge)
    full_ledger.connection.execute("UPDATE condor SET cash_e8 = cash_e8 + 1")
    with pytest.raises(BackupFailedError, match="did not hold when it was opened again") as failed:
        make_backup(full_ledger.connection, journal_path, NOW + timedelta(hours=1))
    (kept,) = journal_path.parent.glob("damaged/*/backup-that-failed.db")
    assert str(kept) in str(failed.value)
    assert backups_of(journal_path) == [good]


def test_a_backup_that_is_ended_leaves_nothing(full_ledger: Ledger, journal_path: Path) -> None:
    def stop(_count: int) -> None:
        raise CancelledError("ended")

    with pytest.raises(CancelledError):
        make_backup(full_ledger.connection, journal_path, NOW, tell=stop)
    assert list(backups_folder(journal_path).iterdir()) == []
    assert make_backup(full_ledger.connection, journal_path, NOW).seq == 14


def test_a_spoiled_backup_is_not_used(full_ledger: Ledger, journal_path: Path) -> None:
    made = make_backup(full_ledger.connection, journal_path, NOW)
    with closing(sqlite3.connect(made.path)) as raw:
        raw.execute("DELETE FROM fill")
        raw.commit()
    with pytest.raises(JournalError, match="does not hold: table fill differs"):
        verified_backup(made.path)


def test_other_files_of_the_folder_are_no_backups(ledger: Ledger, journal_path: Path) -> None:
    folder = backups_folder(journal_path)
    folder.mkdir()
    for name in ("journal-notes.txt", "other-20180111T150000Z-14-00000000-v1.db", "journal-x-1-00000000-v1.db"):
        (folder / name).write_text("")
    assert backups_of(journal_path) == []
