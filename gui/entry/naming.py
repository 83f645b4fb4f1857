"""How is a layer given another name? The number stays, and so does the name in entries written before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import name_layer
from core.positions.book import LAYER_NUMBERS
from core.positions.values import ActRefusedError
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.typed import StillEmptyError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings
    from gui.holding import HoldingKey


class NameDialog(EntryDialog):
    """Names a layer. `key` says which one at first; its name as it is stands in the field."""

    def __init__(self, ground: Ground, parent: QWidget | None = None, *, key: HoldingKey | None = None) -> None:
        super().__init__(ground, "Name a layer", "Name layer", parent)
        self.which = self.form.choice("number", "&Layer", [f"layer {number}" for number in LAYER_NUMBERS])
        if key is not None and key.layer:
            self.which.setCurrentIndex(LAYER_NUMBERS.index(key.layer))
        self.name = self.form.line("name", "&Name", hint="one line, at most 40 characters", chars=30)
        self.which.currentIndexChanged.connect(self._fill_in)
        self._fill_in()
        self.add_time(ground.now)
        self.begin()
        self.name.setFocus()
        self.name.selectAll()

    @property
    def number(self) -> int:
        """The layer that is chosen."""
        return LAYER_NUMBERS[self.which.currentIndex()]

    def _fill_in(self) -> None:
        self.name.setText(self.ground.book.layer_names[self.number])

    def readings(self) -> Readings:
        """Return number, name and time."""
        return {"number": lambda: self.number, "name": self._new_name, "at": self.moment_typed}

    def _new_name(self) -> str:
        typed = self.name.text().strip()
        if not typed:
            raise StillEmptyError("name")
        if typed == self.ground.book.layer_names[self.number]:
            raise ActRefusedError("name", "is the name that it has already")
        return typed

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the naming."""
        return name_layer(self.ground.book, **values)
