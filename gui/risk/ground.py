"""What lies behind the payoff curves? Gain above and loss below zero, and how far EDR reaches from SPX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt

from gui.formats import number_text
from gui.risk.overlay import UNDER, Overlay

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from core.risk_state import EdrBand
    from gui.theme import Theme

BAND_ALPHA = 46


class Ground(Overlay):
    """The tints of gain and loss, the EDR bands as a strip at the foot, and the line of zero."""

    def __init__(self, box: Any, theme: Theme) -> None:
        super().__init__(box, theme, UNDER)
        self.bands: tuple[EdrBand, ...] = ()

    def show_bands(self, bands: tuple[EdrBand, ...]) -> None:
        """Show where so many EDRs end."""
        self.bands = tuple(sorted(bands, key=lambda band: -band.multiple))
        self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Draw from the back to the front."""
        box = self.boundingRect()
        zero = min(max(self.pixel_y(0.0), box.top()), box.bottom())
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), zero - box.top()), self.colour("zone_green"))
        painter.fillRect(QRectF(box.left(), zero, box.width(), box.bottom() - zero), self.colour("zone_red"))
        foot = painter.fontMetrics().height() + 3
        for band in self.bands:
            left, right = self.pixel_x(band.low), self.pixel_x(band.high)
            strip = QRectF(left, box.bottom() - foot, right - left, foot).intersected(box)
            painter.fillRect(strip, self.colour("series_edr", BAND_ALPHA))
        painter.setPen(self.pen("rung_line"))
        painter.drawLine(QLineF(box.left(), zero, box.right(), zero))
        self._paint_edges(painter)

    def _paint_edges(self, painter: QPainter) -> None:
        """Draw a dotted line where each band ends, its multiple at the foot where there is room for it."""
        box, line = self.boundingRect(), painter.fontMetrics().height() + 3.0
        free_from = box.left()
        for x, name in sorted((self.pixel_x(level), name) for band in self.bands for level, name in _edges(band)):
            painter.setPen(self.pen("series_edr", Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(x, box.top(), x, box.bottom() - line))
            plate = self.plate(name, QPointF(x, box.bottom() - line / 2))
            if plate.left() >= free_from and box.left() <= x <= box.right():
                painter.setPen(self.colour("text"))
                painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)
                free_from = plate.right()


def _edges(band: EdrBand) -> tuple[tuple[float, str], tuple[float, str]]:
    decimals = 0 if band.multiple == int(band.multiple) else 1
    named = number_text(band.multiple, decimals)
    return (band.low, f"-{named}"), (band.high, f"+{named}")
