"""Are backups made, listed and restored by command, and is a loss said by every command and only then accepted?"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.shell import Shell, market_files


def backups(shell: Shell) -> list[dict]:
    return shell.json("backup", "--list")["backups"]


def test_a_backup_is_made_listed_and_restored_and_says_what_to_enter_again(booked: Shell) -> None:
    assert backups(booked) == []
    made = booked.json("backup")
    assert [one["entries"] for one in backups(booked)] == [made["entries"]] == [5]
    booked.done("condor", "note", "1", "later")
    assert len(booked.json("history")["acts"]) == 5
    done = booked.json("restore")
    assert (done["entries"], done["acknowledged_before"]) == (5, 6)
    assert [(row["sequence"], row["kind"], row["note"]) for row in done["to_enter_again"]] == [
        (6, "note_written", "later")
    ]
    assert Path(done["kept"], "journal.db").exists()
    assert booked.json("verify")["ok"]
    assert len(booked.json("history")["acts"]) == 4


def test_a_backup_can_be_looked_at_as_a_journal_of_its_own(booked: Shell, tmp_path: Path) -> None:
    booked.done("backup", "--to", tmp_path / "stick")
    assert backups(booked) == []
    (made,) = booked.json("backup", "--list", "--to", tmp_path / "stick")["backups"]
    other = tmp_path / "other.db"
    booked.done("restore", made["file"], "--to", other)
    assert Shell(other).json("verify")["ok"]
    assert "exists already" in booked.refused("restore", made["file"], "--to", other)


def test_without_a_backup_nothing_is_restored(booked: Shell) -> None:
    assert "there is no backup" in booked.refused("restore")
    assert "is not a journal" in booked.refused("restore", __file__)


def test_the_readable_tables_are_written_anew(booked: Shell) -> None:
    with closing(sqlite3.connect(booked.journal)) as raw:
        raw.execute("DELETE FROM fill")
        raw.commit()
    assert booked.run("verify").code == 1
    assert booked.json("rebuild")["ok"]
    assert booked.json("verify")["ok"]


@pytest.fixture
def lost(booked: Shell) -> Shell:
    """A journal that was put back to an older copy by hand."""
    older = booked.journal.read_bytes()
    booked.done("condor", "note", "1", "this will be lost")
    booked.journal.write_bytes(older)
    Path(f"{booked.journal}-wal").write_bytes(b"")
    return booked


def test_a_loss_is_said_by_every_command_and_nothing_is_written(lost: Shell) -> None:
    said = lost.run("status")
    assert said.code == 0
    assert "1 saved entry is missing" in said.err
    assert "1 saved entry is missing" in lost.refused("condor", "note", "1", "on top of it")
    checked = lost.run("verify", "--json")
    assert checked.code == 1
    assert checked.json["ok"] is False
    assert "1 saved entry is missing" in checked.json["problems"][0]
    assert "suspect" in lost.refused("backup")


def test_a_loss_can_be_accepted_and_only_by_its_owner(lost: Shell) -> None:
    assert lost.json("verify", "--accept") == {"accepted_seq": 5, "anchored_seq_before": 6}
    assert lost.done("status").err == ""
    lost.done("condor", "note", "1", "on we go")
    assert lost.json("verify")["ok"]


def test_a_journal_that_is_gone_is_not_begun_anew(booked: Shell) -> None:
    booked.journal.unlink()
    assert "its anchor says that it had 5 entries" in booked.refused("status")
    assert "its anchor says" in booked.refused("account", "--equity", "1", "--cash", "1", "--notional", "1")
    assert not booked.journal.exists()


def test_a_newer_journal_is_shown_with_a_word_and_not_written_to(booked: Shell) -> None:
    with closing(sqlite3.connect(booked.journal, isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 9")
    said = booked.run("condor", "list")
    assert said.code == 0
    assert "newer version of the program (schema 9" in said.err
    assert "newer version" in booked.refused("condor", "note", "1", "x")


def test_before_an_import_what_was_entered_is_backed_up(booked: Shell, tmp_path: Path) -> None:
    files = market_files(tmp_path / "files")
    booked.done("import", *files)
    assert [one["entries"] for one in backups(booked)] == [5]
    booked.done("import", *files)
    assert len(backups(booked)) == 1
