"""A shell on an empty journal's place, one on a journal with a market, one with a book as well."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import Shell, market_files

OPENED = ("--at", "2018-01-10T10:00")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is nobody's."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with five market files imported, made once."""
    folder = tmp_path_factory.mktemp("made")
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(folder))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    Shell(folder / "journal.db").done("import", *market_files(folder / "files"))
    patch.undo()
    return folder / "journal.db"


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    """No journal yet."""
    return Shell(tmp_path / "journal.db")


@pytest.fixture
def shell(made: Path, tmp_path: Path) -> Shell:
    """A journal with a market and no position."""
    return Shell(Path(shutil.copy(made, tmp_path / "journal.db")))


@pytest.fixture
def booked(shell: Shell) -> Shell:
    """A journal with a market, a condor of ten, a layer of its own, a layer of the book and an account."""
    wings = ("--puts", "2600/2625", "--calls", "2825/2850")
    shell.done(
        "condor",
        "open",
        "--expiry",
        "2018-02-16",
        "--quantity",
        "10",
        *wings,
        "--credit",
        "5.20",
        "--fees",
        "52",
        *OPENED,
    )
    shell.done("layer", "open", "1", "--leg", "+4 VIX 2018-02-14 C 15 @ 0.60", "--condor", "1", *OPENED)
    shell.done("layer", "open", "2", "--leg", "+2 VX 2018-03-21 @ 12.50", "--fees", "4.5", *OPENED)
    shell.done("account", "--equity", "100000", "--cash", "60000", "--notional", "250000", *OPENED)
    return shell
