"""Is each file of a watched folder told of once it lies still, however it came there?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from gui.live.folder import STILL_S, STILL_WITHOUT_END_S, FolderWatch, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

ROWS = "DATE,VVIX\n02/01/2018,95.5\n"


@pytest.fixture
def arrived() -> list[tuple[str, str]]:
    """The names that were told, with what stood in the file then."""
    return []


@pytest.fixture
def watch(qapp: QObject, tmp_path: Path, arrived: list[tuple[str, str]]) -> Iterator[FolderWatch]:
    watch = FolderWatch(qapp)
    watch.arrived.connect(lambda path: arrived.append((path.name, path.read_text(encoding="utf-8"))))
    watch.watch(tmp_path)
    yield watch
    watch.stop()
    watch.deleteLater()


def settle(qtbot: QtBot, watch: FolderWatch) -> None:
    """Wait until nothing moves any more: two more files came and were told."""
    for name in ("settled1.csv", "settled2.csv"):
        assert watch.folder is not None
        with qtbot.waitSignal(watch.arrived, check_params_cb=lambda path, name=name: path.name == name):
            (watch.folder / name).write_text(ROWS, encoding="utf-8")


def test_a_file_dropped_into_the_folder_is_told_once(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    (tmp_path / "VVIX.csv").write_text(ROWS, encoding="utf-8")
    qtbot.waitUntil(lambda: bool(arrived))
    settle(qtbot, watch)
    assert arrived[0] == ("VVIX.csv", ROWS)
    assert [name for name, _ in arrived].count("VVIX.csv") == 1


def test_files_that_were_there_before_are_told_too(qtbot: QtBot, qapp: QObject, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ROWS, encoding="utf-8")
    watch, names = FolderWatch(qapp), list[str]()
    watch.arrived.connect(lambda path: names.append(path.name))
    watch.watch(tmp_path)
    qtbot.waitUntil(lambda: names == ["a.csv", "b.txt"])
    watch.stop()


def test_a_file_replaced_again_and_again_is_told_each_time(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    """The trap: after one os.replace a plain watcher of the path is silent for ever."""
    for count in range(5):
        text = f"{ROWS}02/0{2 + count}/2018,9{count}.0\n"
        fresh = tmp_path / ".VVIX.csv.new"
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, tmp_path / "VVIX.csv")  # noqa: PTH105 - what downloaders do
        qtbot.waitUntil(lambda count=count: len(arrived) == count + 1)
        assert arrived[-1] == ("VVIX.csv", text)


def test_a_file_changed_in_place_is_told_again_after_a_replacement(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    path = tmp_path / "VVIX.csv"
    (tmp_path / "new").write_text(ROWS, encoding="utf-8")
    (tmp_path / "new").replace(path)
    qtbot.waitUntil(lambda: len(arrived) == 1)
    with path.open("a", encoding="utf-8") as file:
        file.write("02/02/2018,97.0\n")
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert arrived[1][1].endswith("02/02/2018,97.0\n")


def test_a_file_that_is_written_bit_by_bit_is_told_when_it_is_whole(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    path = tmp_path / "VVIX.csv"
    parts = [ROWS, *(f"02/{day:02}/2018,9" for day in range(2, 12)), "9.0\n"]
    written: list[str] = []
    writing = QTimer(watch, interval=70)

    def write_next() -> None:
        if written:
            assert arrived == []
        written.append(parts[len(written)])
        with path.open("a", encoding="utf-8") as file:
            file.write(written[-1])
        if len(written) == len(parts):
            writing.stop()

    writing.timeout.connect(write_next)
    writing.start()
    qtbot.waitUntil(lambda: bool(arrived), timeout=10_000)
    assert written == parts
    assert arrived == [("VVIX.csv", "".join(parts))]


def test_a_pause_in_the_middle_of_a_line_is_waited_for(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    path, half = tmp_path / "VVIX.csv", "DATE,VVIX\n02/01/2018,9"
    pause_ms = int(1000 * (STILL_S + STILL_WITHOUT_END_S) / 2)  # longer than a whole line must lie still
    path.write_text(half, encoding="utf-8")
    QTimer.singleShot(pause_ms, watch, lambda: path.write_text(ROWS, encoding="utf-8"))
    qtbot.waitUntil(lambda: bool(arrived), timeout=10_000)
    assert arrived == [("VVIX.csv", ROWS)]


def test_a_writers_own_names_and_other_kinds_of_files_are_left_alone(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    for name in (".hidden.csv", "~lock.csv", "x.csv.part", "x.csv.crdownload", "x.tmp", "x.pdf", "x.csv~", "csv"):
        (tmp_path / name).write_text(ROWS, encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").touch()
    settle(qtbot, watch)
    assert [name for name, _ in arrived] == ["settled1.csv", "settled2.csv"]
    (tmp_path / "empty.csv").write_text(ROWS, encoding="utf-8")
    qtbot.waitUntil(lambda: arrived[-1][0] == "empty.csv")


def test_the_folder_may_go_away_and_come_back(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    folder = tmp_path / "market"
    folder.mkdir()
    watch.watch(folder)
    with qtbot.waitSignal(watch.gone):
        folder.rmdir()
    with qtbot.waitSignal(watch.back):
        folder.mkdir()
    (folder / "VVIX.csv").write_text(ROWS, encoding="utf-8")
    qtbot.waitUntil(lambda: arrived == [("VVIX.csv", ROWS)])


def test_a_removed_file_is_new_when_it_comes_again(
    qtbot: QtBot, watch: FolderWatch, tmp_path: Path, arrived: list[tuple[str, str]]
) -> None:
    path = tmp_path / "VVIX.csv"
    path.write_text(ROWS, encoding="utf-8")
    qtbot.waitUntil(lambda: len(arrived) == 1)
    path.unlink()
    settle(qtbot, watch)
    path.write_text(ROWS, encoding="utf-8")
    qtbot.waitUntil(lambda: arrived[-1][0] == "VVIX.csv")


def test_after_stopping_nothing_is_told(qtbot: QtBot, watch: FolderWatch, tmp_path: Path, qapp: QObject) -> None:
    other, names = FolderWatch(qapp), list[str]()
    watch.arrived.connect(lambda path: names.append(path.name))
    watch.stop()
    other.watch(tmp_path)
    settle(qtbot, other)
    other.stop()
    assert names == []


def test_a_folder_that_cannot_be_read_holds_nothing_and_is_no_error(tmp_path: Path) -> None:
    assert marks_in(tmp_path / "nowhere") is None
    assert marks_in(tmp_path) == {}
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nothing")
    assert marks_in(tmp_path) == {}
