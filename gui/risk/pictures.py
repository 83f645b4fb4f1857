"""How do the two plots stand side by side? The curves under their legend, the map under its line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.banner import ElidedLabel
from gui.risk.heat import HeatChart
from gui.risk.legend import Legend
from gui.risk.payoff import PayoffChart
from gui.risk.saying import heat_notice, payoff_notice
from gui.widgets import plain_label, push_button, scaled_font, set_text_colour

if TYPE_CHECKING:
    from core.risk_state import HeatMap, RiskState
    from gui.theme import Theme

SIZES = (900, 640)
PAYOFF_KEY = "solid hedged, dotted bare, dashed path-dependent; band: low to high VIX response"
HEAT_HINT = "double-click: what if SPX and VIX were there"


class Pictures(QSplitter):
    """Payoff and heat map. `heat_chosen` carries the SPX and VIX of a double-click on the map."""

    heat_chosen = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.payoff, self.legend, self.heat = PayoffChart(theme), Legend(theme), HeatChart(theme)
        self.heat_title = plain_label("SPX x VIX", name="what the map shows")
        self.heat_title.setFont(scaled_font(self.font(), 1.0, is_bold=True))
        self.payoff_words, self.heat_words = ElidedLabel(PAYOFF_KEY), ElidedLabel()
        self.theme = theme
        self._state: RiskState | None = None
        self.addWidget(self._payoff_side())
        self.addWidget(self._heat_side())
        self.setSizes(list(SIZES))
        self.setChildrenCollapsible(False)
        self.legend.changed.connect(self._choose)
        self.payoff.pointed.connect(self._point_at)
        self.heat.pointed.connect(self._point_at_heat)
        self.heat.chosen.connect(self.heat_chosen)
        self.set_theme(theme)

    def _payoff_side(self) -> QWidget:
        near = push_button("Near", self.payoff.fit, tip="Show SPX, EDR's reach and the bare break-evens (Home)")
        tip = "Bring every break-even into view (End)"
        all_roots = push_button("All roots", lambda: self.payoff.fit(everything=True), tip=tip)
        title = plain_label("P/L against SPX")
        title.setFont(self.heat_title.font())
        return _side((title, self.payoff_words, near, all_roots), self.payoff)

    def _heat_side(self) -> QWidget:
        near = push_button("Near", self.heat.fit, tip="Show the break-evens and where history went (Home)")
        tip = "Show the whole map (End)"
        whole = push_button("Whole map", lambda: self.heat.fit(everything=True), tip=tip)
        return _side((self.heat_title, self.heat_words, near, whole), self.heat)

    def show_state(self, state: RiskState) -> None:
        """Show a picture."""
        self._state = state
        self.payoff.show_state(state)
        self.payoff.notice.say(payoff_notice(state))
        self.legend.show_state(state, self.payoff.looks)
        self._choose()
        notice = heat_notice(state)
        if notice:
            self.heat.clear()
        else:
            self.heat.show_state(state)
        self.heat.notice.say(notice)
        self._say_heat("")

    @property
    def index(self) -> int | None:
        """The place on the grid whose values are said: that pointed at, else that of the SPX looked at."""
        if self._state is None:
            return None
        pointed = self.payoff.pointed_spx
        return self.payoff.index_at(self._state.point.spx.value if pointed is None else pointed)

    def _choose(self) -> None:
        self.payoff.choose(self.legend.shown, self.legend.marked)
        self._say_values()

    def _say_values(self) -> None:
        if self._state is not None:
            is_pointed = self.payoff.pointed_spx is not None
            self.legend.show_values(self._state, self.index, is_pointed=is_pointed)
            self.payoff.view.setAccessibleDescription(self.legend.words())

    def _point_at(self, point: QPointF | None) -> None:
        self.payoff.point_at(None if point is None else point.x())
        self._say_values()

    def _point_at_heat(self, point: QPointF | None) -> None:
        self._say_heat(self.heat.point_at(point))

    def _say_heat(self, words: str) -> None:
        heat = self._state.heat if self._state is not None else None
        self.heat_words.show_text(words or (heat_words(heat) if heat is not None else ""))
        self.heat.view.setAccessibleDescription(self.heat_words.full_text)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        self.payoff.dress(theme)
        self.heat.dress(theme)
        self.legend.set_theme(theme)
        for label in (self.payoff_words, self.heat_words):
            set_text_colour(label, theme.text_muted)
        if self._state is not None:
            self.show_state(self._state)


def _side(head: tuple[QWidget, ...], plot: QWidget) -> QWidget:
    """Return a plot under a line of words and buttons."""
    side, row = QWidget(), QHBoxLayout()
    row.setContentsMargins(6, 0, 0, 0)
    for part in head:
        row.addWidget(part, 1 if isinstance(part, ElidedLabel) else 0)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addLayout(row)
    column.addWidget(plot, 1)
    return side


def _moves(sessions: int) -> str:
    return "moves of one session" if sessions == 1 else f"moves of {sessions} sessions"


def heat_words(heat: HeatMap) -> str:
    """Return what the map is of, and where its cloud is from."""
    cloud = heat.cloud_unknown or f"dots: {_moves(heat.sessions)} from {heat.cloud_from} to {heat.cloud_to}"
    return f"{heat.label}; {cloud}; line: VIX response; {HEAT_HINT}"
