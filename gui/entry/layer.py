"""How is a hedge layer entered? Its number, whose it is, and its legs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import open_layer
from core.positions.book import LAYER_NUMBERS
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.leg_table import LegTable
from gui.holding import HoldingKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings

WHOLE_BOOK = "the whole book"


class LayerDialog(EntryDialog):
    """Opens or adds to a hedge layer. `key` says which layer and condor are chosen at first."""

    def __init__(self, ground: Ground, parent: QWidget | None = None, *, key: HoldingKey | None = None) -> None:
        super().__init__(ground, "Enter a hedge layer", "Enter layer", parent)
        chosen = key or HoldingKey()
        names = ground.book.layer_names
        self.number = self.form.choice("number", "&Layer", [f"{n}  {names[n]}" for n in LAYER_NUMBERS])
        self.number.setCurrentIndex(max(chosen.layer - 1, 0))
        self._condors = [None, *(condor.id for condor in ground.book.open_condors)]
        self.condor = self.form.choice("condor_id", "&For", [_scope(condor_id) for condor_id in self._condors])
        if chosen.of_condor in self._condors:
            self.condor.setCurrentIndex(self._condors.index(chosen.of_condor))
        self.legs = LegTable("fills")
        self.form.add("fills", "L&egs", (self.legs,))
        self.add_ticket()
        self.begin()
        self.legs.setFocus()

    def readings(self) -> Readings:
        """Return layer, condor, legs and ticket."""
        return {
            "number": lambda: LAYER_NUMBERS[self.number.currentIndex()],
            "condor_id": lambda: self._condors[self.condor.currentIndex()],
            "fills": self.legs.fills,
        } | self.ticket_readings()

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the opening of the layer."""
        return open_layer(self.ground.book, self.ground.calendar, **values)


def _scope(condor_id: int | None) -> str:
    return WHOLE_BOOK if condor_id is None else f"condor {condor_id}"
