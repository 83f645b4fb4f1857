"""Does each of the twelve states of a start say what happened, what is kept and what to do, and touch nothing?"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from db.anchor import anchor_path
from db.backup import make_backup
from db.connection import (
    JournalGoneError,
    JournalReplacedError,
    NewerJournalError,
    NotAJournalError,
    connect_reader,
    connect_writer,
)
from db.disk import Place, PlaceKind
from db.journal_errors import BackupFailedError, MigrationFailedError
from db.journal_read import load_book
from db.journal_store import create_journal
from db.lock import JournalInUseError, hold_journal
from db.migrations import STEPS, Step
from db.opening import Opened, migrate_safely, opened_reader, opened_writer
from db.start_state import (
    Found,
    Start,
    place_warning,
    quick_check,
    suspicion,
    unexpectedly_closed,
    was_left_open,
)
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger

NOW = MORNING + timedelta(days=1)


@contextmanager
def start(path: Path) -> Iterator[Opened]:
    """Open a journal as the program does."""
    with hold_journal(path), closing(opened_writer(path, NOW)) as opened:
        yield opened


def closed(ledger: Ledger) -> None:
    ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.connection.close()


def raw(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.suffix != ".lock"}


def test_a_sound_journal_has_nothing_to_say(full_ledger: Ledger, journal_path: Path) -> None:
    closed(full_ledger)
    with start(journal_path) as opened:
        assert (opened.read_only, opened.notices, opened.was_left_open) == ("", (), False)
        assert quick_check(opened.connection, journal_path) is None
        assert suspicion(opened.connection, journal_path) == ""


def test_a_one_that_was_closed_unexpectedly_is_checked(full_ledger: Ledger, journal_path: Path) -> None:
    """The files as they lie on the disk while the program runs are what a crash leaves."""
    copy = journal_path.parent.with_name("after the crash")
    shutil.copytree(journal_path.parent, copy)
    path = copy / "journal.db"
    assert was_left_open(path)
    with start(path) as opened:
        assert opened.was_left_open
        assert opened.read_only == ""
        assert load_book(opened.connection) == full_ledger.desk.book
    assert not was_left_open(path)
    found = unexpectedly_closed(14)
    assert found.state is Start.CLOSED_UNEXPECTEDLY
    assert "All 14 entries were checked: nothing is lost" in found.text


def test_b_entries_that_are_missing_are_counted_and_nothing_is_written(
    full_ledger: Ledger, journal_path: Path
) -> None:
    closed(full_ledger)
    shutil.copy(journal_path, journal_path.with_name("older.db"))
    with closing(connect_writer(journal_path)) as connection:
        Ledger(connection).do(acts.acknowledge, alert_key="lost")
    Path(f"{journal_path}-wal").unlink(missing_ok=True)
    journal_path.with_name("older.db").replace(journal_path)
    with start(journal_path) as opened:
        assert opened.notices[0].state is Start.ENTRIES_MISSING
        assert "1 saved entry is missing since 2018-01-10T23:00:00Z" in opened.read_only
        assert "Restore a backup" in opened.read_only
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            opened.connection.execute("DELETE FROM meta")


def test_b_another_history_of_the_same_length_is_noticed(full_ledger: Ledger, journal_path: Path) -> None:
    closed(full_ledger)
    text = anchor_path(journal_path).read_text().splitlines()
    anchor_path(journal_path).write_text(text[-1].replace(text[-1].split()[2], "e" * 64) + "\n")
    with start(journal_path) as opened:
        assert opened.notices[0].state is Start.ENTRIES_MISSING
        assert "another history: entry 14 is another one than was acknowledged" in opened.read_only


def test_b_a_journal_that_is_gone_is_no_first_run(full_ledger: Ledger, journal_path: Path) -> None:
    closed(full_ledger)
    journal_path.unlink()
    with pytest.raises(JournalGoneError, match="its anchor says that it had 14 entries"):
        connect_reader(journal_path)
    with pytest.raises(JournalGoneError):
        create_journal(journal_path, NOW)
    assert not journal_path.exists()


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (("UPDATE journal_entry SET rung = 4 WHERE seq = 12",), "entry 12 was changed"),
        (("DELETE FROM meta",), "the last entry is not the one that was written last"),
        (("DROP TABLE leg",), "index sqlite_autoindex_leg_1 is missing"),
    ],
)
def test_c_damage_is_shown_and_nothing_is_written(
    full_ledger: Ledger, journal_path: Path, statements: tuple[str, ...], words: str
) -> None:
    closed(full_ledger)
    with closing(sqlite3.connect(journal_path)) as connection:
        (rule,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_entry_keeps'").fetchone()
    raw(journal_path, "DROP TRIGGER journal_entry_keeps", *statements, rule)
    before = journal_path.read_bytes()
    with start(journal_path) as opened:
        assert opened.notices[0].state is Start.DAMAGED
        assert words in opened.read_only
        assert "Restore a backup (what is here now is kept)" in opened.read_only
    assert journal_path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER sly AFTER INSERT ON condor BEGIN DELETE FROM leg; END",
        "CREATE VIEW sly AS SELECT 1",
    ],
)
def test_c_a_file_with_parts_that_are_not_ours_is_not_written_to(
    full_ledger: Ledger, journal_path: Path, statement: str
) -> None:
    closed(full_ledger)
    raw(journal_path, statement)
    with start(journal_path) as opened:
        assert "sly is not ours" in opened.read_only


def test_d_a_newer_journal_is_shown_and_not_written_to(full_ledger: Ledger, journal_path: Path) -> None:
    closed(full_ledger)
    raw(journal_path, "CREATE TABLE of_tomorrow (x)", "PRAGMA user_version = 99")
    before = contents(journal_path.parent)
    with start(journal_path) as opened:
        assert opened.notices[0].state is Start.NEWER
        assert "a newer version of the program (schema 99" in opened.read_only
        assert load_book(opened.connection).last_seq == 14
    with pytest.raises(NewerJournalError):
        connect_writer(journal_path)
    assert contents(journal_path.parent).items() >= before.items()


def test_e_a_journal_in_use_says_by_whom(full_ledger: Ledger, journal_path: Path) -> None:
    with hold_journal(journal_path):
        with pytest.raises(JournalInUseError, match=f"in use by process {os.getpid()}") as error:
            hold_journal(journal_path).__enter__()
        with closing(opened_reader(journal_path, Found(Start.IN_USE, str(error.value)))) as opened:
            assert load_book(opened.connection) == full_ledger.desk.book
            assert "close it there first" in opened.read_only


def test_f_g_h_the_disk_is_spoken_of(journal_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(place: Place) -> Found | None:
        monkeypatch.setattr("db.start_state.place_of", lambda _path: place)
        return place_warning(journal_path)

    much = 10**12
    assert found(Place(PlaceKind.LOCAL, "ext4", much, can_write=True)) is None
    for place, state, words in (
        (Place(PlaceKind.LOCAL, "ext4", much, can_write=False), Start.READ_ONLY, "nothing can be entered"),
        (Place(PlaceKind.LOCAL, "ext4", 2_000_000, can_write=True), Start.DISK_FULL, "1,953 kB are free"),
        (Place(PlaceKind.CLOUD, "Dropbox", much, can_write=True), Start.SHARED_FOLDER, "(Dropbox)"),
        (Place(PlaceKind.NETWORK, "nfs4", much, can_write=True), Start.SHARED_FOLDER, "a second computer"),
    ):
        said = found(place)
        assert said is not None
        assert said.state is state
        assert words in said.text


def test_h_on_a_network_drive_commits_are_kept_without_a_shared_log(
    full_ledger: Ledger, journal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(full_ledger)
    monkeypatch.setattr("db.connection.is_network", lambda _path: True)
    with closing(connect_writer(journal_path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert Ledger(connection).do(acts.acknowledge, alert_key="over the net").seq == 15


def test_i_replaced_files_stop_everything_and_what_was_saved_is_rescued(
    full_ledger: Ledger, journal_path: Path
) -> None:
    Path(f"{journal_path}-wal").unlink()
    with pytest.raises(JournalReplacedError, match=r"journal.db-wal in .* was replaced or removed") as told:
        full_ledger.do(acts.acknowledge, alert_key="too late")
    (copy,) = journal_path.parent.glob("damaged/*/rescued.db")
    assert str(copy) in str(told.value)
    with closing(connect_reader(copy)) as rescued:
        assert load_book(rescued).last_seq == 14
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["empty", "picture", "other application", "folder"])
def test_j_a_file_that_is_not_ours_is_not_touched(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "strange.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "other application":
        raw(path, "CREATE TABLE theirs (x)", "PRAGMA application_id = 7")
    else:
        path.write_bytes(b"" if kind == "empty" else b"\x89PNG\r\n\x1a\n" + bytes(5000))
    before = contents(tmp_path)
    with hold_journal(path), pytest.raises(NotAJournalError, match="not a journal"):
        opened_writer(path, NOW)
    assert contents(tmp_path) == before


def test_k_a_migration_that_fails_leaves_the_file_as_it_was_and_a_backup(
    full_ledger: Ledger, journal_path: Path
) -> None:
    bad = Step("m002_wrong", ("CREATE TABLE fine (x) STRICT", "INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(MigrationFailedError, match="could not be brought to schema 2") as failed:
        migrate_safely(full_ledger.connection, journal_path, NOW, (*STEPS, bad))
    assert "a verified backup of it is" in str(failed.value)
    assert full_ledger.connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert quick_check(full_ledger.connection, journal_path) is None
    assert len(list(journal_path.parent.glob("backups/*.db"))) == 1


def test_k_a_step_brings_an_older_journal_forward_behind_a_backup(full_ledger: Ledger, journal_path: Path) -> None:
    step = Step("m002_tags", ("CREATE TABLE tag (seq INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",))
    migrate_safely(full_ledger.connection, journal_path, NOW, (*STEPS, step))
    assert full_ledger.connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert load_book(full_ledger.connection) == full_ledger.desk.book
    (backup,) = journal_path.parent.glob("backups/*.db")
    assert backup.name.endswith("-v1.db")


def test_k_without_a_backup_nothing_is_migrated(full_ledger: Ledger, journal_path: Path) -> None:
    (journal_path.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises((BackupFailedError, OSError)):
        migrate_safely(full_ledger.connection, journal_path, NOW, (*STEPS, Step("m002", ("CREATE TABLE t (x)",))))
    assert full_ledger.connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_l_a_backup_that_fails_says_that_the_others_stay(full_ledger: Ledger, journal_path: Path) -> None:
    full_ledger.connection.execute("UPDATE condor SET cash_e8 = 0")
    with pytest.raises(BackupFailedError, match="Earlier backups are as they were, none was thinned"):
        make_backup(full_ledger.connection, journal_path, NOW)


def test_a_reader_beside_a_writer_takes_nothing_for_damage(full_ledger: Ledger, journal_path: Path) -> None:
    """The writer commits an entry between any two of the statements that the look is made of."""
    with closing(connect_reader(journal_path)) as reader:
        seen: list[str] = []

        def between(statement: str) -> None:
            seen.append(statement)
            full_ledger.do(acts.acknowledge, alert_key=f"key {len(seen)}")

        reader.set_trace_callback(between)
        assert quick_check(reader, journal_path) is None
        assert len(seen) > 4
        assert not reader.in_transaction
