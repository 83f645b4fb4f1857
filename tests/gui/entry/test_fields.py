"""Do rows carry labels, buddies and refusals, and do lists ignore the wheel?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from gui.entry.fields import REFUSED, EntryForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[EntryForm]:
    window = QWidget()
    qtbot.addWidget(window)
    form = EntryForm(window)
    window.setLayout(form.grid)
    yield form
    window.close()  # the window owns the form: it must outlive the test


def test_a_label_is_the_buddy_of_its_field(form: EntryForm) -> None:
    field = form.line("credit", "C&redit", hint="points")
    label = form.grid.labelForField(form.rows["credit"])
    assert isinstance(label, QLabel)
    assert label.buddy() is field
    assert field.accessibleName() == "Credit points"


def test_a_refusal_has_a_sign_and_is_spoken(form: EntryForm, theme: Theme) -> None:
    first, second = form.lines("puts", "&Puts", ("long", "short"))
    row = form.rows["puts"]
    row.show_refusal("2600/2550 do not ascend", theme)
    assert row.refusal.text() == f"{REFUSED}2600/2550 do not ascend"
    assert not row.refusal.isHidden()
    assert first.accessibleDescription() == second.accessibleDescription() == "2600/2550 do not ascend"
    row.show_refusal("", theme)
    assert row.refusal.isHidden()


def test_every_kind_of_field_tells_of_an_edit(form: EntryForm, qtbot: QtBot) -> None:
    line, box, words = form.line("a", "A"), form.choice("b", "B", ("x", "y")), QPlainTextEdit()
    form.add("c", "C", (words,))
    for change in (lambda: line.setText("1"), lambda: box.setCurrentIndex(1), lambda: words.setPlainText("w")):
        with qtbot.waitSignal(form.edited):
            change()
    assert form.texts() == ("1", "y", "w")


def test_the_wheel_changes_no_list(form: EntryForm) -> None:
    box = form.choice("root", "Root", ("SPX", "SPXW", "XSP"))
    none = Qt.MouseButton.NoButton
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turn)
    assert box.currentText() == "SPX"
