"""What do the axes say? Values at the sides, dates below: labels only, in a strip of fixed width."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from gui.charts.painting import hair_pen
from gui.charts.span import Span
from gui.charts.ticks import date_ticks, value_texts, value_ticks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gui.theme import Theme

LINES_PER_TICK = 1.9
DATE_GAP_IN_DIGITS = 10
DATE_FORM = "%a %Y-%m-%d"


class ValueScale(QGraphicsWidget):
    """Round values beside a pane, or `fixed` texts. Labels of the "left" side end at the pane's edge."""

    def __init__(self, side: str, theme: Theme) -> None:
        """Make an empty scale."""
        super().__init__()
        self._side, self._theme, self._colour = side, theme, theme.text_muted
        self._low, self._high = 0.0, 0.0
        self.ticks: list[float] = []
        self.fixed: tuple[tuple[float, str], ...] = ()

    def dress(self, theme: Theme, colour: str | None = None) -> None:
        """Take a theme on; `colour` is that of the one series that the scale is for."""
        self._theme, self._colour = theme, colour or theme.text_muted
        self.update()

    def show_range(self, low: float, high: float, *, has_values: bool = True) -> None:
        """Label the values from the pane's bottom to its top; without values there is no scale."""
        self._low, self._high = low, high
        lines = self.size().height() / QFontMetricsF(self.font()).height()
        self.ticks = (
            [] if self.fixed or not has_values else value_ticks(low, high, math.ceil(lines / LINES_PER_TICK))
        )
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw each label centred on its value."""
        painter.setPen(QColor(self._theme.text_muted))
        metrics = QFontMetricsF(self.font())
        width, height = self.size().width(), self.size().height()
        drop = (metrics.ascent() - metrics.descent()) / 2
        for tick, text in self._texts(metrics):
            y = height * (self._high - tick) / (self._high - self._low)
            if metrics.height() / 2 <= y <= height - metrics.height() / 2:
                x = width - metrics.horizontalAdvance(text) - 6 if self._side == "left" else 6.0
                painter.drawText(QPointF(x, y + drop), text)
        if self._colour != self._theme.text_muted:
            self._mark_series(painter)

    def _texts(self, metrics: QFontMetricsF) -> list[tuple[float, str]]:
        """Return values and texts: the fixed ones cut to the width, else the round numbers."""
        if not self.fixed:
            return list(zip(self.ticks, value_texts(self.ticks), strict=True))
        room, cut = self.size().width() - 8, Qt.TextElideMode.ElideRight
        return [(value, metrics.elidedText(text, cut, room)) for value, text in self.fixed]

    def _mark_series(self, painter: QPainter) -> None:
        """Draw a bar in the series' colour along the pane's edge: these labels are that line's."""
        x = self.size().width() - 3 if self._side == "left" else 0.0
        painter.fillRect(QRectF(x, 0, 3, self.size().height()), QColor(self._colour))


class DateScale(QGraphicsWidget):
    """The dates below the lowest pane, and the date under the crosshair."""

    def __init__(self, theme: Theme) -> None:
        """Make an empty scale."""
        super().__init__()
        self._theme = theme
        self._ticks = date_ticks(np.empty(0, "datetime64[D]"))
        self._span = Span(0.0, 1.0, 1.0)
        self._pointed: int | None = None
        self.shown: list[tuple[int, str]] = []

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self._theme = theme
        self.update()

    def fill(self, days: NDArray[np.datetime64]) -> None:
        """Take the session days; they may reach beyond the series."""
        self._ticks = date_ticks(days)
        self.update()

    def show_span(self, span: Span) -> None:
        """Label the sessions in view."""
        self._span = span
        gap = QFontMetricsF(self.font()).horizontalAdvance("0" * DATE_GAP_IN_DIGITS)
        self.shown = self._ticks.visible(span.x0, span.x1, span.sessions_per_pixel, gap)
        self.update()

    def point_at(self, index: int | None) -> None:
        """Show the date of one session, None for none."""
        if index != self._pointed:
            self._pointed = index
            self.update()

    def text_of(self, index: int) -> str:
        """Return the date of a session with its weekday, "" where no session is known."""
        days = self._ticks.days
        return f"{days[index].astype(object):{DATE_FORM}}" if 0 <= index < len(days) else ""

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the labels, then the pointed date over them."""
        metrics = QFontMetricsF(self.font())
        base = metrics.ascent() + 4
        painter.setPen(QColor(self._theme.text_muted))
        free_from = 0.0
        for index, text in self.shown:
            width = metrics.horizontalAdvance(text)
            x = min(max(self._span.pixel(index) - width / 2, 0.0), self.size().width() - width)
            if x >= free_from:
                painter.drawText(QPointF(x, base), text)
                free_from = x + width + metrics.averageCharWidth()
        if self._pointed is not None:
            self._paint_pointed(painter, metrics, self._pointed)

    def _paint_pointed(self, painter: QPainter, metrics: QFontMetricsF, index: int) -> None:
        text = self.text_of(index)
        width = metrics.horizontalAdvance(text) + 12
        left = min(max(self._span.pixel(index) - width / 2, 0.0), self.size().width() - width)
        box = QRectF(left, 1, width, metrics.height() + 6)
        painter.fillRect(box, QColor(self._theme.panel_alternate))
        painter.setPen(hair_pen(self._theme.crosshair))
        painter.drawRect(box)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
