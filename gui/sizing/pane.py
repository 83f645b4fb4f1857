"""How large should the hedge be now? Computed beside the window's thread while the pane is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.asking_pane import AskingPane
from gui.formats import figure_text
from gui.grid import Grid
from gui.sizing.held_tables import held_tables, held_text
from gui.sizing.tables import head_text, notes_text, tables_of, under_text
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from core.monitor.held_now import HeldNow
    from core.monitor.sizing_now import SizingNow
    from core.state import Facts
    from gui.theme import Theme

    SizedAndHeld = tuple[SizingNow, HeldNow, str]

HEAD_FACTOR = 1.2
COLUMNS = ((0, 3, 4, 9), (1, 2, 5, 6, 7, 8))
"""Which tables stand in which column: rules, bounds, shorts, context; all of layers."""
TABLES = sum(len(column) for column in COLUMNS)
SIZED = 4
"""So many are of the size; the others of what is held."""


def sized_and_held(facts: Facts) -> SizedAndHeld:
    """Return the size asked for, what is held, and the playbook's condor; imported beside the window's thread."""
    from core.monitor.held_now import held_now
    from core.monitor.sizing_now import sizing_now

    return sizing_now(facts), held_now(facts), described_text(facts)


def described_text(facts: Facts) -> str:
    """Return the condor of the playbook's tenor and delta in one line, or why there is none."""
    from core.monitor.condor_now import condor_now
    from core.refusal import RefusedError

    days, delta = (facts.playbook.number(f"condor.{key}") for key in ("dte", "short_delta"))
    head = f"The playbook's condor now ({days:g} days, {delta:g} delta)"
    try:
        built = condor_now(facts)
    except RefusedError as reason:
        return f"{head}: {reason}."
    credit, risk = figure_text(built.credit), figure_text(built.risk, decimals=0)
    return f"{head}: {built.text}, {built.expiry}, credit about {credit}, {risk} at risk; {built.priced_by}."


class SizingPane(AskingPane):
    """The size of the whole book's hedge. While hidden it only remembers the facts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(sized_and_held, parent)
        self.setObjectName("sizing_pane")
        self._theme = theme
        self.head = plain_label("No journal is open.", name="What is asked for", wraps=True)
        self.head.setFont(scaled_font(self.font(), HEAD_FACTOR, is_bold=True))
        self.under = plain_label(name="What is held and what it costs", wraps=True)
        self.held = plain_label(name="What to know of what is held", wraps=True)
        self.notes = plain_label(name="What is assumed", wraps=True)
        self.grids = [Grid(theme) for _ in range(TABLES)]
        self._lay_out()
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
        for part in (self.head, self.under, self.held):
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

    def show_sizing(self, found: SizedAndHeld) -> None:
        """Show a size that was computed, and what is held."""
        sizing, held, described = found
        for label, text in (
            (self.head, head_text(sizing)),
            (self.under, under_text(sizing)),
            (self.held, f"{held_text(held)}\n{described}"),
            (self.notes, notes_text(sizing)),
        ):
            label.setText(text)
        sized = tables_of(sizing) or (None,) * SIZED
        for grid, table in zip(self.grids, (*sized, *held_tables(held)), strict=True):
            grid.setVisible(table is not None and bool(table.rows))
            if table is not None:
                grid.show_rows(table)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for label in (self.under, self.held, self.notes):
            set_text_colour(label, theme.text_muted)
        for grid in self.grids:
            grid.set_theme(theme)
