"""What was each layer's state, session by session? Strips of pattern and colour, and a thin one for positions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.playbook.verdict import Trigger
from gui.charts.levels import Levels
from gui.charts.overlay import OVER_THE_LINES, Overlay
from gui.charts.painting import hair_pen
from gui.charts.strip import BY_PRESSURE, columns, patterns, picture, pressures, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from gui.charts.span import Span, ValueSpan
    from gui.theme import Theme

LAYERS = 4
ROW_GAP_PX = 3.0
LIVE_PX = 5.0
LETTER_ROOM_PX = 16.0
LEAST_STRIP_PX = 4

Stretches = tuple[tuple[float, float], ...]
"""Stretches of x, in session coordinates."""


class Timeline(Overlay):
    """Four rows from the top, L1 to L4, each with its triggers and below them the days it was held.

    The strips are kept as images until something changes, so that a moving crosshair costs nothing.
    """

    def __init__(self, box: Any, theme: Theme) -> None:
        """Lie in a pane of its own."""
        super().__init__(box, theme, OVER_THE_LINES)
        self.rows = tuple(Levels(np.empty(0)) for _ in range(LAYERS))
        self.live: tuple[Stretches, ...] = ((),) * LAYERS
        self._shown: list[NDArray[np.int64]] = []
        self._images: list[QImage] = []

    def fill(self, states: NDArray[np.int8]) -> None:
        """Take the triggers, shape (4, sessions), each a place in TRIGGERS."""
        self.rows = tuple(Levels(pressures(row)) for row in states)
        self._change()

    def put(self, row: int, index: int, trigger: Trigger) -> None:
        """Set one layer's trigger at a session; those between the last one and it become unknown."""
        levels, pressure = self.rows[row], float(BY_PRESSURE.index(trigger))
        if index < levels.length and levels.values[index] == pressure:
            return
        while levels.length < index:
            levels.put(levels.length, float(BY_PRESSURE.index(Trigger.UNKNOWN)))
        levels.put(index, pressure)
        self._change()

    def cut(self, length: int) -> None:
        """Drop the sessions from `length` on."""
        for levels in self.rows:
            levels.cut(length)
        self._change()

    def hold(self, live: tuple[Stretches, ...]) -> None:
        """Take the stretches of x in which each layer was held."""
        if live != self.live:
            self.live = live
            self.update()

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        super().dress(theme)
        self._change()

    def show_range(self, span: Span, values: ValueSpan) -> None:
        """Draw for this stretch of sessions."""
        super().show_range(span, values)
        self._change()

    def _change(self) -> None:
        self._images = []
        self.update()

    def trigger_at(self, row: int, index: int) -> Trigger | None:
        """Return a layer's trigger at a session, None where none is stored."""
        if not 0 <= index < self.rows[row].length:
            return None
        return BY_PRESSURE[int(self.rows[row].values[index])]

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the rows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        pitch = self.values.height_px / LAYERS
        height = pitch - 2 * ROW_GAP_PX - LIVE_PX - 1
        if not self._images:
            self._draw_strips(height, painter.device().devicePixelRatio())
        for row in range(LAYERS):
            strip = QRectF(0, math.floor(row * pitch + ROW_GAP_PX), self.span.width_px, height)
            painter.setPen(hair_pen(self.theme.grid_line))
            painter.drawRect(strip)
            painter.drawImage(strip.topLeft(), self._images[row])
            self._paint_words(painter, self._shown[row], strip)
            self._paint_live(painter, row, strip.bottom() + 1)

    def _draw_strips(self, height: float, ratio: float) -> None:
        """Draw the strips at the device's own pixels."""
        width = max(round(self.span.width_px * ratio), 1)
        pictures, colours = patterns(self.theme, width, max(round(height * ratio), LEAST_STRIP_PX))
        self._shown = [columns(levels, self.span, width) for levels in self.rows]
        self._images = [picture(shown, pictures, colours) for shown in self._shown]
        for image in self._images:
            image.setDevicePixelRatio(ratio)

    def _paint_words(self, painter: QPainter, shown: NDArray[np.int64], strip: QRectF) -> None:
        """Write the state into runs with room for its word; its letter, if sessions are that wide."""
        painter.setFont(QApplication.font())
        metrics = QFontMetricsF(painter.font())
        if strip.height() < metrics.ascent() + 2:
            return
        scale = strip.width() / len(shown)
        begins, ends = runs(shown)
        for i in np.flatnonzero(((ends - begins) * scale >= LETTER_ROOM_PX) & (shown[begins] > 0)):
            word, room = BY_PRESSURE[shown[begins[i]]].value, (ends[i] - begins[i]) * scale
            centre = QPointF((begins[i] + ends[i]) / 2 * scale, strip.center().y())
            if room > metrics.horizontalAdvance(word) + 12:
                self._paint_word(painter, metrics, word, centre)
            elif self.span.sessions_per_pixel < 1:
                self._paint_word(painter, metrics, word[0].upper(), centre)

    def _paint_word(self, painter: QPainter, metrics: QFontMetricsF, text: str, centre: QPointF) -> None:
        width, height = metrics.horizontalAdvance(text) + 6, metrics.ascent() + 2
        plate = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        painter.fillRect(plate, QColor(self.theme.panel))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_live(self, painter: QPainter, row: int, top: float) -> None:
        for x0, x1 in self.live[row]:
            left, right = self.span.pixel(x0), self.span.pixel(x1)
            painter.fillRect(QRectF(left, top, max(right - left, 2.0), LIVE_PX), QColor(self.theme.position_live))
