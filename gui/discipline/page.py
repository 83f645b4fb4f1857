"""Is the hand steady? Cards, the tables behind them, and the buttons by which rules and layers change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gui.discipline.cards import cards_of
from gui.discipline.tables import COLUMNS, notes_of, tables_of
from gui.tables_page import TablesPage
from gui.widgets import push_button, set_tooltip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from core.discipline.records import DisciplineState
    from gui.theme import Theme

BUTTONS = (
    ("plan", "&Seal plan…", "Seal the plan of a session before it opens"),
    ("propose", "&Propose…", "Propose other rules, a layer against the rule, an override or other approvers"),
    ("decide", "&Decide…", "Approve or reject a proposal, or put an approved one in force"),
    ("override", "&Override…", "Record an act against a verdict or a plan, and why"),
    ("approvers", "&Name approvers…", "Name for the first time who must agree"),
)


class DisciplinePage(TablesPage):
    """The screen of control and discipline. `wished` carries the key of the button that was pressed."""

    wished = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.by_key: dict[str, QPushButton] = {}
        super().__init__(theme, "Discipline", COLUMNS)
        for key, text, tip in BUTTONS:
            button = push_button(text, lambda key=key: self.wished.emit(key), tip=tip)  # type: ignore[misc]
            self.by_key[key] = button
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)

    def show_discipline(self, state: DisciplineState) -> None:
        """Show how it stands at a moment."""
        self.show_tables(cards_of(state), tables_of(state), notes_of(state))

    def set_why_not(self, reason: str) -> None:
        """Disable what writes and say why, "" where it can be used."""
        for key, _, tip in BUTTONS:
            self.by_key[key].setEnabled(not reason)
            set_tooltip(self.by_key[key], reason or tip)
