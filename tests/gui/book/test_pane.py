"""Can a trader see, select and wish with mouse and keyboard?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.book.columns import COLUMNS
from gui.book.pane import EMPTY_TEXT, BookPane
from gui.holding import HoldingKey
from tests.gui.states import CONDOR_STATES, STATE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def pane(qtbot: QtBot, any_theme: Theme) -> BookPane:
    pane = BookPane(any_theme)
    qtbot.addWidget(pane)
    pane.resize(1600, 260)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def button(pane: BookPane, text: str) -> QPushButton:
    return next(b for b in pane.findChildren(QPushButton) if b.text().replace("&", "") == text)


def test_an_empty_book_says_what_to_do(pane: BookPane, qtbot: QtBot) -> None:
    assert pane.empty_label.isVisible()
    assert pane.empty_label.text() == EMPTY_TEXT
    with qtbot.waitSignal(pane.open_condor_requested):
        qtbot.mouseClick(pane.empty_button, Qt.MouseButton.LeftButton)
    pane.show_state(replace(STATE, condors=(), layers=()))
    assert pane.empty_label.isVisible()
    pane.show_state(STATE)
    assert not pane.empty_label.isVisible()
    assert pane.view.isVisible()


def test_every_column_fits_at_1600_pixels(pane: BookPane) -> None:
    pane.show_state(STATE)
    assert not pane.view.horizontalScrollBar().isVisible()


def test_wishes_carry_the_selected_holding(pane: BookPane, qtbot: QtBot) -> None:
    pane.show_state(STATE)
    assert not button(pane, "Close").isEnabled()
    pane.select(HoldingKey(1, 2))
    for text, signal in (
        ("Close", pane.close_requested),
        ("Roll", pane.roll_requested),
        ("Settle", pane.settle_requested),
        ("Note", pane.note_requested),
    ):
        with qtbot.waitSignal(signal) as wished:
            qtbot.mouseClick(button(pane, text), Qt.MouseButton.LeftButton)
        assert wished.args == [HoldingKey(1, 2)]


def test_the_keyboard_walks_the_rows_and_enter_writes_a_note(pane: BookPane, qtbot: QtBot) -> None:
    pane.show_state(STATE)
    pane.select(HoldingKey(1))
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.selected_key == HoldingKey(1, 1)
    with qtbot.waitSignal(pane.note_requested) as wished:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert wished.args == [HoldingKey(1, 1)]


def test_the_whole_book_row_offers_nothing(pane: BookPane) -> None:
    pane.show_state(STATE)
    pane.view.selectRow(4)
    assert pane.selected_row is not None
    assert pane.selected_key is None
    assert not button(pane, "Roll").isEnabled()


def test_the_selection_stays_on_its_holding_when_rows_come_and_go(pane: BookPane) -> None:
    pane.show_state(STATE)
    pane.select(HoldingKey(2))
    pane.show_state(replace(STATE, layers=()))
    assert pane.selected_key == HoldingKey(2)
    pane.show_state(replace(STATE, condors=CONDOR_STATES[:1]))
    assert pane.selected_key is None


def test_a_new_layer_is_asked_for_the_selected_condor(pane: BookPane, qtbot: QtBot) -> None:
    pane.show_state(STATE)
    with qtbot.waitSignal(pane.open_layer_requested) as wished:
        qtbot.mouseClick(button(pane, "Enter layer"), Qt.MouseButton.LeftButton)
    assert wished.args == [HoldingKey()]
    pane.select(HoldingKey(2))
    with qtbot.waitSignal(pane.open_layer_requested) as wished:
        qtbot.mouseClick(button(pane, "Enter layer"), Qt.MouseButton.LeftButton)
    assert wished.args == [HoldingKey(2)]


def test_the_context_menu_names_the_holding(pane: BookPane, qtbot: QtBot) -> None:
    pane.show_state(STATE)
    pane.select(HoldingKey(1, 1))
    menu = pane.context_menu(pane.model_.index(1, 0))
    wanted = next(action for action in menu.actions() if action.text() == "Settle layer 1 of condor 1")
    with qtbot.waitSignal(pane.settle_requested) as wished:
        wanted.trigger()
    assert wished.args == [HoldingKey(1, 1)]


def test_flags_of_the_selected_holding_are_written_out(pane: BookPane) -> None:
    flagged = replace(CONDOR_STATES[0].condor, flags=("net short VIX: 4 short VIX calls",))
    pane.show_state(replace(STATE, condors=(replace(CONDOR_STATES[0], condor=flagged),)))
    pane.select(HoldingKey(1))
    assert "net short VIX: 4 short VIX calls" in pane.detail.text()


def test_everything_has_a_name(pane: BookPane) -> None:
    assert pane.view.accessibleName()
    assert all(b.accessibleName() for b in pane.findChildren(QPushButton))


@pytest.mark.parametrize("width", [1600, 2560])
def test_what_is_held_takes_the_room_that_is_left(pane: BookPane, qtbot: QtBot, width: int) -> None:
    pane.resize(300, 260)  # as narrow as it is before the window is laid out
    pane.show_state(STATE)
    pane.resize(width, 260)
    qtbot.waitUntil(lambda: pane.view.width() == width)
    header = pane.view.horizontalHeader()
    titles = [column.title for column in COLUMNS]
    assert header.length() == pane.view.viewport().width()
    what, position = titles.index("What"), titles.index("Position")
    widths = [header.sectionSize(number) for number in range(len(COLUMNS))]
    assert widths[position] < 120
    assert widths[what] == max(widths)


def test_a_journal_that_cannot_be_written_offers_nothing_and_says_why(pane: BookPane, qtbot: QtBot) -> None:
    reason = "another window has the journal"
    pane.show_state(STATE)
    pane.select(HoldingKey(1))
    pane.set_why_not(reason)
    for text in ("Enter condor", "Enter layer", "Close", "Roll", "Settle", "Note"):
        assert not button(pane, text).isEnabled()
        assert reason in button(pane, text).toolTip()
    actions = [action for action in pane.context_menu(pane.model_.index(0, 0)).actions() if action.text()]
    assert [action.isEnabled() for action in actions] == [False] * 6
    with qtbot.assertNotEmitted(pane.note_requested):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    pane.set_why_not("")
    assert button(pane, "Close").isEnabled()
    assert reason not in button(pane, "Enter condor").toolTip()
