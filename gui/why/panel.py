"""Why does the selected layer stand as it does? Its state in words, what is missing, and every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.playbook.verdict import PositionState
from core.positions.book import LAYER_NUMBERS
from gui.formats import figure_text
from gui.marks import TRIGGER_MARKS, mark_icon
from gui.why.lines import why_lines
from gui.why.missing import missing_text
from gui.why.verdict_list import VerdictList
from gui.widgets import plain_label, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from core.state import LayerLegState, LayerState, MonitorState
    from core.valuation.break_evens import HedgeLegBreakEven
    from gui.theme import Theme

HEAD_FACTOR = 1.6
PROVISIONAL_TIP = "* if the session closed now; the close decides"
NO_STATE = "No journal is open."


class WhyPanel(QWidget):
    """Explains one layer. The keys 1 to 4 and the buttons ask for another by `layer_requested`.

    The panel turns to the layer asked for at once; `show_layer` turns it from outside without asking.
    """

    layer_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why_panel")
        self._theme = theme
        self._state: MonitorState | None = None
        self._number = LAYER_NUMBERS[0]
        self._tabs: dict[int, QToolButton] = {}
        self.list_ = VerdictList(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._make_tabs())
        column.addLayout(self._make_head())
        self.missing = self._line(column, "What is missing")
        self.missing.setFont(scaled_font(self.font(), 1.1, is_bold=True))
        self.reason = self._line(column, "Reason")
        self.held = self._line(column, "Position")
        column.addWidget(self._make_scroll(), 1)
        self.set_theme(theme)

    def _make_tabs(self) -> QHBoxLayout:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(2)
        for number in LAYER_NUMBERS:
            tab = QToolButton()
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tab.setText(f"L{number}")
            tab.clicked.connect(lambda _checked=False, wanted=number: self._ask(wanted))
            group.addButton(tab)
            self._tabs[number] = tab
            row.addWidget(tab)
            key = QShortcut(QKeySequence(str(number)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda wanted=number: self._ask(wanted))
        row.addStretch(1)
        return row

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 0)
        self._picture = QLabel()
        self.head = plain_label(NO_STATE, name="State of the layer")
        self.head.setFont(scaled_font(self.font(), HEAD_FACTOR, is_bold=True))
        self.since = plain_label(name="Since when")
        row.addWidget(self._picture)
        row.addWidget(self.head)
        row.addStretch(1)
        row.addWidget(self.since, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _line(self, column: QVBoxLayout, name: str) -> QLabel:
        label = plain_label(name=name, wraps=True)
        label.setContentsMargins(8, 0, 8, 0)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
        return label

    def _make_scroll(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setAccessibleName("Rules of the layer")
        scroll.setWidget(self.list_)
        return scroll

    @property
    def number(self) -> int:
        """The layer that is explained."""
        return self._number

    def tab(self, number: int) -> QToolButton:
        """Return the button of a layer."""
        return self._tabs[number]

    def show_state(self, state: MonitorState) -> None:
        """Show the state of the layer; what reads the same stays untouched."""
        self._state = state
        for layer in state.layers:
            self._show_tab(layer)
        self._show_layer(state.layers[self._number - 1])

    def show_layer(self, number: int) -> None:
        """Turn to another layer."""
        self._number = number
        self._tabs[number].setChecked(True)
        if self._state is not None:
            self._show_layer(self._state.layers[number - 1])

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        set_text_colour(self.since, theme.text_muted)
        set_text_colour(self.reason, theme.text_muted)
        self.list_.set_theme(theme)
        self._tabs[self._number].setChecked(True)
        if self._state is not None:
            self.show_state(self._state)

    def _ask(self, number: int) -> None:
        self.show_layer(number)
        self.layer_requested.emit(number)

    def _show_tab(self, layer: LayerState) -> None:
        tab, mark = self._tabs[layer.number], TRIGGER_MARKS[layer.trigger]
        said = f"{layer.name}: {mark.word}, {layer.position.value}"
        if tab.accessibleName() != said or tab.property("theme") != self._theme.name:
            tab.setProperty("theme", self._theme.name)
            tab.setAccessibleName(said)
            tab.setIcon(mark_icon(mark, self._theme))
            set_tooltip(tab, f"{said}\nkey {layer.number}")

    def _show_layer(self, layer: LayerState) -> None:
        if self._state is None:
            return
        self._show_head(layer)
        lacks = missing_text(layer)
        _say(self.missing, lacks)
        _say(self.reason, layer.trigger_reason if layer.trigger_reason != lacks else "")
        _say(self.held, held_text(layer))
        self.list_.show_lines(why_lines(layer.why, self._state.as_of))

    def _show_head(self, layer: LayerState) -> None:
        mark = TRIGGER_MARKS[layer.trigger]
        side = self.head.fontMetrics().height()
        self._picture.setPixmap(mark_icon(mark, self._theme).pixmap(QSize(side, side) * 0.7))
        _say(self.head, f"{layer.name}: {mark.word}")
        now = layer.provisional
        said = [f"since {layer.since}"] if layer.since is not None else []
        said += [f"now {now.value}*"] if now is not None and now is not layer.trigger else []
        _say(self.since, ", ".join(said))
        set_tooltip(self.since, PROVISIONAL_TIP if now is not None else "")


def held_text(layer: LayerState) -> str:
    """Return the journal's word for a layer: what is held, and where each holding of it breaks even."""
    if layer.position is not PositionState.LIVE:
        return f"Position: {layer.position.value}."
    said = [_holding_text(legs, whole) for _, legs, whole in layer.by_holding() if legs]
    return f"Position: live. {'; '.join(said)}."


def _holding_text(legs: tuple[LayerLegState, ...], whole: tuple[HedgeLegBreakEven, ...]) -> str:
    """Return a holding and where it breaks even: a spread as a whole, not at the levels of its legs."""
    found = whole if len(legs) > 1 else tuple(leg.break_even for leg in legs)
    levels = [level for level in map(_levels_text, found) if level]
    named = ", ".join(leg.text for leg in legs)
    word = "together break even at" if len(legs) > 1 else "breaks even at"
    return f"{named} {word} {' and '.join(levels)}" if levels else f"{named}: break-even unknown"


def _levels_text(found: HedgeLegBreakEven) -> str:
    named = (("VIX", found.vix, 2), ("SPX", found.spx, 1))
    known = [(name, level, places) for name, level, places in named if level.is_known]
    return ", ".join(f"{name} {figure_text(level, decimals=n, has_unit=False)}" for name, level, n in known)


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setVisible(bool(text))
