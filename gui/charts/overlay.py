"""What is drawn over or under the lines of a pane? Items in the pane's own pixels: zones, rungs, ticks, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.charts.painting import hair_pen
from gui.charts.span import Span, ValueSpan

if TYPE_CHECKING:
    from gui.theme import Theme

UNDER_THE_LINES, OVER_THE_LINES = -50, 50


class Overlay(QGraphicsItem):
    """An item as large as its pane, in the pane's pixels; `show_range` tells it what is in view."""

    def __init__(self, box: Any, theme: Theme, z: int) -> None:
        """Lie in a pyqtgraph ViewBox, under or over its lines."""
        super().__init__(box)
        self.setZValue(z)
        self.theme = theme
        self.span = Span(0.0, 1.0, 1.0)
        self.values = ValueSpan(0.0, 1.0, 1.0)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self.theme = theme
        self.update()

    def show_range(self, span: Span, values: ValueSpan) -> None:
        """Draw for this stretch of sessions and values."""
        if (span.width_px, values.height_px) != (self.span.width_px, self.values.height_px):
            self.prepareGeometryChange()
        self.span, self.values = span, values
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the pane's rectangle."""
        return QRectF(0, 0, self.span.width_px, self.values.height_px)


@dataclass(frozen=True, slots=True)
class Zone:
    """A tinted band of values; None reaches to the pane's edge. `role` names the theme's colour."""

    low: float | None
    high: float | None
    role: str


class Backdrop(Overlay):
    """Zone tints, a light line at each tick, the few level lines that matter, and a notice in place of data."""

    def __init__(self, box: Any, theme: Theme) -> None:
        """Lie under the lines, with nothing but the panel's colour at first."""
        super().__init__(box, theme, UNDER_THE_LINES)
        self.zones: tuple[Zone, ...] = ()
        self.levels: tuple[float, ...] = ()
        self.ticks: list[float] = []
        self.dates: list[int] = []
        self.notice = ""

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw from the back to the front."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(self.boundingRect(), QColor(self.theme.panel))
        for zone in self.zones:
            self._paint_zone(painter, zone)
        width, height = self.span.width_px, self.values.height_px
        down = [QLineF(x, 0, x, height) for x in (self.span.pixel(i) for i in self.dates)]
        painter.setPen(hair_pen(self.theme.grid_line))
        painter.drawLines(down + [self._across(tick, width) for tick in self.ticks])
        painter.setPen(hair_pen(self.theme.rung_line))
        painter.drawLines([self._across(level, width) for level in self.levels])
        if self.notice:
            self._paint_notice(painter)

    def _paint_notice(self, painter: QPainter) -> None:
        """Write the notice into the middle, on a plate of the panel's colour."""
        painter.setFont(QApplication.font())
        plate = painter.boundingRect(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, self.notice)
        painter.fillRect(plate.adjusted(-8, -3, 8, 3), QColor(self.theme.panel))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.notice)

    def _across(self, value: float, width: float) -> QLineF:
        y = self.values.pixel(value)
        return QLineF(0, y, width, y)

    def _paint_zone(self, painter: QPainter, zone: Zone) -> None:
        top = 0.0 if zone.high is None else max(self.values.pixel(zone.high), 0.0)
        bottom = self.values.height_px
        if zone.low is not None:
            bottom = min(self.values.pixel(zone.low), bottom)
        if top < bottom:
            painter.fillRect(
                QRectF(0, top, self.span.width_px, bottom - top), QColor(getattr(self.theme, zone.role))
            )
