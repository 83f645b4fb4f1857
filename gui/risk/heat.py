"""What does the book gain or lose wherever SPX and VIX go? The only view without a map from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from core.risk_state import RESPONSES
from gui.formats import number_text
from gui.risk.contour import zero_lines
from gui.risk.heat_look import heat_colours, reach_of, short_dollars
from gui.risk.overlay import OVER, Overlay
from gui.risk.plot import Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from core.risk_state import HeatMap, RiskState
    from gui.theme import Theme

    Floats = NDArray[np.float64]

LABEL_GAP_PX, LABEL_ROW_PX = 96.0, 56.0
ROOM = 0.08
CROSS_PX = 7.0
LINE_STYLES = (Qt.PenStyle.DotLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine)
CLOUD_PX = 3.0
CLOUD_ALPHA = 110


class HeatLabels(Overlay):
    """Signed dollars on the map, the market's place as a cross, the what-if's as a diamond, and the crosshair."""

    def __init__(self, box: Any, theme: Theme) -> None:
        super().__init__(box, theme, OVER)
        self.heat: HeatMap | None = None
        self.market: tuple[float, float] | None = None
        self.what_if: tuple[float, float] | None = None
        self.pointed: QPointF | None = None

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Draw the words, then the marks."""
        if self.heat is not None:
            self._paint_dollars(painter, self.heat)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if self.market is not None:
            self._paint_cross(painter, QPointF(self.pixel_x(self.market[0]), self.pixel_y(self.market[1])))
        if self.what_if is not None:
            self._paint_diamond(painter, QPointF(self.pixel_x(self.what_if[0]), self.pixel_y(self.what_if[1])))
        if self.pointed is not None:
            x, y, box = self.pixel_x(self.pointed.x()), self.pixel_y(self.pointed.y()), self.boundingRect()
            painter.setPen(self.pen("crosshair"))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_dollars(self, painter: QPainter, heat: HeatMap) -> None:
        """Write what the map shows at a few places, evenly apart on the screen."""
        box = self.boundingRect()
        columns, rows = max(int(box.width() / LABEL_GAP_PX), 1), max(int(box.height() / LABEL_ROW_PX), 1)
        for column in range(columns):
            for row in range(rows):
                place = QPointF(
                    box.left() + (column + 0.5) * box.width() / columns,
                    box.top() + (row + 0.5) * box.height() / rows,
                )
                value = dollars_at(heat, self.box.mapToView(place))
                if value is not None:
                    text = short_dollars(value)
                    self.write(painter, self.plate(text, place), text, "text")

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        for role, width in (("panel", 4.0), ("text", 2.0)):
            painter.setPen(QPen(self.colour(role), width))
            painter.drawLine(at - QPointF(CROSS_PX, 0), at + QPointF(CROSS_PX, 0))
            painter.drawLine(at - QPointF(0, CROSS_PX), at + QPointF(0, CROSS_PX))

    def _paint_diamond(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self.colour("panel"), 2))
        painter.setBrush(self.colour("amber"))
        reach = CROSS_PX + 1
        painter.drawPolygon([at + QPointF(*step) for step in ((0, -reach), (reach, 0), (0, reach), (-reach, 0))])


