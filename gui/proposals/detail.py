"""What would one proposal change? Its reason, its ticket, greeks and break-evens before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.grid import Grid
from gui.proposals.tables import effect_table, facts_table, ticket_table, titled
from gui.widgets import plain_label, push_button, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from core.advice.records import Proposal
    from core.risk_state import RiskState
    from gui.theme import Theme

HEAD_FACTOR = 1.15
NOTHING = "Select a proposal to see its ticket and what it would change."
TIP = "Record the intent in the journal and open the entry form, prices left to you. Nothing is assumed filled."
LOOK_TIP = "Show the book as if the ticket were filled at model prices. Nothing is recorded."
COMPUTING = "computing what it would change…"


class Detail(QScrollArea):
    """One proposal. `accepted` carries it when the user wants to act on it, `risk_requested` its fills."""

    accepted = Signal(object)
    risk_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("The selected proposal")
        self.proposal: Proposal | None = None
        self._why_not = ""
        self.title = plain_label(NOTHING, name="Proposal", wraps=True)
        self.title.setFont(scaled_font(self.font(), HEAD_FACTOR, is_bold=True))
        self.reason = plain_label(name="Reason", wraps=True)
        self.blocked = plain_label(name="What stands against it", wraps=True)
        self.notes = plain_label(name="Notes", wraps=True)
        self.busy = plain_label(name="State")
        self.ticket, self.facts, self.effect = Grid(theme), Grid(theme), Grid(theme)
        self.accept = push_button("&Accept: record the intent…", self._on_accept, tip=TIP)
        self.look = push_button("What &if: see it on the risk screen", self._on_look, tip=LOOK_TIP)
        self._lay_out()
        self.show_proposal(None)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 4, 8, 4)
        for part in (self.title, self.reason, self.blocked, self.ticket, self.facts, self.busy, self.effect):
            column.addWidget(part)
        column.addWidget(self.notes)
        column.addWidget(self.accept)
        column.addWidget(self.look)
        column.addStretch(1)
        self.setWidget(body)

    def show_proposal(self, one: Proposal | None) -> None:
        """Show a proposal, its effect still to come; None where none is selected."""
        self.proposal = one
        is_there = one is not None
        self.title.setText(titled(one.title) if one else NOTHING)
        self.reason.setText(f"{one.reason} (seed {one.source})" if one else "")
        parts = [one.blocked, one.unknown and f"no ticket: {one.unknown}"] if one else []
        self.blocked.setText("\n".join(f"■ {part}" for part in parts if part))
        self.notes.setText("\n".join(one.notes) if one else "")
        self.busy.setText(COMPUTING if one and one.ticket else "")
        for grid, rows in ((self.ticket, one and ticket_table(one)), (self.facts, one and facts_table(one))):
            grid.setVisible(bool(rows and rows.rows))
            if rows:
                grid.show_rows(rows)
        self.effect.hide()
        self.accept.setVisible(is_there)
        self.look.setVisible(one is not None and bool(one.ticket))
        self._allow()

    def show_effect(self, state: RiskState) -> None:
        """Show what the ticket changes."""
        self.busy.setText("")
        self.effect.show_rows(effect_table(state))
        self.effect.show()

    def say_no_effect(self, reason: str) -> None:
        """Say why it is not known what the ticket changes."""
        self.busy.setText(f"What it would change is not known: {reason}")

    def set_why_not(self, reason: str) -> None:
        """Say why nothing can be recorded, "" where it can."""
        self._why_not = reason
        self._allow()

    def _allow(self) -> None:
        self.accept.setEnabled(not self._why_not)
        set_tooltip(self.accept, self._why_not or TIP)

    def _on_accept(self) -> None:
        if self.proposal is not None:
            self.accepted.emit(self.proposal)

    def _on_look(self) -> None:
        if self.proposal is not None:
            self.risk_requested.emit(self.proposal.ticket)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        set_text_colour(self.reason, theme.text_muted)
        set_text_colour(self.notes, theme.text_muted)
        set_text_colour(self.blocked, theme.amber)
        set_text_colour(self.busy, theme.text_muted)
        for grid in (self.ticket, self.facts, self.effect):
            grid.set_theme(theme)
