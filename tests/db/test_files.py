"""Is a file the old one or the new one whatever happens, and its owner's alone?"""

import os
import stat
from pathlib import Path

import pytest

from db.files import companions, make_folder, sweep, sync_folder, write_whole


def test_a_file_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    before = os.umask(0)
    try:
        write_whole(path, b"old")
        write_whole(path, b"new")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["log.csv"]  # noqa: PTH208


def test_a_name_that_is_taken_by_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "log.csv").mkdir()
    with pytest.raises(OSError, match="irectory"):
        write_whole(tmp_path / "log.csv", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


def test_what_a_killed_program_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (".log.csv.99.new", ".log[1].csv.99.new", ".other.99.new", "log.csv.new"):
        (tmp_path / name).write_text("half")
    sweep(tmp_path, "log.csv")
    sweep(tmp_path, "log[1].csv")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".other.99.new", "log.csv.new"]


def test_folders_are_made_for_their_owner(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = make_folder(tmp_path / "backups")
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    sync_folder(folder)
    assert [one.name for one in companions(folder / "j.db")] == ["j.db-wal", "j.db-shm", "j.db.anchor"]
