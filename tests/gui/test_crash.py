from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer, Signal, qWarning

from gui.crash import CrashReporter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]


class Asker(QObject):
    asked = Signal()


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def reporter(qapp: object, tmp_path: Path, said: list[tuple[str, str]]) -> Iterator[CrashReporter]:
    reporter = CrashReporter(tmp_path / "state")
    reporter.happened.connect(lambda text, details: said.append((text, details)))
    reporter.install()
    yield reporter
    reporter.remove()


def boom() -> None:
    raise ValueError("the sky is falling")


def test_an_error_in_a_slot_is_logged_and_said(reporter: CrashReporter, said: list[tuple[str, str]]) -> None:
    asker = Asker()
    asker.asked.connect(boom)
    asker.asked.emit()
    assert said[0][0] == "an unexpected error: ValueError: the sky is falling"
    assert "in boom" in said[0][1]
    assert str(reporter.log_file) in said[0][1]
    assert "in boom" in reporter.log_file.read_text(encoding="utf-8")


def test_an_error_in_a_timer_is_said(qtbot: QtBot, reporter: CrashReporter, said: list[tuple[str, str]]) -> None:
    QTimer.singleShot(0, boom)
    qtbot.waitUntil(lambda: bool(said))
    assert "the sky is falling" in said[0][0]


def test_an_error_in_a_thread_is_said(qtbot: QtBot, reporter: CrashReporter, said: list[tuple[str, str]]) -> None:
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(said))
    assert "the sky is falling" in said[0][0]


def test_what_qt_warns_of_is_logged_and_not_said(reporter: CrashReporter, said: list[tuple[str, str]]) -> None:
    qWarning("a plugin is missing")
    assert "a plugin is missing" in reporter.log_file.read_text(encoding="utf-8")
    assert said == []


def test_the_log_is_the_owners_alone_also_after_it_turned_over(reporter: CrashReporter) -> None:
    for _ in range(14):
        qWarning("x" * 100_000)
    files = sorted(reporter.log_file.parent.iterdir())
    assert len(files) >= 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(reporter.log_file.parent.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_is_said_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    reporter = CrashReporter(tmp_path / "state")
    reporter.report(ValueError("lost"))
    err = capsys.readouterr().err
    assert "condor-watch.log" in err
    assert "ValueError: lost" in err


def test_the_hooks_are_given_back(qapp: object, tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook)
    reporter = CrashReporter(tmp_path)
    reporter.install()
    assert sys.excepthook != before[0]
    reporter.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_program_goes_on_after_an_error_and_a_break_still_breaks(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from gui.crash import CrashReporter
app = QCoreApplication([])
reporter = CrashReporter(Path(sys.argv[1]))
reporter.install()
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(1, lambda: print("still here"))
QTimer.singleShot(2, app.quit)
code = app.exec()
reporter.remove()
raise SystemExit(code)
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout.strip()) == (0, "still here")
    assert "ZeroDivisionError" in done.stderr


def test_an_error_where_python_cannot_raise_it_is_said_too(
    reporter: CrashReporter, said: list[tuple[str, str]]
) -> None:
    class Falling:
        def __del__(self) -> None:
            boom()

    Falling()
    assert "the sky is falling" in said[0][0]


def test_no_secret_reaches_the_log(reporter: CrashReporter, said: list[tuple[str, str]]) -> None:
    reporter.report(ValueError("GET https://host.example/x?token=s3cr3tCanary failed for account U1234567"))
    log = reporter.log_file.read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "s3cr3tCanary" not in log
    assert "1234567" not in log


def test_what_a_crash_below_python_left_is_taken_over_into_the_log(reporter: CrashReporter) -> None:
    path = reporter.log_file.with_suffix(".fault")
    path.parent.mkdir(parents=True)
    path.write_text("Fatal Python error: Segmentation fault in draw()")
    file = reporter.watch_for_crashes()
    assert file is not None
    assert path.read_text() == ""
    assert stat.S_IMODE(reporter.log_file.stat().st_mode) == 0o600
    assert "Segmentation fault in draw()" in reporter.log_file.read_text(encoding="utf-8")
