"""What does the hedge cost and bring? Eight cards and the tables behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.money.cards import cards_of
from gui.money.tables import COLUMNS, notes_of, tables_of
from gui.tables_page import TablesPage

if TYPE_CHECKING:
    from core.money.money import MoneyState
    from gui.theme import Theme


class MoneyPage(TablesPage):
    """The screen of the money measures; it is given a state and computes nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Money", COLUMNS)

    def show_money(self, state: MoneyState) -> None:
        """Show the measures of a moment."""
        self.show_tables(cards_of(state), tables_of(state), notes_of(state))
