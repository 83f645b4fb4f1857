"""What does one item draw? It alone in a scene, on a picture of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene, QGraphicsWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsItem


def painted(item: QGraphicsItem, width: int, height: int, ground: str = "black") -> QImage:
    """Return the item drawn at its own place on a ground of so many pixels."""
    if isinstance(item, QGraphicsWidget):
        item.resize(width, height)
    scene = QGraphicsScene()
    scene.addItem(item)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    scene.render(painter, QRectF(0, 0, width, height), QRectF(0, 0, width, height))
    painter.end()
    scene.removeItem(item)
    return image


def rows_with(image: QImage, colour: str, columns: range | None = None) -> list[int]:
    """Return the rows in which a pixel has exactly the colour."""
    where = columns or range(image.width())
    return [y for y in range(image.height()) if any(image.pixelColor(x, y).name() == colour for x in where)]


def columns_with(image: QImage, colour: str) -> list[int]:
    """Return the columns in which a pixel has exactly the colour."""
    rows = range(image.height())
    return [x for x in range(image.width()) if any(image.pixelColor(x, y).name() == colour for y in rows)]
