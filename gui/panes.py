"""Which screens are in the window, and who shows what when something moved?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.playbook.parameters import Playbook
    from core.state import Past
    from gui.main_window import MainWindow
    from gui.store import Change
    from gui.theme import Theme


class Panes:
    """The screens of a window. The charts are made first and alone: they take longest to load and to read."""

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        """Put the charts into the middle of the window."""
        from gui.charts.screen import ChartsScreen

        self._window = window
        self._shown: tuple[Past, Playbook] | None = None
        self.charts = ChartsScreen(theme)
        window.upper.addWidget(self.charts)
        window.upper.setStretchFactor(0, 1)

    def add_others(self, theme: Theme) -> None:
        """Put the strip and the alerts above the charts, the rest around them."""
        from gui.alerts.bar import AlertsBar
        from gui.book.pane import BookPane
        from gui.glance.strip import GlanceStrip
        from gui.log.pane import HedgeLogPane
        from gui.why.panel import WhyPanel

        self.strip, self.alerts = GlanceStrip(theme), AlertsBar(theme)
        self.why, self.book, self.log = WhyPanel(theme), BookPane(theme), HedgeLogPane(theme)
        self._window.header.addWidget(self.strip)
        self._window.header.addWidget(self.alerts)
        self._window.upper.addWidget(self.why)
        self._window.tabs.addTab(self.book, "Positions")
        self._window.tabs.addTab(self.log, "Hedge log")
        self.strip.layer_requested.connect(self.show_layer)

    def show_past(self, past: Past, playbook: Playbook) -> None:
        """Fill the charts with all that follows from the closes; nothing is drawn where that is the same."""
        if self._shown is None or self._shown[0] is not past or self._shown[1] is not playbook:
            self._shown = past, playbook
            self.charts.show_past(past, playbook)

    def show(self, change: Change) -> None:
        """Show what moved."""
        from gui.store import Moved

        state = change.state
        if Moved.PAST in change.moved:
            self.show_past(change.facts.past, change.facts.playbook)
        self.charts.show_state(state)
        self.strip.show_state(state)
        self.alerts.show_alerts(state.alerts)
        self.why.show_state(state)
        self.book.show_state(state)
        if Moved.BOOK in change.moved:
            self.log.show_rows(change.log, is_simulated=state.is_simulated)

    def show_layer(self, number: int) -> None:
        """Explain a layer."""
        self.why.show_layer(number)

    def go_to(self, pane: QWidget) -> None:
        """Put the focus into a pane, its tab in front."""
        if self._window.tabs.indexOf(pane) >= 0:
            self._window.tabs.setCurrentWidget(pane)
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for pane in (self.charts, self.strip, self.alerts, self.why, self.book, self.log):
            pane.set_theme(theme)
