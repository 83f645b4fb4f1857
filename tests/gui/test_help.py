"""Can the boxes of the Help menu be read and closed in a window that is lower than their list?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QScrollArea, QWidget

from gui.actions import shortcut_lines
from gui.help import about_box, shortcuts_box

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


Part = TypeVar("Part", bound=QWidget)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1280, 800)
    return parent


def part(box: QWidget, kind: type[Part]) -> Part:
    found = box.findChild(kind)
    assert isinstance(found, kind)
    return found


def spare_px(box: QWidget) -> int:
    """Return how much higher the place of the list is than the list."""
    area = part(box, QScrollArea)
    body = area.widget()
    assert body is not None
    return area.height() - body.height()


def test_every_key_is_listed_and_the_box_is_no_higher_than_the_window(window: QWidget) -> None:
    box = shortcuts_box(window)
    box.show()
    told = {label.text() for label in box.findChildren(QLabel)}
    assert {text for line in shortcut_lines() for text in line} <= told
    assert box.height() <= 720
    assert spare_px(box) < 0  # the list scrolls, and the button is in the box
    assert part(box, QDialogButtonBox).geometry().bottom() < box.height()


def test_a_short_list_needs_no_scrolling(window: QWidget) -> None:
    box = about_box(window)
    box.show()
    assert spare_px(box) >= 0
