"""Is the address of a journal's owner the same for every name of it, and only the user's to reach?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.owner import MAX_FOLDER_BYTES, listening_address, owner_address, socket_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cw-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def test_every_name_of_a_journal_leads_to_one_address(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "journal.db"
    journal.touch()
    (tmp_path / "link.db").symlink_to(journal)
    monkeypatch.chdir(tmp_path)
    names = (journal, Path("journal.db"), tmp_path / "link.db", tmp_path / "x" / ".." / "journal.db")
    assert len({owner_address(name) for name in names}) == 1
    assert owner_address(tmp_path / "other.db") != owner_address(journal)
    assert Path(owner_address(journal)).parent == runtime / "condor-watch"


def test_nobody_listens_until_there_is_a_socket_and_nothing_is_made_by_asking(
    runtime: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "journal.db"
    assert listening_address(journal) == ""
    assert list(runtime.iterdir()) == []
    Path(owner_address(journal)).touch()
    assert listening_address(journal) == owner_address(journal)
    assert listening_address(tmp_path / "other.db") == ""


@pytest.mark.parametrize("wrong", ["open", "link", "file"])
def test_a_folder_that_could_be_anothers_is_not_used(runtime: Path, tmp_path: Path, wrong: str) -> None:
    place = runtime / "condor-watch"
    if wrong == "open":
        place.mkdir()
        place.chmod(0o770)
    elif wrong == "link":
        (runtime / "elsewhere").mkdir(mode=0o700)
        place.symlink_to(runtime / "elsewhere")
    else:
        place.touch(mode=0o600)
    assert owner_address(tmp_path / "journal.db") == ""
    assert listening_address(tmp_path / "journal.db") == ""


def test_without_a_runtime_folder_the_temporary_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert socket_folder() == f"{tempfile.gettempdir()}/condor-watch-{os.getuid()}"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere/at/all")
    assert socket_folder() == f"{tempfile.gettempdir()}/condor-watch-{os.getuid()}"


def test_a_name_too_long_for_a_socket_is_not_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * MAX_FOLDER_BYTES)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    assert owner_address(tmp_path / "journal.db") == ""
