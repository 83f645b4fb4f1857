"""How does one series become a line? The level of detail that fits the pixels, with NaN left as gaps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.charts.levels import Levels
from gui.charts.painting import hair_pen
from gui.formats import PROVISIONAL_MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gui.charts.span import Span

REACH = 2
"""Sessions drawn beyond the exposed edges, so that a line runs off the picture and not up to it."""

FEW_PER_PIXEL, SECOND_STROKE_PX = 0.5, 0.5
"""A line of few points is drawn twice, so far apart: twice the weight at a tenth of the cost of a wide pen."""

RING_PX = 3.0
RING_ROOM_PX = 6.0


class Curve(QGraphicsItem):
    """One series over session indices, drawn inside a view box.

    `gain` and `offset` map its values to the box's y axis, so that two scales can share one box.
    """

    def __init__(self) -> None:
        """Make an empty curve; `fill` gives it values, `dress` its colour."""
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.levels = Levels(np.empty(0))
        self.gain, self.offset = 1.0, 0.0
        self.closes = 0
        self._drawn_low, self._drawn_high = 0.0, 0.0
        self._sessions_per_pixel = 1.0
        self._pen = hair_pen("black")

    def dress(self, colour: str) -> None:
        """Draw in a colour from now on."""
        self._pen = hair_pen(colour)
        self.update()

    def fill(self, values: NDArray[np.float64]) -> None:
        """Take new values, one a session, all of them closes: what is put after them is provisional."""
        self.prepareGeometryChange()
        self.closes = len(values)
        self.levels = Levels(values)
        low, high = self.levels.extremes(0, len(values), math.inf)
        self._drawn_low, self._drawn_high = np.nan_to_num([low, high])

    def put(self, index: int, value: float) -> None:
        """Set the value of one session; those between the last one and it become gaps."""
        while self.levels.length < index:
            self._put(self.levels.length, np.nan)
        self._put(index, value)

    def _put(self, index: int, value: float) -> None:
        grows = index >= self.levels.length or not self._drawn_low <= value <= self._drawn_high
        if grows:
            self.prepareGeometryChange()
            self._drawn_low = float(np.fmin(self._drawn_low, value))
            self._drawn_high = float(np.fmax(self._drawn_high, value))
        self.levels.put(index, value)
        reach = REACH + RING_ROOM_PX * self._sessions_per_pixel
        self.update(self._rect(index - reach, index + reach))

    def cut(self, length: int) -> None:
        """Drop the sessions from `length` on."""
        self.prepareGeometryChange()
        self.levels.cut(length)

    def map_onto(self, gain: float, offset: float) -> None:
        """Draw value v at gain * v + offset of the box's y axis."""
        if (gain, offset) != (self.gain, self.offset):
            self.prepareGeometryChange()
            self.gain, self.offset = gain, offset
            self.update()

    def extremes(self, span: Span) -> tuple[float, float]:
        """Return the least and greatest value in view, NaN where there is none."""
        return self.levels.extremes(span.first, span.last, span.sessions_per_pixel)

    @property
    def end(self) -> int:
        """The index after the last session that has a value, 0 where none has."""
        known = np.flatnonzero(np.isfinite(self.levels.values))
        return int(known[-1]) + 1 if len(known) else 0

    def value_at(self, index: int) -> float:
        """Return the value of a session, NaN outside the series."""
        return float(self.levels.values[index]) if 0 <= index < self.levels.length else math.nan

    def mark_at(self, index: int) -> str:
        """Return the mark of a value that is provisional, "" for a close."""
        return PROVISIONAL_MARK if self.closes <= index < self.levels.length else ""

    def boundingRect(self) -> QRectF:
        """Return the whole series in the box's coordinates."""
        reach = REACH + RING_ROOM_PX * self._sessions_per_pixel
        return self._rect(-reach, self.levels.length + reach)

    def _rect(self, x0: float, x1: float) -> QRectF:
        ends = self.gain * self._drawn_low + self.offset, self.gain * self._drawn_high + self.offset
        margin = (abs(ends[1] - ends[0]) or 1.0) * 0.04
        return QRectF(x0, min(ends) - margin, x1 - x0, abs(ends[1] - ends[0]) + 2 * margin)

    def show_scale(self, sessions_per_pixel: float) -> None:
        """Know how wide a pixel is: what is drawn around a point reaches so far."""
        if sessions_per_pixel != self._sessions_per_pixel:
            self.prepareGeometryChange()
            self._sessions_per_pixel = sessions_per_pixel

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw what is exposed, at the level of detail of the device's pixels."""
        exposed = option.exposedRect
        per_pixel = 1 / (painter.deviceTransform().m11() or 1.0)
        reach = REACH * max(per_pixel, 1.0)
        first, last = math.floor(exposed.left() - reach), math.ceil(exposed.right() + reach)
        x, y = self.levels.points(first, last, per_pixel)
        path = arrayToQPath(x, self.gain * y + self.offset, connect="finite")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawPath(path)
        to_pixels = painter.worldTransform()
        if per_pixel < FEW_PER_PIXEL:
            painter.setWorldTransform(to_pixels * QTransform.fromTranslate(SECOND_STROKE_PX, SECOND_STROKE_PX))
            painter.drawPath(path)
        self._paint_rings(painter, to_pixels)

    def _paint_rings(self, painter: QPainter, to_pixels: QTransform) -> None:
        """Draw a ring around each provisional value."""
        painter.resetTransform()
        for index in range(self.closes, self.levels.length):
            place = to_pixels.map(QPointF(index, self.gain * self.value_at(index) + self.offset))
            if math.isfinite(place.y()):
                painter.drawEllipse(place, RING_PX, RING_PX)
        painter.setWorldTransform(to_pixels)
