"""How does a page of cards and small tables look? Cards above, tables in columns below, all of it scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.cards import CardGrid
from gui.grid import Grid
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel

    from gui.cards import Card
    from gui.cells import Rows
    from gui.theme import Theme

TITLE_FACTOR = 1.1
WAITING = "Reading the journal…"


class TablesPage(QWidget):
    """A page of figures. `seen` is told whenever it comes to the front: then it may be out of date.

    `columns` says which tables stand below one another, by their place in what `show_tables` is given.
    """

    seen = Signal()

    def __init__(self, theme: Theme, name: str, columns: Sequence[Sequence[int]]) -> None:
        super().__init__()
        self.setObjectName(name.lower().replace(" ", "_"))
        self.setAccessibleName(name)
        self._theme = theme
        count = sum(len(column) for column in columns)
        self.cards = CardGrid(theme, f"{name}: the figures that matter")
        self.titles: list[QLabel] = [plain_label() for _ in range(count)]
        self.grids = [Grid(theme) for _ in range(count)]
        self.buttons = QHBoxLayout()
        self.notes = plain_label(WAITING, name="What is assumed", wraps=True)
        self._lay_out(columns)
        self.set_theme(theme)

    def _lay_out(self, columns: Sequence[Sequence[int]]) -> None:
        body = QWidget()
        inner, side_by_side = QVBoxLayout(body), QHBoxLayout()
        self.buttons.setContentsMargins(8, 6, 8, 0)
        inner.addLayout(self.buttons)
        inner.addWidget(self.cards)
        for numbers in columns:
            column = QVBoxLayout()
            for number in numbers:
                title = self.titles[number]
                title.setFont(scaled_font(self.font(), TITLE_FACTOR, is_bold=True))
                title.setContentsMargins(8, 8, 8, 0)
                column.addWidget(title)
                column.addWidget(self.grids[number])
            column.addStretch(1)
            side_by_side.addLayout(column)
        side_by_side.addStretch(1)
        inner.addLayout(side_by_side)
        self.notes.setContentsMargins(8, 4, 8, 8)
        inner.addWidget(self.notes)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setFocusProxy(scroll)

    def show_tables(self, cards: Sequence[Card], tables: Sequence[Rows], notes: str) -> None:
        """Show the figures; a table without rows is hidden with its title."""
        self.cards.show_cards(cards)
        for title, grid, table in zip(self.titles, self.grids, tables, strict=True):
            title.setText(table.name)
            title.setVisible(bool(table.rows))
            grid.setVisible(bool(table.rows))
            grid.show_rows(table)
        self.notes.setText(notes)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what moved while hidden."""
        super().showEvent(event)
        self.seen.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.cards.set_theme(theme)
        set_text_colour(self.notes, theme.text_muted)
        for grid in self.grids:
            grid.set_theme(theme)
