"""Does a dialog refuse live, hand over one draft, and lose nothing that was typed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from core.journal.entry import EntryKind
from gui.entry.account import AccountDialog
from tests.gui.states import NOW

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.entry.dialog import Ground


@pytest.fixture
def dialog(qtbot: QtBot, ground: Ground) -> AccountDialog:
    dialog = AccountDialog(ground)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def fill_in(dialog: AccountDialog) -> None:
    dialog.equity.setText("250000")
    dialog.cash.setText("-1200.50")
    dialog.notional.setText("100000")


def test_at_first_it_asks_for_what_is_needed_without_red(dialog: AccountDialog) -> None:
    assert dialog.state_label.text() == "Still needed: Equity $, Cash $, Notional $"
    assert all(not row.reason for row in dialog.form.rows.values())
    assert not dialog.accept_button.isEnabled()
    assert dialog.draft is None


def test_a_refusal_appears_beside_its_field_as_one_types(dialog: AccountDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.equity, "12x")
    assert "'12x' is not a number" in dialog.form.rows["equity"].reason
    assert dialog.form.rows["equity"].refusal.isVisible()
    qtbot.keyClick(dialog.equity, Qt.Key.Key_Backspace)
    assert dialog.form.rows["equity"].reason == ""


def test_a_refusal_of_the_act_finds_its_row(dialog: AccountDialog) -> None:
    fill_in(dialog)
    dialog.notional.setText("0")
    assert "must be above zero" in dialog.form.rows["notional"].reason


def test_enter_hands_over_the_draft_once_and_waits_for_the_commit(dialog: AccountDialog, qtbot: QtBot) -> None:
    fill_in(dialog)
    with qtbot.waitSignal(dialog.submitted) as handed:
        qtbot.keyClick(dialog.notional, Qt.Key.Key_Return)
    draft = handed.args[0]
    assert draft.kind is EntryKind.ACCOUNT_STATED
    assert draft.body["cash_e8"] == -120_050_000_000
    assert draft.event_time == NOW
    assert dialog.isVisible()
    assert not dialog.accept_button.isEnabled()
    assert not dialog.equity.isEnabled()
    dialog.saved()
    assert not dialog.isVisible()


def test_when_saving_fails_everything_typed_is_still_there(dialog: AccountDialog) -> None:
    fill_in(dialog)
    dialog.accept()
    dialog.failed("the disk is full")
    assert dialog.isVisible()
    assert dialog.state_label.text() == "Not saved: the disk is full"
    assert dialog.equity.text() == "250000"
    assert dialog.accept_button.isEnabled()
    assert dialog.equity.isEnabled()


def test_enter_on_a_refused_form_goes_to_the_row_in_the_way(dialog: AccountDialog, qtbot: QtBot) -> None:
    fill_in(dialog)
    dialog.cash.setText("nan")
    dialog.equity.setFocus()
    with qtbot.assertNotEmitted(dialog.submitted):
        qtbot.keyClick(dialog.equity, Qt.Key.Key_Return)
    assert dialog.cash.hasFocus()
    assert dialog.isVisible()


def test_escape_closes_an_untouched_form_at_once(dialog: AccountDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(("answer", "stays"), [("Keep", True), ("Throw away", False)])
def test_escape_asks_only_if_something_was_typed(
    dialog: AccountDialog, qtbot: QtBot, answer: str, stays: bool
) -> None:
    dialog.equity.setText("1")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    box = dialog.findChild(QMessageBox)
    assert box is not None
    button = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == answer)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible() is stays
    assert dialog.equity.text() == "1"


def test_a_time_left_alone_is_exact_and_one_typed_is_new_york(dialog: AccountDialog) -> None:
    fill_in(dialog)
    assert dialog.draft is not None
    assert dialog.draft.event_time == NOW
    dialog._at.setText("2018-02-02 14:06")
    assert "future" in dialog.form.rows["at"].reason
    dialog._at.setText("2018-02-01")
    assert dialog.draft is not None
    assert dialog.draft.event_time.isoformat() == "2018-02-01T21:00:00+00:00"
