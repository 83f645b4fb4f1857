"""What do the two risk plots have in common? Axes, a box that is moved by mouse and keys, a point looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.formats import number_text
from gui.risk.overlay import Notice

if TYPE_CHECKING:
    from gui.theme import Theme

LEFT_AXIS_PX = 62
ZOOM = 0.8


class Scale(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose numbers are written as everywhere else: thousands separated, and dollars with their sign."""

    def __init__(self, side: str, *, is_signed: bool = False) -> None:
        super().__init__(side)
        self._is_signed = is_signed

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Return the ticks as text."""
        decimals = 0 if spacing >= 1 else 1
        return [number_text(value, decimals, is_signed=self._is_signed) for value in values]


class Plot(QWidget):
    """A pyqtgraph plot with a notice. `pointed` carries the point under the mouse, None when it left."""

    pointed = Signal(object)
    moved = Signal()

    def __init__(self, theme: Theme, name: str, x_title: str, y_title: str) -> None:
        super().__init__()
        self.theme = theme
        axes = {"left": Scale("left", is_signed="$" in y_title), "bottom": Scale("bottom")}
        self.view: Any = pg.PlotWidget(enableMenu=False, axisItems=axes)
        self.item: Any = self.view.getPlotItem()
        self.box: Any = self.item.getViewBox()
        self._titles = {"bottom": x_title, "left": y_title}
        self.notice = Notice(self.box, theme)
        self.view.setAccessibleName(name)
        self.setFocusProxy(self.view)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.item.hideButtons()
        self.item.getAxis("left").setWidth(LEFT_AXIS_PX)
        self.box.setDefaultPadding(0.0)
        self.box.disableAutoRange()
        self.view.scene().sigMouseMoved.connect(self._on_mouse)
        self.view.viewport().installEventFilter(self)
        self.view.installEventFilter(self)
        self.box.sigXRangeChanged.connect(lambda *_: self.moved.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self.theme = theme
        self.view.setBackground(theme.background)
        self.box.setBackgroundColor(theme.panel)
        for side, title in self._titles.items():
            axis = self.item.getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.text_muted)
            axis.setLabel(title, color=theme.text_muted)
            axis.enableAutoSIPrefix(False)
        self.notice.dress(theme)

    def title_x(self, title: str) -> None:
        """Name the x axis."""
        if title != self._titles["bottom"]:
            self._titles["bottom"] = title
            self.item.getAxis("bottom").setLabel(title, color=self.theme.text_muted)

    def show_x(self, low: float, high: float) -> None:
        """Show this stretch of the x axis."""
        self.box.setXRange(low, high, padding=0)

    @property
    def x_range(self) -> tuple[float, float]:
        """The stretch of the x axis in view."""
        low, high = self.box.viewRange()[0]
        return float(low), float(high)

    def _on_mouse(self, place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(place)
        self.pointed.emit(self.box.mapSceneToView(place) if inside else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the point away when the mouse leaves, and answer the plot's keys."""
        if event.type() == QEvent.Type.Leave and not self.view.closed:
            self.pointed.emit(None)
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.answer_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def answer_key(self, key: Qt.Key) -> bool:
        """Zoom with plus and minus; return whether the key meant anything here."""
        factors = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}
        if key not in factors:
            return False
        low, high = self.x_range
        middle, half = (low + high) / 2, (high - low) / 2 * factors[key]
        self.show_x(middle - half, middle + half)
        return True
