"""Where is the reader looking? One line through all panes, and a ring where it meets each series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.charts.painting import hair_pen

if TYPE_CHECKING:
    from gui.theme import Theme

RING_PX = 3.5


class Crosshair(QGraphicsItem):
    """A vertical line in the scene's pixels, hidden until it is placed."""

    def __init__(self, theme: Theme) -> None:
        """Make it hidden, over everything."""
        super().__init__()
        self._theme = theme
        self._line = QLineF()
        self._rings: tuple[tuple[QPointF, str], ...] = ()
        self.setZValue(1000)
        self.setVisible(False)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self._theme = theme
        self.update()

    def place(self, line: QLineF, rings: tuple[tuple[QPointF, str], ...]) -> None:
        """Stand at a line of the scene, with rings at points in the colours of the named roles."""
        self.prepareGeometryChange()
        self._line, self._rings = line, rings
        self.setVisible(True)

    def boundingRect(self) -> QRectF:
        """Return the line with room for the rings."""
        reach = RING_PX + 2
        return QRectF(self._line.p1(), self._line.p2()).normalized().adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the line, then the rings."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(hair_pen(self._theme.crosshair))
        painter.drawLine(self._line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.panel)
        for point, role in self._rings:
            painter.setPen(hair_pen(getattr(self._theme, role)))
            painter.drawEllipse(point, RING_PX, RING_PX)
