"""Can a trader pick and type values, see what differs and what was refused, and ask to save?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from core.playbook.edr_study import rung_shares
from gui.playbook.dialog import PlaybookDialog, shares_text
from gui.playbook.model import VALUE
from tests.core.histories import NAN, measured_of
from tests.core.playbooks import composite
from tests.gui.playbook.test_model import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from core.playbook.parameters import Playbook
    from gui.theme import Theme


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> Iterator[PlaybookDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    values = {"vix9d_used": [15.0, 10.0], "hv20_pct": [15.0, 10.0], "vix": [17.0, 10.0]}
    rungs = rung_shares(measured_of(**values), composite(), slice(None))
    dialog = PlaybookDialog(composite(), rungs, theme, parent)
    dialog.show()
    yield dialog
    parent.close()  # it lives as long as this line: the dialog goes with it


def edit(dialog: PlaybookDialog, key: str) -> QWidget:
    """Open the editor of a value as a double click does."""
    index = row_of(dialog.model, key, VALUE)
    dialog.tree.scrollTo(index)
    dialog.tree.setCurrentIndex(index)
    dialog.tree.edit(index)
    (editor,) = [w for w in dialog.tree.viewport().findChildren(QWidget) if w.accessibleName() == key]
    return editor


def test_a_typed_value_is_told_and_can_be_saved(qtbot: QtBot, dialog: PlaybookDialog) -> None:
    assert dialog.differences.text() == "Nothing is changed."
    assert not dialog.save.isEnabled()
    field = edit(dialog, "ladder.base")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.differences.text() == "Changed: ladder.base 25 → 30")
    heard: list[Playbook] = []
    dialog.save_requested.connect(heard.append)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert [playbook.number("ladder.base") for playbook in heard] == [30.0]


def test_a_choice_is_picked(dialog: PlaybookDialog) -> None:
    box = edit(dialog, "edr.formula")
    assert isinstance(box, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["A", "B", "C", "G", "H", "E3"]
    assert box.currentText() == "A"
    box.setCurrentText("H")
    box.activated.emit(box.currentIndex())
    assert dialog.model.playbook.text("edr.formula") == "H"


def test_a_flag_is_on_or_off(dialog: PlaybookDialog) -> None:
    box = edit(dialog, "l1.standing")
    assert isinstance(box, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["on", "off"]


def test_a_refusal_is_said_and_gone_with_the_next_change(qtbot: QtBot, dialog: PlaybookDialog) -> None:
    dialog.model.setData(row_of(dialog.model, "ladder.base", VALUE), "60")
    assert dialog.said.text() == "playbook composite: ladder.base: 60.0 is not a number from 5 to 50 %"
    assert dialog.differences.text() == "Nothing is changed."
    dialog.model.setData(row_of(dialog.model, "ladder.base", VALUE), "30")
    assert dialog.said.text() == ""


def test_many_changes_are_counted(dialog: PlaybookDialog) -> None:
    for key, value in {
        "ladder.base": "30",
        "rsi.n": "10",
        "vix.ma": "30",
        "ad.z": "40",
        "macd.fast": "10",
    }.items():
        assert dialog.model.setData(row_of(dialog.model, key, VALUE), value)
    assert dialog.differences.text().endswith(", and 1 more")


def test_the_share_of_days_on_each_rung_stands_beside_the_formula(dialog: PlaybookDialog) -> None:
    # A and H: 15 / sqrt(252) = 0.945 on one of two days; B: 17 / sqrt(252) = 1.071
    assert "A: 0.90 on 50 %, 0.95 on 0 %, 1.00 on 0 %, 1.05 on 0 %" in dialog.shares.text()
    assert "B: 0.90 on 50 %, 0.95 on 50 %, 1.00 on 50 %, 1.05 on 50 %" in dialog.shares.text()


def test_without_a_known_day_nothing_is_said_of_shares() -> None:
    nothing = measured_of(vix9d_used=[NAN], hv20_pct=[NAN], vix=[NAN])
    assert shares_text(rung_shares(nothing, composite(), slice(None))) == ""


def test_every_row_is_in_reach(dialog: PlaybookDialog) -> None:
    last = row_of(dialog.model, "capm.erp_pct", VALUE)
    dialog.tree.scrollTo(last)
    assert dialog.tree.visualRect(last).bottom() <= dialog.tree.viewport().height()
    assert dialog.tree.indexAt(QPoint(5, 5)).isValid()
