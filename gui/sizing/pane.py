"""How large should the hedge be now? Computed beside the window's thread while the pane is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.monitor.sizing_now import sizing_now
from gui.latest import LatestAnswer
from gui.sizing.grid import SizeGrid
from gui.sizing.tables import head_text, notes_text, tables_of, under_text
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from core.monitor.sizing_now import SizingNow
    from core.state import Facts
    from gui.theme import Theme

HEAD_FACTOR = 1.2
COLUMNS = ((0, 3), (1, 2))
"""Which tables stand in which column: the rules above the bounds, the layers above their coverage."""
TABLES = sum(len(column) for column in COLUMNS)


class SizingPane(QWidget):
    """The size of the whole book's hedge. While hidden it only remembers the facts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sizing_pane")
        self._theme = theme
        self._facts: Facts | None = None
        self.head = plain_label("No journal is open.", name="What is asked for", wraps=True)
        self.head.setFont(scaled_font(self.font(), HEAD_FACTOR, is_bold=True))
        self.under = plain_label(name="What is held and what it costs", wraps=True)
        self.notes = plain_label(name="What is assumed", wraps=True)
        self.grids = [SizeGrid(theme) for _ in range(TABLES)]
        self._lay_out()
        self.answer = LatestAnswer(sizing_now, self)
        self.answer.answered.connect(self.show_sizing)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        body = QWidget()
        inner, side_by_side = QVBoxLayout(body), QHBoxLayout()
        for numbers in COLUMNS:
            column = QVBoxLayout()
            for number in numbers:
                column.addWidget(self.grids[number])
            column.addStretch(1)
            side_by_side.addLayout(column)
        side_by_side.addStretch(1)
        for part in (self.head, self.under):
            part.setContentsMargins(8, 0, 8, 0)
            inner.addWidget(part)
        inner.addLayout(side_by_side)
        self.notes.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.notes)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Size of the hedge")
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_facts(self, facts: Facts) -> None:
        """Size the hedge by these facts, at once if the pane is seen, else when it next is."""
        self._facts = facts
        if self.isVisible():
            self.answer.ask(facts)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what moved while hidden."""
        super().showEvent(event)
        if self._facts is not None:
            self.answer.ask(self._facts)

    def show_sizing(self, found: SizingNow) -> None:
        """Show a size that was computed."""
        self.head.setText(head_text(found))
        self.under.setText(under_text(found))
        self.notes.setText(notes_text(found))
        tables = tables_of(found)
        for at, grid in enumerate(self.grids):
            grid.setVisible(at < len(tables))
            if at < len(tables):
                grid.show_rows(tables[at])

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for label in (self.under, self.notes):
            set_text_colour(label, theme.text_muted)
        for grid in self.grids:
            grid.set_theme(theme)

    def forget(self) -> None:
        """Wait for what is being computed and drop it: the window is closing."""
        self.answer.forget()
