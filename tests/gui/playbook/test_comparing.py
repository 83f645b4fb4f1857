"""Are two playbooks compared key by key as the command does it, also with one from a file?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.playbook.compare import comparison_record
from core.playbook.parameters import with_values
from gui.playbook.comparing import ComparisonDialog
from gui.playbook.values import value_text
from tests.core.playbooks import composite, preset, preset_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ComparisonDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    known = {name: preset(name) for name in preset_names()}
    dialog = ComparisonDialog(known, "composite", "000-ladder", parent)
    dialog.show()
    yield dialog
    parent.close()


def shown(dialog: ComparisonDialog) -> list[list[str]]:
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("other", ["000-ladder", "002-spike", "4-4-2"])
def test_the_rows_are_those_of_the_command(dialog: ComparisonDialog, other: str) -> None:
    dialog.second.setCurrentText(other)
    record = comparison_record(composite(), preset(other))
    rows = shown(dialog)
    assert [row[0] for row in rows] == [row["key"] for row in record["differences"]]
    for row, told in zip(rows, record["differences"], strict=True):
        is_tree = told["key"].startswith("layers.")
        assert row[1:3] == [
            "-" if is_tree and not value else value_text(value) for value in (told["first"], told["second"])
        ]
        assert row[3] == told["unit"]
    assert f"{len(rows)} differences" in dialog.said.text()
    assert preset(other).hash[:12] in dialog.said.text()


def test_a_playbook_and_itself_have_the_same_rules(dialog: ComparisonDialog) -> None:
    dialog.second.setCurrentText("composite")
    assert shown(dialog) == []
    assert "the same rules" in dialog.said.text()


def test_a_playbook_of_a_file_comes_in_and_is_compared(dialog: ComparisonDialog) -> None:
    mine = with_values(composite(), {"ladder.base": 30.0})
    dialog.first.setCurrentText("composite")
    dialog.add(mine)
    dialog.add(mine)
    assert dialog.second.currentText() == "composite (file)"
    assert dialog.second.count() == len(preset_names()) + 1
    assert shown(dialog) == [["ladder.base", "25", "30", "%", "seed 000"]]
    dialog.say("Not compared: no playbook")
    assert dialog.said.text() == "Not compared: no playbook"


def test_a_file_is_asked_for_by_its_button(qtbot: QtBot, dialog: ComparisonDialog) -> None:
    from PySide6.QtWidgets import QPushButton

    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "From a f&ile…"]
    with qtbot.waitSignal(dialog.file_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
