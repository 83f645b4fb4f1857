"""How is a holding closed? A condor for one debit or leg by leg, a layer leg by leg; all of it or a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import close_condor, close_condor_legs, close_layer
from core.positions.book import Condor
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.leg_table import LegTable, closing_cells
from gui.entry.typed import typed_count, typed_decimal
from gui.holding import HoldingKey, holding_in

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings

PACKAGE, LEG_BY_LEG = "all four legs for one debit", "leg by leg, each with its price"


class CloseDialog(EntryDialog):
    """Closes a condor or a layer, or a part of it."""

    def __init__(self, ground: Ground, key: HoldingKey, parent: QWidget | None = None) -> None:
        super().__init__(ground, f"Close {key.title}", "Close", parent)
        self.key = key
        held = holding_in(ground.book, key)
        self._is_package = isinstance(held, Condor) and held.is_complete
        self.way = self.form.choice("way", "&Closed as", (PACKAGE, LEG_BY_LEG))
        self.way.setCurrentText(PACKAGE if self._is_package else LEG_BY_LEG)
        self.way.currentIndexChanged.connect(lambda _index: self._show_way())
        count = held.quantity if isinstance(held, Condor) else 0
        self.quantity = self.form.line("quantity", "&Quantity", text=str(count), hint="condors", chars=6)
        self.debit = self.form.line("debit", "&Debit", hint="points a condor, negative if received")
        self.legs = LegTable("fills", closing_cells(held.legs if held is not None else ()))
        self.form.add("fills", "&Legs", (self.legs,))
        self.add_ticket()
        self._show_way()
        self.begin()
        (self.debit if self._is_package else self.legs).setFocus()

    @property
    def is_leg_by_leg(self) -> bool:
        """Whether each leg is closed at its own price."""
        return self.way.currentText() == LEG_BY_LEG

    def _show_way(self) -> None:
        self.form.show_row("way", self._is_package)
        self.form.show_row("fills", self.is_leg_by_leg)
        for name in ("quantity", "debit"):
            self.form.show_row(name, not self.is_leg_by_leg)

    def readings(self) -> Readings:
        """Return the rows of the way that is chosen."""
        if self.is_leg_by_leg:
            return {"fills": self.legs.fills} | self.ticket_readings()
        return {
            "quantity": lambda: typed_count("quantity", self.quantity.text()),
            "debit": lambda: typed_decimal("debit", self.debit.text()),
        } | self.ticket_readings()

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the closing of the holding."""
        book, calendar, key = self.ground.book, self.ground.calendar, self.key
        if key.layer:
            return close_layer(book, calendar, number=key.layer, condor_id=key.of_condor, **values)
        act = close_condor_legs if self.is_leg_by_leg else close_condor
        return act(book, calendar, condor_id=key.condor_id, **values)
