"""Which screens are in the window, and who shows what when something moved?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from core.playbook.parameters import Playbook
    from core.risk_state import ProposedFill
    from core.state import Past
    from gui.main_window import MainWindow
    from gui.risk.page import RiskPage
    from gui.store import Change
    from gui.theme import Theme


RISK_TIP = "What the book is worth wherever SPX and VIX go (F5)"


class Panes:
    """The screens of a window. The charts are made first and alone: they take longest to load and to read.

    The risk screen is made when it is first asked for.
    """

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        """Put the charts into the middle of the window."""
        from gui.charts.screen import ChartsScreen

        self._window, self._theme = window, theme
        self.risk: RiskPage | None = None
        self._last: Change | None = None
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
        from gui.proposals.pane import ProposalsPane
        from gui.screens import Screens
        from gui.sizing.pane import SizingPane
        from gui.why.panel import WhyPanel

        self.strip, self.alerts = GlanceStrip(theme), AlertsBar(theme)
        self.why, self.book, self.log = WhyPanel(theme), BookPane(theme), HedgeLogPane(theme)
        self.sizing, self.proposals = SizingPane(theme), ProposalsPane(theme)
        self._window.header.addWidget(self.strip)
        self._window.header.addWidget(self.alerts)
        self._window.upper.addWidget(self.why)
        self._window.tabs.addTab(self.book, "Positions")
        self._window.tabs.addTab(self.proposals, "Proposals")
        self._window.tabs.addTab(self.sizing, "Size")
        self._window.tabs.addTab(self.log, "Hedge log")
        self._window.closing.connect(self.sizing.forget)
        self._window.closing.connect(self.proposals.forget)
        self.strip.layer_requested.connect(self.show_layer)
        self.screens = Screens(self._window, self._window.bar)

    def offer_risk(self, say: Callable[[str], None], complain: Callable[[str], None]) -> None:
        """Offer the risk screen; `say` is told what it did, `complain` what it could not do."""

        def make() -> RiskPage:
            from gui.risk.page import RiskPage

            self.risk = RiskPage(self._theme)
            self.risk.said.connect(say)
            self.risk.complained.connect(complain)
            if self._last is not None:
                self.risk.show_facts(self._last.facts, self._last.state.edr_points)
            return self.risk

        self._risk_place = self.screens.add("Risk", make, RISK_TIP)
        self.proposals.risk_requested.connect(self.show_ticket)

    def show_risk(self) -> None:
        """Show the risk screen."""
        self.screens.show(self._risk_place)
        if self.risk is not None:
            self.risk.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_ticket(self, ticket: tuple[ProposedFill, ...]) -> None:
        """Show on the risk screen what a ticket would do."""
        self.show_risk()
        if self.risk is not None:
            self.risk.what_if.propose(ticket)

    def leave(self) -> None:
        """Let go of what belongs to the journal that is being closed."""
        self._last = None
        self.sizing.forget()
        self.proposals.forget()
        if self.risk is not None:
            self.risk.forget()
            self.risk = None
            self.screens.drop(self._risk_place)

    def show_past(self, past: Past, playbook: Playbook) -> None:
        """Fill the charts with all that follows from the closes; nothing is drawn where that is the same."""
        if self._shown is None or self._shown[0] is not past or self._shown[1] is not playbook:
            self._shown = past, playbook
            self.charts.show_past(past, playbook)

    def show(self, change: Change) -> None:
        """Show what moved."""
        from gui.store import Moved

        state, self._last = change.state, change
        if Moved.PAST in change.moved:
            self.show_past(change.facts.past, change.facts.playbook)
        self.charts.show_state(state)
        self.strip.show_state(state)
        self.alerts.show_alerts(state.alerts)
        self.why.show_state(state)
        self.book.show_state(state)
        self.sizing.show_facts(change.facts)
        self.proposals.show_facts(change.facts)
        if Moved.BOOK in change.moved:
            self.log.show_rows(change.log, is_simulated=state.is_simulated)
        if self.risk is not None:
            self.risk.show_facts(change.facts, state.edr_points)

    def show_layer(self, number: int) -> None:
        """Explain a layer."""
        self._window.show_page(self._window.middle)
        self.why.show_layer(number)

    def go_to(self, pane: QWidget) -> None:
        """Put the focus into a pane of the monitor, its tab in front."""
        self._window.show_page(self._window.middle)
        if self._window.tabs.indexOf(pane) >= 0:
            self._window.tabs.setCurrentWidget(pane)
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> None:
        """Put the focus into the screen that is shown: into the reasons, where it is the monitor."""
        if self.risk is not None and self.risk.isVisible():
            self.risk.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_to(self.why)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for pane in (
            self.charts,
            self.strip,
            self.alerts,
            self.why,
            self.book,
            self.sizing,
            self.proposals,
            self.log,
        ):
            pane.set_theme(theme)
        if self.risk is not None:
            self.risk.set_theme(theme)
