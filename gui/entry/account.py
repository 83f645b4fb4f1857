"""How is the account stated? Equity, cash, notional and margin at a moment, in dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import state_account
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.typed import typed_decimal, typed_decimal_or_none
from gui.formats import dollars_text, time_text
from gui.widgets import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from core.positions.book import Account
    from gui.entry.checking import Readings


class AccountDialog(EntryDialog):
    """States the account. What was stated last is shown above, never filled in."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, "State the account", "State account", parent)
        self.form.grid.addRow(plain_label("Last stated"), plain_label(last_text(ground.book.account), wraps=True))
        self.equity = self.form.line("equity", "&Equity $")
        self.cash = self.form.line("cash", "&Cash $")
        self.notional = self.form.line("notional", "N&otional $", hint="portfolio notional that sizing uses")
        self.margin = self.form.line("margin", "&Margin $", hint="if known")
        self.add_ticket(has_fees=False)
        self.begin()
        self.equity.setFocus()

    def readings(self) -> Readings:
        """Return the four amounts and the ticket."""
        return {
            "equity": lambda: typed_decimal("equity", self.equity.text()),
            "cash": lambda: typed_decimal("cash", self.cash.text()),
            "notional": lambda: typed_decimal("notional", self.notional.text()),
            "margin": lambda: typed_decimal_or_none("margin", self.margin.text()),
        } | self.ticket_readings(has_fees=False)

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the statement."""
        return state_account(self.ground.book, **values)


def last_text(account: Account | None) -> str:
    """Return what was stated last, in words."""
    if account is None:
        return "never"
    parts = [("equity", account.equity), ("cash", account.cash), ("notional", account.notional)]
    parts += [("margin", account.margin)] if account.margin is not None else []
    said = ", ".join(f"{name} {dollars_text(amount)}" for name, amount in parts)
    return f"{time_text(account.time)}: {said}"
