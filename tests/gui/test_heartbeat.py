"""Is a window that does not answer noticed, and where it hangs written down?"""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

import gui.heartbeat
from gui.heartbeat import Heartbeat


def test_a_late_beat_is_told_with_its_seconds(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, late = QObject(), []
    clock = [100.0]
    monkeypatch.setattr(gui.heartbeat.time, "monotonic", lambda: clock[0])
    heartbeat = Heartbeat(owner)
    heartbeat.late.connect(late.append)
    heartbeat.begin()
    clock[0] += 0.26
    heartbeat.beat()
    assert late == []
    clock[0] += 3.25
    heartbeat.beat()
    assert late == [pytest.approx(3.0)]
    assert heartbeat.longest_s == pytest.approx(3.0)
    heartbeat.end()


def test_it_beats_by_itself(qtbot: QtBot) -> None:
    owner = QObject()
    heartbeat = Heartbeat(owner)
    with qtbot.waitSignal(heartbeat._timer.timeout, timeout=5000):
        heartbeat.begin()
    heartbeat.end()


def test_where_it_hangs_is_written_down(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gui.heartbeat, "HANGS_S", 0.05)
    path, owner = tmp_path / "hang.txt", QObject()
    with path.open("w") as file:
        heartbeat = Heartbeat(owner, file)
        heartbeat.begin()
        deadline = time.monotonic() + 10
        while not path.stat().st_size and time.monotonic() < deadline:
            pass  # this thread hangs: no event is worked on
        heartbeat.end()
    assert "test_where_it_hangs_is_written_down" in path.read_text()
