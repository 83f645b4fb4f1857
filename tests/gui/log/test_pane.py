"""Can the log be filtered, copied to a spreadsheet and sent to export?"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from gui.log.columns import COLUMNS
from gui.log.pane import EMPTY_TEXT, HedgeLogPane
from tests.gui.log_rows import ROWS, log_row

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def pane(qtbot: QtBot, any_theme: Theme) -> HedgeLogPane:
    pane = HedgeLogPane(any_theme)
    qtbot.addWidget(pane)
    pane.resize(1600, 260)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.show_rows(ROWS)
    return pane


def pasted() -> list[list[str]]:
    """Return the clipboard as a spreadsheet takes it."""
    return list(csv.reader(QGuiApplication.clipboard().text().splitlines(), dialect="excel-tab"))


def test_an_empty_log_says_so(qtbot: QtBot, theme: Theme) -> None:
    pane = HedgeLogPane(theme)
    qtbot.addWidget(pane)
    assert pane.count.text() == EMPTY_TEXT


def test_typing_filters(pane: HedgeLogPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.field, "layer vix")
    assert pane.count.text() == "1 of 3 entries"
    pane.field.clear()
    assert pane.count.text() == "3 of 3 entries"


def test_the_selection_is_copied_with_its_head(pane: HedgeLogPane, qtbot: QtBot) -> None:
    pane.view.selectRow(1)
    pane.view.setFocus()
    qtbot.keySequence(pane.view, QKeySequence(QKeySequence.StandardKey.Copy))
    head, row = pasted()
    found = dict(zip(head, row, strict=True))
    assert (found["sequence"], found["cash"], found["price"], found["fees"]) == ("2", "-760", "1.9", "10.40")
    assert found["entry_hash"] == "02" * 32


def test_a_note_that_looks_like_a_formula_is_copied_as_text(pane: HedgeLogPane, qtbot: QtBot) -> None:
    pane.view.selectRow(0)
    qtbot.mouseClick(pane.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "'=HYPERLINK(1)" in text
    assert "\t=HYPERLINK" not in text


def test_without_a_selection_all_that_is_shown_is_copied(pane: HedgeLogPane, qtbot: QtBot) -> None:
    pane.field.setText("opened")
    pane.copy_selection()
    assert [row[0] for row in pasted()] == ["sequence", "2", "1"]


def test_a_simulated_log_says_so_in_each_row(pane: HedgeLogPane) -> None:
    pane.show_rows(ROWS[:2], is_simulated=True)
    pane.copy_selection()
    head, *rows = pasted()
    assert head[-1] == "simulated"
    assert all(row[-1].startswith("SIMULATED") for row in rows)
    assert len(head) == len(COLUMNS) + 1


def test_the_selection_stays_when_an_entry_is_added(pane: HedgeLogPane) -> None:
    pane.view.selectRow(1)
    pane.show_rows([*ROWS, log_row(4)])
    assert [row.sequence for row in pane.selected_rows()] == [2]


def test_export_is_asked_for(pane: HedgeLogPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.export_requested):
        qtbot.mouseClick(pane.export_button, Qt.MouseButton.LeftButton)
