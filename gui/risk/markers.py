"""Where are the break-evens? Marks on the line of zero; those out of view wait at the edge to be dragged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from gui.formats import number_text
from gui.risk.overlay import OVER, Overlay

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QGraphicsSceneMouseEvent

    from gui.theme import Theme

SIZE_PX, LIFT_PX, EDGE_PX = 6.0, 20.0, 4.0


@dataclass(frozen=True, slots=True)
class Marker:
    """A break-even in SPX points, hedged (filled, above the line) or bare (hollow, below it)."""

    level: float
    is_hedged: bool

    @property
    def text(self) -> str:
        """The level, and whose it is."""
        return f"{number_text(self.level, 1)}{'' if self.is_hedged else ' bare'}"

    @property
    def up(self) -> int:
        """The way that it moves from the line of zero, in pixels down the screen."""
        return -1 if self.is_hedged else 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A marker in pixels: its tip and the plate of its text; `side` is -1 or 1 where it waits at an edge."""

    marker: Marker
    tip: QPointF
    plate: QRectF
    side: int

    @property
    def grip(self) -> QRectF:
        """Where the mouse can take hold of it."""
        reach = QRectF(self.tip, self.plate.center()).normalized()
        return self.plate.united(reach).adjusted(-3, -3, 3, 3)

    @property
    def corners(self) -> tuple[QPointF, QPointF, QPointF]:
        """The triangle that points at the level: at the line of zero, or out of the box."""
        if self.side:
            base = self.tip + QPointF(-self.side * 1.6 * SIZE_PX, 0)
            return self.tip, base + QPointF(0, SIZE_PX), base - QPointF(0, SIZE_PX)
        base = self.tip + QPointF(0, self.marker.up * 1.6 * SIZE_PX)
        return self.tip, base + QPointF(SIZE_PX, 0), base - QPointF(SIZE_PX, 0)


class Markers(Overlay):
    """The break-evens of one moment. `bring(level, pixel)` is called to show a level at a pixel of the box."""

    def __init__(self, box: Any, theme: Theme, bring: Callable[[float, float], None]) -> None:
        super().__init__(box, theme, OVER)
        self.markers: tuple[Marker, ...] = ()
        self.role = "accent"
        self._bring = bring
        self._dragged: Marker | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Break-even out of view: drag it in, or double-click")

    def show_markers(self, markers: tuple[Marker, ...], role: str) -> None:
        """Show these break-evens in the colour of their curve."""
        if (markers, role) != (self.markers, self.role):
            self.prepareGeometryChange()
            self.markers, self.role = markers, role
            self.update()

    def placed(self) -> list[Placed]:
        """Return where each marker stands: on the line of zero, or at the edge beyond which it lies."""
        found: list[Placed] = []
        for marker in self.markers:
            found.append(self._placed(marker, [one.plate for one in found]))
        return found

    def _placed(self, marker: Marker, taken: list[QRectF]) -> Placed:
        box, x = self.boundingRect(), self.pixel_x(marker.level)
        zero = min(max(self.pixel_y(0.0), box.top() + LIFT_PX), box.bottom() - LIFT_PX)
        side = -1 if x < box.left() else 1 if x > box.right() else 0
        kept = min(max(x, box.left() + EDGE_PX), box.right() - EDGE_PX)
        start = QPointF(kept - side * 2.2 * SIZE_PX, zero + marker.up * LIFT_PX)
        plate = self.plate(marker.text, start, (side + 1) / 2)
        while any(plate.intersects(other) for other in taken):
            plate = plate.translated(0, marker.up * plate.height())
        return Placed(marker, QPointF(kept, plate.center().y() if side else zero), plate, side)

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Draw the marks with their levels; what waits at an edge is underlined."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one in self.placed():
            is_hedged = one.marker.is_hedged
            self.write(painter, one.plate, one.marker.text, "text" if is_hedged else "text_muted")
            painter.setPen(self.pen(self.role if is_hedged else "text_muted"))
            painter.setBrush(self.colour(self.role if is_hedged else "panel"))
            painter.drawPolygon(QPolygonF(one.corners))
            if one.side:
                painter.drawLine(QLineF(one.plate.bottomLeft(), one.plate.bottomRight()))

    def _waiting_at(self, place: QPointF) -> Placed | None:
        return next((one for one in self.placed() if one.side and one.grip.contains(place)), None)

    def shape(self) -> QPainterPath:
        """Return the grips of what waits at an edge: only those take the mouse."""
        path = QPainterPath()
        for one in self.placed():
            if one.side:
                path.addRect(one.grip)
        return path

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Take hold of the marker under the mouse."""
        held = self._waiting_at(event.pos())
        self._dragged = held.marker if held is not None else None
        event.setAccepted(held is not None)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Bring the marker to the mouse."""
        if self._dragged is not None:
            self._bring(self._dragged.level, event.pos().x())

    def mouseReleaseEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Bring the marker a fifth of the box away from its edge."""
        held, box = self._waiting_at(event.pos()), self.boundingRect()
        if held is not None:
            self._bring(held.marker.level, box.left() + (0.5 + 0.3 * held.side) * box.width())