class HeatChart(Plot):
    """The map with its line of zero, the cloud of history, and VIX by the response map.

    `chosen` carries the SPX and VIX of a double-click.
    """

    chosen = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "profit and loss against SPX and VIX", "SPX", "VIX")
        self.image: Any = pg.ImageItem(axisOrder="row-major")
        self.zero: Any = pg.PlotCurveItem(connect="pairs", antialias=True)
        self.cloud: Any = pg.ScatterPlotItem(size=CLOUD_PX, pxMode=True)
        self.lines: tuple[Any, ...] = tuple(pg.PlotCurveItem(antialias=True) for _ in RESPONSES)
        for item in (self.image, self.cloud, *self.lines, self.zero):
            self.box.addItem(item, ignoreBounds=True)
        self.labels = HeatLabels(self.box, theme)
        self.view.scene().sigMouseClicked.connect(self._on_click)
        self._drawn: HeatMap | None = None
        self._levels = np.empty(0)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        super().dress(theme)
        self.labels.dress(theme)
        self.image.setLookupTable(heat_colours(theme))
        self.zero.setPen(pg.mkPen(theme.text, width=2))
        for line, style in zip(
            self.lines, (Qt.PenStyle.DotLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine), strict=True
        ):
            line.setPen(pg.mkPen(theme.series_vix, width=1, style=style))
        colour = self.labels.colour("crosshair", CLOUD_ALPHA)
        self.cloud.setBrush(colour)
        self.cloud.setPen(None)

    def show_state(self, state: RiskState) -> None:
        """Show the map of a picture; a picture without one leaves the last."""
        point, asked = state.point, state.asked
        self.labels.market = _pair(state.spx.value, state.vix.value)
        is_moved = asked.spx is not None or asked.vix is not None
        self.labels.what_if = _pair(point.spx.value, point.vix.value) if is_moved else None
        curve = state.curve("expiry")
        self._levels = np.array(curve.bare_break_evens.points if curve is not None else (), np.float64)
        if state.heat is not None and state.heat is not self._drawn:
            self._draw(state.heat)
        self.labels.update()

    def _draw(self, heat: HeatMap) -> None:
        is_first, self._drawn, self.labels.heat = self._drawn is None, heat, heat
        reach = reach_of(heat.dollars)
        self.image.setImage(np.clip(heat.dollars, -reach, reach), levels=(-reach, reach), autoLevels=False)
        self.image.setRect(_cells(heat))
        pieces = zero_lines(heat.spx, heat.vix, heat.dollars)
        self.zero.setData(pieces[:, 0], pieces[:, 1], connect="pairs")
        self.cloud.setData(heat.cloud_spx, heat.cloud_vix)
        for line, vix in zip(self.lines, heat.line_vix, strict=True):
            line.setData(heat.spx, vix, connect="finite")
        self.box.setLimits(
            xMin=float(heat.spx[0]), xMax=float(heat.spx[-1]), yMin=float(heat.vix[0]), yMax=float(heat.vix[-1])
        )
        if is_first:
            self.fit()

    def fit(self, *, everything: bool = False) -> None:
        """Show where history went from here; or the whole map."""
        heat = self._drawn
        if heat is None:
            return
        (left, right), (low, high) = (_ends(heat.spx), _ends(heat.vix)) if everything else self._near(heat)
        self.box.setRange(xRange=(left, right), yRange=(low, high), padding=0)

    def _near(self, heat: HeatMap) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return SPX from break-even to break-even and where history went, and the VIX that belongs to it."""
        spx = np.concatenate([heat.cloud_spx, self._levels])
        if not len(spx):
            return _ends(heat.spx), _ends(heat.vix)
        room = (spx.max() - spx.min()) * ROOM
        left, right = max(spx.min() - room, heat.spx[0]), min(spx.max() + room, heat.spx[-1])
        inside = heat.line_vix[:, (heat.spx >= left) & (heat.spx <= right)]
        vix = np.concatenate([heat.cloud_vix, inside[np.isfinite(inside)]])
        low, high = (float(vix.min()), float(vix.max())) if len(vix) else _ends(heat.vix)
        return (float(left), float(right)), (max(low - 1, heat.vix[0]), min(high + 1, heat.vix[-1]))

    def clear(self) -> None:
        """Show no map."""
        self._drawn = self.labels.heat = None
        self.image.clear()
        for item in (self.zero, self.cloud, *self.lines):
            item.setData([], [])

    def point_at(self, point: QPointF | None) -> str:
        """Stand the crosshair at a point; return what is there in words, "" for none."""
        self.labels.pointed = point
        self.labels.update()
        value = dollars_at(self._drawn, point) if self._drawn is not None and point is not None else None
        if value is None or point is None:
            return ""
        return f"SPX {number_text(point.x(), 0)}  VIX {number_text(point.y(), 1)}  {short_dollars(value)}"

    def _on_click(self, event: Any) -> None:
        if event.double() and self.box.sceneBoundingRect().contains(event.scenePos()):
            place = self.box.mapSceneToView(event.scenePos())
            self.chosen.emit(place.x(), place.y())

    def answer_key(self, key: Qt.Key) -> bool:
        """Show what is near with Home, the whole map with End."""
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.fit(everything=key == Qt.Key.Key_End)
            return True
        return super().answer_key(key)


def _ends(levels: Floats) -> tuple[float, float]:
    return float(levels[0]), float(levels[-1])


def dollars_at(heat: HeatMap, place: QPointF) -> float | None:
    """Return the dollars of the cell at a place, None outside the map and where they are unknown."""
    if not heat.spx[0] <= place.x() <= heat.spx[-1] or not heat.vix[0] <= place.y() <= heat.vix[-1]:
        return None
    column, row = int(np.abs(heat.spx - place.x()).argmin()), int(np.abs(heat.vix - place.y()).argmin())
    value = float(heat.dollars[row, column])
    return value if np.isfinite(value) else None


def _cells(heat: HeatMap) -> QRectF:
    """Return the rectangle of the picture: half a cell beyond the first and last levels."""
    dx, dy = (float(levels[-1] - levels[0]) / (len(levels) - 1) for levels in (heat.spx, heat.vix))
    return QRectF(heat.spx[0] - dx / 2, heat.vix[0] - dy / 2, dx * len(heat.spx), dy * len(heat.vix))


def _pair(spx: float | None, vix: float | None) -> tuple[float, float] | None:
    return None if spx is None or vix is None else (spx, vix)
