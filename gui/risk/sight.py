"""Where is SPX, where does the what-if have it, and where is the reader looking? Upright lines over the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QPointF, Qt

from gui.formats import number_text
from gui.risk.overlay import OVER, Overlay

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from gui.theme import Theme

RING_PX = 3.5


class Sight(Overlay):
    """The line of the market, that of the what-if, and the crosshair with a ring on each curve."""

    def __init__(self, box: Any, theme: Theme) -> None:
        super().__init__(box, theme, OVER - 10)
        self.market: float | None = None
        self.what_if: float | None = None
        self.pointed: float | None = None
        self.rings: tuple[tuple[float, str], ...] = ()

    def show_levels(self, market: float | None, what_if: float | None) -> None:
        """Show where SPX is, and where the what-if has it where that is elsewhere."""
        self.market, self.what_if = market, what_if
        self.update()

    def point_at(self, spx: float | None, rings: tuple[tuple[float, str], ...] = ()) -> None:
        """Stand at a level, with rings (dollars, role of the colour); None takes the crosshair away."""
        self.pointed, self.rings = spx, rings
        self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Draw the lines, the crosshair last."""
        if self.market is not None:
            self._paint_line(painter, self.market, "series_spx", f"SPX {number_text(self.market, 1)}")
        if self.what_if is not None:
            self._paint_line(painter, self.what_if, "amber", f"what-if {number_text(self.what_if, 1)}")
        if self.pointed is not None:
            self._paint_crosshair(painter, self.pointed)

    def _paint_line(self, painter: QPainter, spx: float, role: str, text: str) -> None:
        x, box = self.pixel_x(spx), self.boundingRect()
        if not box.left() <= x <= box.right():
            return
        is_what_if = spx == self.what_if
        style = Qt.PenStyle.DashDotLine if is_what_if else Qt.PenStyle.SolidLine
        painter.setPen(self.pen(role, style))
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        line = painter.fontMetrics().height() + 2.0
        height = box.bottom() - 2 * line if is_what_if else box.top() + line / 2
        self.write(painter, self.plate(text, QPointF(x, height)), text, role)

    def _paint_crosshair(self, painter: QPainter, spx: float) -> None:
        x, box = self.pixel_x(spx), self.boundingRect()
        painter.setPen(self.pen("crosshair"))
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setBrush(self.colour("panel"))
        for value, role in self.rings:
            painter.setPen(self.pen(role))
            painter.drawEllipse(QPointF(x, self.pixel_y(value)), RING_PX, RING_PX)
