"""How do four panes move as one? One stretch of sessions, one row of dates, one crosshair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from gui.charts.breadth import BreadthPane
from gui.charts.crosshair import Crosshair
from gui.charts.edr import EdrPane
from gui.charts.layers import LayersPane
from gui.charts.pane import LEFT, MIDDLE, RIGHT
from gui.charts.scales import DateScale
from gui.charts.span import FEWEST_SESSIONS, Span, clamped, last_sessions, limits
from gui.charts.vix import VixPane

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.charts.pane import Pane
    from gui.theme import Theme

STRETCHES = (5, 4, 5, 4)
YEAR = 252
NO_DAYS = np.empty(0, "datetime64[D]")
WIDEST_LEFT, WIDEST_RIGHT = "L4 last rung", "== mean 000.00"
LINE_ROOM_PX = 6.0


class PaneStack(QObject):
    """EDR, VIX, breadth and layers, one below the other, in one graphics view."""

    pointed = Signal(int)
    """A session was pointed at, or the last one is shown again; its index."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        """Make the panes without data."""
        super().__init__(parent)
        self.view: Any = pg.GraphicsView()
        self.edr, self.vix = EdrPane(theme), VixPane(theme)
        self.breadth, self.layers = BreadthPane(theme), LayersPane(theme)
        self.panes: tuple[Pane, ...] = (self.edr, self.vix, self.breadth, self.layers)
        self.dates = DateScale(theme)
        self.crosshair = Crosshair(theme)
        self.span = Span(0.0, 1.0, 1.0)
        self.length, self.closes, self._valued = 0, 0, 0
        self.pointed_index: int | None = None
        self._first = 0
        self._is_showing = self._was_resized = False
        self._lay_out()
        self._listen()
        self.dress(theme)

    def _lay_out(self) -> None:
        grid = self.view.centralLayout
        metrics = QFontMetricsF(QApplication.font())
        line = metrics.height() + LINE_ROOM_PX
        grid.setSpacing(0)
        grid.setContentsMargins(2, 0, 2, 0)
        grid.setColumnFixedWidth(LEFT, metrics.horizontalAdvance(WIDEST_LEFT) + 10)
        grid.setColumnStretchFactor(MIDDLE, 1)
        grid.setColumnFixedWidth(RIGHT, metrics.horizontalAdvance(WIDEST_RIGHT) + 10)
        for number, (pane, stretch) in enumerate(zip(self.panes, STRETCHES, strict=True)):
            pane.settle(grid, 2 * number, stretch)
            grid.setRowFixedHeight(2 * number, line)
        grid.addItem(self.dates, 2 * len(self.panes), MIDDLE)
        grid.setRowFixedHeight(2 * len(self.panes), line + 2)
        self.view.scene().addItem(self.crosshair)

    def _listen(self) -> None:
        for pane in self.panes:
            pane.box.sigXRangeChanged.connect(self._follow)
            pane.box.sigResized.connect(self._mark_resized)
        self.view.scene().sigPrepareForPaint.connect(self._fit_to_size)
        self.view.scene().sigMouseMoved.connect(self._point_at_mouse)
        self.view.viewport().installEventFilter(self)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self.view.setBackground(theme.background)
        for pane in self.panes:
            pane.dress(theme)
        self.dates.dress(theme)
        self.crosshair.dress(theme)

    def fill(self, past: Past, playbook: Playbook) -> None:
        """Take everything that follows from the closes; what was in view stays in view."""
        was_empty, shift = self._valued == 0, self._first - past.history.first
        at_end, at_values, before = self._shows_end(), self._shows_last_values(), self.length
        self._first = past.history.first
        self.closes = self.length = past.history.length
        for pane in self.panes:
            pane.closed_at = float(past.history.closes[-1]) if past.history.length else 0.0
            pane.fill(past, playbook)
            pane.notice()
        self._valued = self._values_end()
        self.dates.fill(past.history.calendar.days[past.history.first :] if self.length else NO_DAYS)
        self._limit()
        if was_empty or (at_values and not at_end):
            self.show_last(YEAR if was_empty else round(self.span.x1 - self.span.x0))
        else:
            moved = self.length - before if at_end else shift
            self.show_range(self.span.x0 + moved, self.span.x1 + moved)
        self.point_at(None)

    def put(self, index: int, state: MonitorState) -> None:
        """Take the provisional values of the session `index`, and what is held."""
        if index >= self.length:
            at_end, grown = self._shows_end(), index + 1 - self.length
            self.length = self._valued = index + 1
            self._limit()
            if at_end:
                self.show_range(self.span.x0 + grown, self.span.x1 + grown)
        for pane in self.panes:
            pane.put(index, state)
            if pane.backdrop.notice:
                pane.notice()
        self.refresh()

    def cut(self) -> None:
        """Drop the provisional session."""
        if self.length > self.closes:
            self.length = self.closes
            for pane in self.panes:
                pane.cut(self.closes)
            self._valued = self._values_end()
            self._limit()
            self.refresh()

    def refresh(self) -> None:
        """Show changed values: the scales again only where they no longer fit."""
        if all(pane.fits(self.span) for pane in self.panes):
            for pane in self.panes:
                pane.labels.show_labels(pane.values, pane.labels_at(self.span))
        else:
            self.show_range(self.span.x0, self.span.x1)
        self._say()

    def _limit(self) -> None:
        first, end = limits(self.length)
        for pane in self.panes:
            pane.box.setLimits(xMin=first, xMax=end, minXRange=FEWEST_SESSIONS)

    def _shows_end(self) -> bool:
        return self.span.x1 >= self.length - 0.5

    def _values_end(self) -> int:
        return max(pane.end for pane in self.panes if pane.lines)

    def _shows_last_values(self) -> bool:
        """Whether the view ends where the values end, sessions without any after it."""
        return 0 < self._valued == self.span.x1 + 0.5

    def show_last(self, count: int) -> None:
        """Show the last `count` sessions, all where count is 0; up to the last values where they end early."""
        x0, x1 = last_sessions(count, self.length)
        if 0 < self._valued < self.length and self.length - self._valued > x1 - self.length:
            x1 = self._valued - 0.5
            x0 = max(x1 - count, -0.5) if count else -0.5
        self.show_range(x0, x1)

    def show_range(self, x0: float, x1: float) -> None:
        """Show the sessions from x0 to x1, kept inside the limits."""
        x0, x1 = clamped(x0, x1, limits(self.length))
        self._is_showing = True
        self.span = Span(x0, x1, self.panes[0].box.size().width())
        self.dates.show_span(self.span)
        ticks = [index for index, _ in self.dates.shown]
        for pane in self.panes:
            pane.show_span(self.span, ticks)
        self._is_showing = False
        self._place_crosshair()

    def _follow(self, _box: object, ends: tuple[float, float]) -> None:
        if not self._is_showing:
            self.show_range(*ends)

    def _mark_resized(self) -> None:
        self._was_resized = True

    def _fit_to_size(self) -> None:
        if self._was_resized:
            self._was_resized = False
            self.show_range(self.span.x0, self.span.x1)

    def point_at(self, index: int | None) -> None:
        """Stand the crosshair at a session, None to take it away; the session is brought into view."""
        self.pointed_index = None if index is None or not self.length else min(max(index, 0), self.length - 1)
        if self.pointed_index is not None and not self.span.x0 <= self.pointed_index <= self.span.x1:
            half = (self.span.x1 - self.span.x0) / 2
            self.show_range(self.pointed_index - half, self.pointed_index + half)
        self._place_crosshair()
        self._say()

    @property
    def shown_index(self) -> int:
        """The session whose values are said: the one pointed at, else the last, -1 where there is none.

        The last one with values where the view has been opened at those and not at the end.
        """
        if self.pointed_index is not None:
            return self.pointed_index
        return (self._valued if self._shows_last_values() else self.length) - 1

    def _say(self) -> None:
        for pane in self.panes:
            pane.point_at(self.shown_index)
        self.dates.point_at(self.pointed_index)
        self.pointed.emit(self.shown_index)

    def _place_crosshair(self) -> None:
        index = self.pointed_index
        if index is None:
            self.crosshair.setVisible(False)
            return
        top, bottom = self.panes[0].rectangle(), self.panes[-1].rectangle()
        x = top.left() + self.span.pixel(index)
        rings = tuple(ring for pane in self.panes for ring in pane.rings(index))
        self.crosshair.place(QLineF(x, top.top(), x, bottom.bottom()), rings)

    def _point_at_mouse(self, place: QPointF) -> None:
        box = self.panes[0].rectangle()
        if box.left() <= place.x() <= box.right() and self.length:
            index = min(max(self.span.session_at(place.x() - box.left()), 0), self.length - 1)
            if index != self.pointed_index:
                self.point_at(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the crosshair away when the mouse leaves; a view that is closing leaves too, its items gone."""
        if event.type() == QEvent.Type.Leave and not self.view.closed and self.pointed_index is not None:
            self.point_at(None)
        return super().eventFilter(watched, event)

    def words(self) -> list[str]:
        """Return what all panes say of the session shown."""
        return [word for pane in self.panes for word in pane.words(self.shown_index)]
