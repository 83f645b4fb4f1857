"""What is drawn over or under the curves of a risk plot? Items in the box's own pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem

if TYPE_CHECKING:
    from gui.theme import Theme

UNDER, OVER = -50, 50
PLATE_PX = 4


class Overlay(QGraphicsItem):
    """As large as its pyqtgraph ViewBox, drawn anew whenever the box shows another range."""

    def __init__(self, box: Any, theme: Theme, z: int) -> None:
        super().__init__(box)
        self.box, self.theme = box, theme
        self.setZValue(z)
        box.sigRangeChanged.connect(lambda *_: self.update())
        box.sigResized.connect(lambda *_: self.prepareGeometryChange())

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self.theme = theme
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the box."""
        return QRectF(self.box.rect())

    def pixel_x(self, value: float) -> float:
        """Return the pixel of a value on the x axis."""
        return float(self.box.mapFromView(QPointF(value, 0)).x())

    def pixel_y(self, value: float) -> float:
        """Return the pixel of a value on the y axis."""
        return float(self.box.mapFromView(QPointF(0, value)).y())

    def colour(self, role: str, alpha: int = 255) -> QColor:
        """Return the theme's colour of a role."""
        found = QColor(getattr(self.theme, role))
        found.setAlpha(alpha)
        return found

    def pen(self, role: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Return a line of one pixel in the colour of a role."""
        return QPen(self.colour(role), 1, style)

    def plate(self, text: str, place: QPointF, align: float = 0.5) -> QRectF:
        """Return the room of a text inside the box; `align` 0 begins at the place, 1 ends there."""
        metrics, box = QFontMetricsF(QApplication.font()), self.boundingRect()
        width, height = metrics.horizontalAdvance(text) + 2 * PLATE_PX, metrics.height() + 2
        left = min(max(place.x() - align * width, box.left()), box.right() - width)
        top = min(max(place.y() - height / 2, box.top()), box.bottom() - height)
        return QRectF(left, top, width, height)

    def write(self, painter: QPainter, plate: QRectF, text: str, role: str) -> None:
        """Write a text on its plate."""
        painter.setFont(QApplication.font())
        painter.fillRect(plate, self.colour("panel", 225))
        painter.setPen(self.colour(role))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


class Notice(Overlay):
    """Words in the middle of the box, in place of a picture that there cannot be."""

    def __init__(self, box: Any, theme: Theme) -> None:
        super().__init__(box, theme, OVER + 10)
        self.text = ""

    def say(self, text: str) -> None:
        """Say something, "" for nothing."""
        if text != self.text:
            self.text = text
            self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Write the words, wrapped."""
        if not self.text:
            return
        painter.setFont(QApplication.font())
        room = self.boundingRect().adjusted(24, 8, -24, -8)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        plate = painter.boundingRect(room, flags, self.text)
        painter.fillRect(plate.adjusted(-10, -6, 10, 6), self.colour("panel_alternate"))
        painter.setPen(self.colour("text"))
        painter.drawText(plate, flags, self.text)
