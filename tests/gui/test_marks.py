"""Can the marks be told apart without colour?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from core.playbook.verdict import Says, Trigger
from gui.marks import DIVERGENCE_MARKS, SAYS_MARKS, TRIGGER_MARKS, ZONE_MARKS, Shape, mark_icon, paint_mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.marks import Mark
    from gui.theme import Theme

SIDE = 32
TABLES = (TRIGGER_MARKS, SAYS_MARKS, ZONE_MARKS, DIVERGENCE_MARKS)


def drawn(shape: Shape, side: int = SIDE) -> QImage:
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_mark(painter, QRectF(0, 0, side, side), shape, QColor("black"))
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of grey over all pixels, 0 to 255."""
    total = sum(
        abs(one.pixelColor(x, y).red() - other.pixelColor(x, y).red())
        for x in range(one.width())
        for y in range(one.height())
    )
    return total / (one.width() * one.height())


@pytest.mark.parametrize("table", TABLES)
def test_no_two_words_of_a_table_share_a_shape(table: dict[object, Mark], qapp: QApplication) -> None:
    assert len({mark.shape for mark in table.values()}) == len(table)
    assert len({mark.word for mark in table.values()}) == len(table)


def test_shapes_differ_in_grey_at_the_size_they_are_read(qapp: QApplication) -> None:
    for one, other in combinations(Shape, 2):
        assert difference(drawn(one, 14), drawn(other, 14)) > 12, (one, other)


def test_every_trigger_and_every_word_of_a_rule_has_a_mark() -> None:
    assert set(TRIGGER_MARKS) == set(Trigger)
    assert set(SAYS_MARKS) == set(Says)


def test_an_icon_takes_the_themes_colour(any_theme: Theme) -> None:
    for table in TABLES:
        for mark in table.values():
            image = mark_icon(mark, any_theme).pixmap(SIDE, SIDE).toImage()
            colours = {image.pixelColor(x, y).name() for x in range(SIDE) for y in range(SIDE)}
            assert getattr(any_theme, mark.role) in colours
