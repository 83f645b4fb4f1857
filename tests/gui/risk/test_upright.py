"""Is a part that grows wider never cut?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from gui.risk.upright import Upright
from gui.widgets import plain_label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_wider_text_gets_its_room(qtbot: QtBot) -> None:
    part, label, splitter = QWidget(), plain_label("$1"), QSplitter()
    QHBoxLayout(part).addWidget(label)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(Upright(part))
    splitter.addWidget(QWidget())
    qtbot.addWidget(splitter)
    splitter.resize(600, 100)
    splitter.setSizes([60, 540])
    splitter.show()
    label.setText("-$1,234,567 to +$7,654,321")
    wanted = label.fontMetrics().horizontalAdvance(label.text())
    qtbot.waitUntil(lambda: label.width() >= wanted)
    assert part.width() <= splitter.sizes()[0]
