from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from cli.window import has_screen
from tests.gui.market_files import closes, days, filled_journal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Return an environment without a screen in which everything of the user's lies in the folder."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    places = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {**kept, **places, "HOME": str(tmp_path)}


def condor_watch(home: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.run(command, cwd=ROOT, env=home, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":1"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":1", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":1", "QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_screen_is_what_linux_says_it_is(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is expected


def test_without_screen_and_journal_the_start_page_is_drawn_and_named(
    home: dict[str, str], tmp_path: Path
) -> None:
    done = condor_watch(home, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert Path(said["picture"]) == tmp_path / "state" / "condor-watch" / "condor-watch.png"
    assert QImage(said["picture"]).width() == 1600
    assert "There is no journal" in Path(said["summary"]).read_text("utf-8")
    assert said["journal"] is None
    assert done.stderr == ""


def test_without_a_screen_a_journal_is_drawn_with_its_status(home: dict[str, str], tmp_path: Path) -> None:
    journal = filled_journal(tmp_path / "mine.db")
    done = condor_watch(home, "--journal", str(journal), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["journal"] == str(journal)
    assert "SPX" in Path(said["summary"]).read_text("utf-8")


def test_the_demo_is_drawn_simulated_and_leaves_no_journal(home: dict[str, str], tmp_path: Path) -> None:
    done = condor_watch(home, "demo", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert "SIMULATED" in Path(said["summary"]).read_text("utf-8")
    assert said["journal"] is None
    assert not (tmp_path / "data").exists()


def test_a_kept_demo_is_a_journal_and_is_not_written_over(home: dict[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "demo.db"
    done = condor_watch(home, "demo", "--keep", str(kept), "--json")
    assert json.loads(done.stdout)["journal"] == str(kept)
    before = kept.read_bytes()
    again = condor_watch(home, "demo", "--keep", str(kept))
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert kept.read_bytes() == before


def test_a_snapshot_shows_the_moment_that_was_asked_for(home: dict[str, str], tmp_path: Path) -> None:
    journal, picture = filled_journal(tmp_path / "mine.db"), tmp_path / "then.png"
    day = str(days()[150])
    words = ("--journal", str(journal), "snapshot", str(picture), "--as-of", day, "--size", "1800x1000", "--json")
    done = condor_watch(home, *words)
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1800, 1000)
    assert json.loads(done.stdout) == {"picture": str(picture), "summary": None, "journal": str(journal)}
    status = condor_watch(home, "--journal", str(journal), "status", "--as-of", day, "--json")
    assert json.loads(status.stdout)["spx"]["value"] == closes()["SPX"][150]


@pytest.mark.parametrize(
    ("size", "code", "reason"),
    [("10x10", 1, "400 to 8000"), ("wide", 2, "WIDTHxHEIGHT"), ("1600x", 2, "WIDTHxHEIGHT"), ("-1x900", 2, "")],
)
def test_a_size_that_is_none_is_refused_in_one_line(
    home: dict[str, str], tmp_path: Path, size: str, code: int, reason: str
) -> None:
    journal = filled_journal(tmp_path / "mine.db")
    done = condor_watch(home, "--journal", str(journal), "snapshot", str(tmp_path / "x.png"), "--size", size)
    assert done.returncode == code
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.png").exists()


def test_a_snapshot_of_no_journal_is_refused(home: dict[str, str], tmp_path: Path) -> None:
    done = condor_watch(home, "--journal", str(tmp_path / "none.db"), "snapshot", str(tmp_path / "x.png"))
    assert done.returncode == 1
    assert "there is no journal" in done.stderr
