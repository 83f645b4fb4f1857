from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from gui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    window = MainWindow(theme.background)
    qtbot.addWidget(window)
    return window


def dropped(window: MainWindow, *urls: str, text: str = "") -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    if text:
        data.setText(text)
    return data


def drag(window: MainWindow, data: QMimeData) -> bool:
    """Drag something onto the window and drop it where that is accepted."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(10, 10), copy, data, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(10, 10), copy, data, left, none))
    return enter.isAccepted()


def test_the_empty_window_is_painted_in_the_themes_ground_and_says_so_once(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    painted: list[int] = []
    window.painted.connect(lambda: painted.append(1))
    window.show()
    qtbot.waitUntil(lambda: bool(painted))
    assert window.grab().toImage().pixelColor(300, 300).name() == theme.background
    window.repaint()
    qtbot.waitUntil(lambda: not window._after_paint.isActive())
    assert painted == [1]


def test_a_first_start_is_made_for_1600_by_900(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1600, 900)


def test_files_of_this_computer_may_be_dropped_and_nothing_else(window: MainWindow) -> None:
    found: list[list[Path]] = []
    window.files_dropped.connect(found.append)
    assert drag(window, dropped(window, "file:///a/SPX.csv", "file:///a/VIX.csv", "https://example.org/x.csv"))
    assert not drag(window, dropped(window, "https://example.org/x.csv"))
    assert not drag(window, dropped(window, text="SPX,2700"))
    assert found == [[Path("/a/SPX.csv"), Path("/a/VIX.csv")]]


def test_places_are_taken_up_again_and_nonsense_gives_those_of_a_first_start(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    fill(window, theme)
    window.put_back()
    first = window.upper.sizes()
    window.upper.setSizes([500, 1000])
    _, text = window.layout_text()
    changed = window.upper.sizes()
    window.put_back()
    assert window.upper.sizes() == first
    window.restore_panes(text)
    assert window.upper.sizes() == changed
    for nonsense in ("", "abc", "abc def", text.split()[0]):
        window.restore_panes(nonsense)
        assert window.upper.sizes() == pytest.approx(first, abs=2)


def fill(window: MainWindow, theme: Theme) -> None:
    window.furnish(theme)
    for splitter in (window.upper, window.upper):
        splitter.addWidget(QLabel())
    window.show_page(window.middle)
    window.show()


def test_the_title_names_journal_and_simulation(window: MainWindow) -> None:
    window.show_title("mine.db", is_simulated=False)
    assert window.windowTitle() == "Condor Watch - mine.db"
    window.show_title("demo.db", is_simulated=True)
    assert window.windowTitle() == "Condor Watch - demo.db - SIMULATED"


def test_closing_is_told_before_the_window_is_gone(window: MainWindow) -> None:
    visible: list[bool] = []
    window.closing.connect(lambda: visible.append(window.isVisible()))
    window.show()
    window.close()
    assert visible == [True]


def test_minimising_is_told_and_so_is_coming_back(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    told: list[bool] = []
    window.hidden_changed.connect(told.append)
    window.show()
    window.furnish(theme)
    window.showMinimized()
    qtbot.waitUntil(lambda: told[-1:] == [True])
    window.showNormal()
    qtbot.waitUntil(lambda: told[-1:] == [False])
