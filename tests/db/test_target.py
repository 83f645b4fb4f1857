"""Is a file never written over a journal, and everything else let through?"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.export import write_export
from db.journal_store import create_journal
from db.target import TargetRefusedError, check_target

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    create_journal(path, NOW).close()
    return path


@pytest.mark.parametrize("name", ["journal.db", "journal.db-wal", "journal.db-shm", "journal.db.lock"])
def test_the_journal_and_what_belongs_to_it_are_refused(journal: Path, name: str) -> None:
    with pytest.raises(TargetRefusedError, match="is the journal or belongs to it"):
        check_target(journal.with_name(name), journal)


def test_a_link_to_the_journal_is_the_journal(journal: Path, tmp_path: Path) -> None:
    link = tmp_path / "log.csv"
    link.symlink_to(journal)
    os.link(journal, tmp_path / "hard.csv")
    for name in ("log.csv", "hard.csv"):
        with pytest.raises(TargetRefusedError, match="is the journal"):
            check_target(tmp_path / name, journal)


def test_another_journal_is_refused_and_stays(journal: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy.db"
    other.write_bytes(journal.read_bytes())
    before = other.read_bytes()
    with pytest.raises(TargetRefusedError, match="is a database"):
        write_export(other, "sequence\n", tmp_path / "elsewhere.db")
    assert other.read_bytes() == before


def test_a_picture_must_be_named_as_one(tmp_path: Path) -> None:
    check_target(tmp_path / "shot.PNG", None, suffixes=(".png",))
    with pytest.raises(TargetRefusedError, match=r"must end in \.png"):
        check_target(tmp_path / "shot.txt", None, suffixes=(".png",))


def test_another_file_is_replaced_whole_and_for_its_owner_alone(journal: Path, tmp_path: Path) -> None:
    target = tmp_path / "log.csv"
    target.write_text("old")
    write_export(target, "new\n", journal)
    assert target.read_text() == "new\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal.db", "journal.db.anchor", "log.csv"]
