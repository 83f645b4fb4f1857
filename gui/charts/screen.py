"""What did the market and the layers do, session by session? Four charts with one x axis and one crosshair."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.charts.pane import NO_DATA
from gui.charts.span import RANGES
from gui.charts.stack import PaneStack
from gui.formats import UNKNOWN_TEXT, time_text
from gui.widgets import plain_label, push_button, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.theme import Theme

RANGE_KEYS = {"3M": "3", "1Y": "1", "5Y": "5", "All": "0"}


class ChartsScreen(QWidget):
    """The charts: EDR, VIX, breadth against SPX, layers. A keyboard moves the crosshair as the mouse does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the screen without data; `show_past` fills it."""
        super().__init__(parent)
        self.stack = PaneStack(theme, self)
        self._state: MonitorState | None = None
        self._past: Past | None = None
        self.date_label = plain_label(NO_DATA, name="session shown in the charts")
        self._lay_out()
        self._bind_keys()
        self.setAccessibleName("charts")
        self.stack.view.setAccessibleName("charts of EDR, VIX, A/D line with SPX, and layer states")
        self.setFocusProxy(self.stack.view)
        self.stack.pointed.connect(self._say_session)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 2, 4, 0)
        for name, count in RANGES:
            key = RANGE_KEYS[name]
            words = f"Show the last {count} sessions ({key})" if count else f"Show all sessions ({key})"
            button = push_button(name, partial(self.stack.show_last, count), tip=words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.addWidget(button)
        bar.addSpacing(12)
        bar.addWidget(self.date_label)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(bar)
        column.addWidget(self.stack.view, 1)

    def _bind_keys(self) -> None:
        for name, count in RANGES:
            self._bind(RANGE_KEYS[name], partial(self.stack.show_last, count))
        self._bind("Left", lambda: self.move_crosshair(-1))
        self._bind("Right", lambda: self.move_crosshair(1))
        self._bind("Home", lambda: self._move_view_to(0))
        self._bind("End", lambda: self._move_view_to(self.stack.length))
        self._bind("Escape", lambda: self.stack.point_at(None))

    def _bind(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def show_past(self, past: Past, playbook: Playbook) -> None:
        """Draw everything anew: to be called when data or playbook changed."""
        self._past, self._state = past, None
        self.stack.fill(past, playbook)

    def show_state(self, state: MonitorState) -> None:
        """Draw what a tick changes: the provisional session and the positions."""
        if self._past is None:
            return
        self._state = state
        self.stack.layers.hold(state)
        index = self._provisional_index(state)
        if index is None:
            self.stack.cut()
            self.stack.refresh()
        else:
            self.stack.put(index, state)

    def _provisional_index(self, state: MonitorState) -> int | None:
        """Return the session index of the provisional day, None where there is none after the closes."""
        if state.provisional_day is None or self._past is None:
            return None
        history = self._past.history
        days = history.calendar.days[history.first :]
        index = int(np.searchsorted(days, np.datetime64(state.provisional_day)))
        return index if index >= history.length else None

    def set_theme(self, theme: Theme) -> None:
        """Take a theme on."""
        self.stack.dress(theme)

    def move_crosshair(self, sessions: int) -> None:
        """Move the crosshair by sessions; from nowhere it starts at the last one."""
        start = self.stack.pointed_index
        self.stack.point_at(self.stack.shown_index if start is None else start + sessions)

    def _move_view_to(self, session: int) -> None:
        width = self.stack.span.x1 - self.stack.span.x0
        start = -0.5 if session == 0 else session + width
        self.stack.show_range(start, start + width)

    def _say_session(self, index: int) -> None:
        text = self.session_text(index)
        self.date_label.setText(text)
        set_tooltip(self.date_label, self.readout_text())
        self.stack.view.setAccessibleDescription(self.readout_text())

    def session_text(self, index: int) -> str:
        """Return the date of a session and whether its values are closes."""
        day = self.stack.dates.text_of(index)
        if not day:
            return NO_DATA
        if index < self.stack.closes:
            return f"{day}, close"
        at = f" at {time_text(self._state.as_of, self._state.as_of)}" if self._state is not None else ""
        return f"{day}, provisional{at}"

    def readout_text(self) -> str:
        """Return the session shown with the value of every series, in words and units."""
        words = [word.replace(UNKNOWN_TEXT, "unknown") for word in self.stack.words()]
        return "; ".join([self.session_text(self.stack.shown_index), *words])
