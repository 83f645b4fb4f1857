"""Which shape stands beside a colour? One mark for each trigger, verdict and zone, drawn, not typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from core.playbook.verdict import Says, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.theme import Theme

ICON_PX = 64


class Shape(Enum):
    """The forms a mark can have; each is told from the others without its colour."""

    DISC = auto()
    RING = auto()
    TRIANGLE = auto()
    TRIANGLE_DOWN = auto()
    DIAMOND = auto()
    BARRED = auto()
    TICK = auto()
    QUESTION = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape, the theme role of its colour, and the word that says the same."""

    shape: Shape
    role: str
    word: str


TRIGGER_MARKS = {
    Trigger.OFF: Mark(Shape.RING, "text_muted", "off"),
    Trigger.ARMED: Mark(Shape.TRIANGLE, "trigger_armed", "armed"),
    Trigger.CONFIRMED: Mark(Shape.DISC, "trigger_confirmed", "confirmed"),
    Trigger.BLOCKED: Mark(Shape.BARRED, "trigger_blocked", "blocked"),
    Trigger.UNKNOWN: Mark(Shape.QUESTION, "trigger_unknown", "unknown"),
}
SAYS_MARKS = {
    Says.ON: Mark(Shape.TICK, "gain", "on"),
    Says.OFF: Mark(Shape.RING, "text_muted", "off"),
    Says.BLOCKED: Mark(Shape.BARRED, "trigger_blocked", "blocked"),
    Says.UNKNOWN: Mark(Shape.QUESTION, "trigger_unknown", "unknown"),
}
ZONE_MARKS = {
    "green": Mark(Shape.DISC, "gain", "green"),
    "amber": Mark(Shape.DIAMOND, "amber", "amber"),
    "red": Mark(Shape.TRIANGLE, "red", "red"),
}
DIVERGENCE_MARKS = {
    "none": Mark(Shape.RING, "text_muted", "in step"),
    "bearish": Mark(Shape.TRIANGLE_DOWN, "divergence_bearish", "bearish"),
    "bullish": Mark(Shape.TRIANGLE, "divergence_bullish", "bullish"),
    "slope": Mark(Shape.DIAMOND, "divergence_slope", "slope"),
}
SIDE_MARKS = {
    "call": Mark(Shape.TRIANGLE, "text", "call side"),
    "put": Mark(Shape.TRIANGLE_DOWN, "text", "put side"),
}


def paint_mark(painter: QPainter, box: QRectF, shape: Shape, colour: QColor) -> None:
    """Draw the shape into the square of the box's height, antialiased."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(colour, max(box.height() / 7, 1.2), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = box.height() / 8
    _PAINTERS[shape](painter, box.adjusted(inset, inset, -inset, -inset), colour)
    painter.restore()


def mark_icon(mark: Mark, theme: Theme) -> QIcon:
    """Return the mark as an icon in the theme's colours."""
    pixmap = QPixmap(ICON_PX, ICON_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QRectF(0, 0, ICON_PX, ICON_PX), mark.shape, QColor(getattr(theme, mark.role)))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # as it is: a selected row must not tint its meaning away
    return icon


def _disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(box)


def _ring(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)


def _polygon(painter: QPainter, box: QRectF, colour: QColor, corners: list[tuple[float, float]]) -> None:
    painter.setBrush(colour)
    points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
    painter.drawPolygon(QPolygonF(points))


def _triangle(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _polygon(painter, box, colour, [(0.5, 0.0), (1.0, 0.95), (0.0, 0.95)])


def _triangle_down(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _polygon(painter, box, colour, [(0.0, 0.05), (1.0, 0.05), (0.5, 1.0)])


def _diamond(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _polygon(painter, box, colour, [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)])


def _barred(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.drawLine(_at(box, 0.2, 0.5), _at(box, 0.8, 0.5))


def _tick(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(box, 0.0, 0.55), _at(box, 0.37, 0.95), _at(box, 1.0, 0.08)]))


def _question(painter: QPainter, box: QRectF, colour: QColor) -> None:
    font = painter.font()
    font.setPixelSize(max(round(box.height() * 1.15), 1))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box.adjusted(-box.width(), -box.height(), box.width(), box.height()), _CENTRE, "?")


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_PAINTERS: dict[Shape, Callable[[QPainter, QRectF, QColor], None]] = {
    Shape.DISC: _disc,
    Shape.RING: _ring,
    Shape.TRIANGLE: _triangle,
    Shape.TRIANGLE_DOWN: _triangle_down,
    Shape.DIAMOND: _diamond,
    Shape.BARRED: _barred,
    Shape.TICK: _tick,
    Shape.QUESTION: _question,
}
