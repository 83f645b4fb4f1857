"""How is a holding rolled? What is closed and what is opened, in one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import roll_condor, roll_layer
from core.market.times import exchange_date
from core.positions.book import Condor
from core.positions.checks import check_strikes
from gui.break_even_text import strikes_text
from gui.entry.condor import LONG_SHORT, ROOTS, SHORT_LONG
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.leg_table import LegTable, closing_cells
from gui.entry.session_field import SessionField
from gui.entry.typed import typed_decimal, typed_pair, typed_session
from gui.holding import HoldingKey, holding_in
from gui.widgets import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings


class CondorRollDialog(EntryDialog):
    """Rolls a whole condor to another expiry or other strikes; it keeps its number."""

    def __init__(self, ground: Ground, key: HoldingKey, parent: QWidget | None = None) -> None:
        super().__init__(ground, f"Roll {key.title}", "Roll", parent)
        self.key = key
        held = holding_in(ground.book, key)
        self.held = plain_label(
            f"{held.quantity} x {strikes_text(held)}" if isinstance(held, Condor) else "nothing"
        )
        self.form.grid.addRow(plain_label("Closes"), self.held)
        self.debit = self.form.line("debit", "&Debit", hint="points a condor, negative if received")
        self.root = self.form.choice("root", "&Root", ROOTS)
        if isinstance(held, Condor):
            self.root.setCurrentText(held.root)
        self.expiry = SessionField("Expiry", ground.calendar, exchange_date(ground.now), ground.theme)
        self.form.add("expiry", "E&xpiry", (self.expiry,))
        self.puts = self.form.lines("puts", "&Puts", LONG_SHORT)
        self.calls = self.form.lines("calls", "&Calls", SHORT_LONG)
        self.credit = self.form.line("credit", "C&redit", hint="points a condor, negative if paid")
        self.add_ticket()
        self.begin()
        self.debit.setFocus()

    def readings(self) -> Readings:
        """Return what is paid, and the new condor."""
        return {
            "debit": lambda: typed_decimal("debit", self.debit.text()),
            "root": self.root.currentText,
            "expiry": lambda: typed_session("expiry", self.expiry.text(), self.ground.calendar),
            "puts": lambda: typed_pair("puts", *(line.text() for line in self.puts)),
            "calls": lambda: typed_pair("calls", *(line.text() for line in self.calls)),
            "credit": lambda: typed_decimal("credit", self.credit.text()),
        } | self.ticket_readings()

    def check_early(self, values: dict[str, Any]) -> None:
        """Refuse strikes out of order while the credit is still to be typed."""
        if {"puts", "calls"} <= set(values):
            check_strikes(values["puts"], values["calls"])

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the roll."""
        return roll_condor(self.ground.book, self.ground.calendar, condor_id=self.key.condor_id, **values)


class LayerRollDialog(EntryDialog):
    """Closes legs of a layer and opens others."""

    def __init__(self, ground: Ground, key: HoldingKey, parent: QWidget | None = None) -> None:
        super().__init__(ground, f"Roll {key.title}", "Roll", parent)
        self.key = key
        held = holding_in(ground.book, key)
        self.closes = LegTable("close_fills", closing_cells(held.legs if held is not None else ()))
        self.opens = LegTable("open_fills")
        self.form.add("close_fills", "&Closes", (self.closes,))
        self.form.add("open_fills", "&Opens", (self.opens,))
        self.add_ticket()
        self.begin()
        self.closes.setFocus()

    def readings(self) -> Readings:
        """Return both lists of legs."""
        return {"close_fills": self.closes.fills, "open_fills": self.opens.fills} | self.ticket_readings()

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the roll."""
        number, condor_id = self.key.layer, self.key.of_condor
        return roll_layer(self.ground.book, self.ground.calendar, number=number, condor_id=condor_id, **values)


def roll_dialog(ground: Ground, key: HoldingKey, parent: QWidget | None = None) -> EntryDialog:
    """Return the dialog that rolls the holding."""
    return (LayerRollDialog if key.layer else CondorRollDialog)(ground, key, parent)
