"""What if SPX, VIX or the date were elsewhere, or other layers counted? The controls, and one record of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from core.measures.spot_vol import VIX_CAP, VIX_FLOOR
from core.monitor.risk_asked import MOST_SSR
from core.positions.book import LAYER_NUMBERS
from core.risk_state import BASE, RESPONSES, RiskAsked
from gui.risk.dial import Dial
from gui.risk.ticket import TicketField
from gui.widgets import plain_label, push_button, set_tooltip

if TYPE_CHECKING:
    from core.positions.book import Book
    from core.risk_state import ProposedFill, RiskState
    from gui.theme import Theme

SECONDS_A_DAY = 86_400.0
WHOLE_BOOK = "whole book"
SSR_TIP = (
    "Skew stickiness ratio: SPX volatilities follow SPX along their skew, 0 sticky in moneyness, 1 by strike. "
    "Free: they follow VIX."
)
RESPONSE_TIP = "How far VIX moves for a move of SPX: the low, base or high response of the map"


class WhatIf(QWidget):
    """The controls. `changed` carries the RiskAsked of them all."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.spx, self.vix = Dial("SPX", "", 1.0), Dial("VIX", "", 0.1)
        self.days = Dial("days on", "d", 1.0)
        self.ssr = Dial("SSR", "", 0.1, free_text="off")
        set_tooltip(self.ssr.slider, SSR_TIP)
        self.dials = (self.spx, self.vix, self.days, self.ssr)
        self.responses = {name: self._toggle(name, RESPONSE_TIP) for name in RESPONSES}
        self.layers = {
            number: self._toggle(f"L{number}", f"Whether layer {number} counts") for number in LAYER_NUMBERS
        }
        self.scope = QComboBox()
        self.scope.setAccessibleName("which part of the book")
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.ticket = TicketField()
        self.reset_button = push_button("&Reset", self.reset, tip="Back to the market as it is (Esc)")
        self._lay_out()
        self._listen()
        self.set_theme(theme)

    def _toggle(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(tip.split(":", maxsplit=1)[0] + f": {text}")
        button.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 18)
        set_tooltip(button, tip)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 2, 6, 2)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        for column, dial in enumerate((self.spx, self.vix, self.days)):
            grid.addWidget(dial, 0, column)
            grid.setColumnStretch(column, 1)
        grid.addLayout(self._row("VIX response", *self.responses.values()), 0, 3)
        grid.addWidget(self.reset_button, 0, 4)
        grid.addWidget(self.ticket, 1, 0, 1, 2)
        grid.addWidget(self.ssr, 1, 2)
        grid.addLayout(self._row("layers", *self.layers.values(), self.scope), 1, 3, 1, 2)

    @staticmethod
    def _row(title: str, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addWidget(plain_label(title))
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _listen(self) -> None:
        self._group = QButtonGroup(self)
        for button in self.responses.values():
            self._group.addButton(button)
        self.responses[BASE].setChecked(True)
        for button in self.layers.values():
            button.setChecked(True)
        for dial in self.dials:
            dial.changed.connect(self._tell)
        for button in (*self.responses.values(), *self.layers.values()):
            button.clicked.connect(lambda _checked=False: self._tell())
        self.scope.activated.connect(lambda _index: self._tell())
        self.ticket.changed.connect(self._tell)

    @property
    def asked(self) -> RiskAsked:
        """What the controls ask for."""
        counted = frozenset(number for number, button in self.layers.items() if button.isChecked())
        return RiskAsked(
            spx=self.spx.value,
            vix=self.vix.value,
            days=self.days.value or None,
            response=next(name for name, button in self.responses.items() if button.isChecked()),
            layers=None if len(counted) == len(self.layers) else counted,
            condor_id=self.scope.currentData(),
            ticket=self.ticket.fills,
            ssr=self.ssr.value,
        )

    def _tell(self) -> None:
        """Mark what is set, and tell what is asked for."""
        self.set_theme(self.theme)
        self.changed.emit(self.asked)

    def reset(self) -> None:
        """Free everything; which part of the book is looked at stays."""
        if replace(self.asked, condor_id=None).is_what_if:
            self._free()
            self._tell()

    def _free(self) -> None:
        for dial in self.dials:
            dial.set_value(None)
        self.responses[BASE].setChecked(True)
        for button in self.layers.values():
            button.setChecked(True)
        self.ticket.clear()

    def put(self, spx: float, vix: float) -> None:
        """Set SPX and VIX at once."""
        self.spx.set_value(spx)
        self.vix.set_value(vix)
        self._tell()

    def propose(self, fills: tuple[ProposedFill, ...]) -> None:
        """Ask what a ticket from elsewhere would do, all else as it is."""
        self._free()
        self.ticket.propose(fills)
        self._tell()

    def show_book(self, book: Book) -> None:
        """Offer the condors that are open, and the holdings that a ticket can be for."""
        chosen, ids = self.scope.currentData(), [condor.id for condor in book.open_condors]
        if [self.scope.itemData(row) for row in range(self.scope.count())] != [None, *ids]:
            self.scope.clear()
            self.scope.addItem(WHOLE_BOOK, None)
            for one in ids:
                self.scope.addItem(f"condor {one}", one)
            self.scope.setCurrentIndex(max(self.scope.findData(chosen), 0))
        self.ticket.show_condors(ids)

    def show_state(self, state: RiskState) -> None:
        """Let the controls that are free follow the point looked at, and reach as far as the picture does."""
        self.spx.setEnabled(len(state.grid) > 0)  # without SPX there is no level to start from
        if len(state.grid):
            self.spx.set_range(float(state.grid[0]), float(state.grid[-1]))
        self.vix.set_range(VIX_FLOOR, VIX_CAP)
        self.ssr.set_range(0.0, MOST_SSR)
        ends = [curve.moment for curve in state.curves]
        far = (max(ends) - state.as_of).total_seconds() / SECONDS_A_DAY if ends else 0.0
        self.days.set_range(0.0, max(far, 0.0))
        self.spx.follow(state.point.spx.value)
        self.vix.follow(state.point.vix.value)
        self.days.follow((state.point.moment - state.as_of).total_seconds() / SECONDS_A_DAY)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        for dial in self.dials:
            dial.set_theme(theme)
        lit = QPalette()
        lit.setColor(QPalette.ColorRole.Button, QColor(theme.accent))
        lit.setColor(QPalette.ColorRole.ButtonText, QColor(theme.accent_text))
        for button in (*self.responses.values(), *self.layers.values()):
            button.setPalette(lit if button.isChecked() else QPalette())
