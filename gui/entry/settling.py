"""How is what expired settled? With the published value, named: SET, close or VRO; it is never assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.journal.acts import settle_condor, settle_layer
from core.positions.contract import expiry_moment
from core.positions.settlement import settles_to
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.typed import typed_decimal
from gui.formats import day_text
from gui.holding import HoldingKey, holding_in
from gui.widgets import plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from core.positions.contract import Contract
    from core.positions.leg import Leg
    from gui.entry.checking import Readings

NOT_IMPORTED = "not imported: type the published value"


@dataclass(frozen=True)
class Due:
    """The legs that one value settles: their expiry, the value's name, its index, and one of the contracts."""

    expiry: date
    value_name: str
    index: str
    contract: Contract

    @property
    def text(self) -> str:
        """The value in words."""
        return f"{self.value_name} of {self.index}, {day_text(self.expiry)}"


def due_of(legs: Sequence[Leg]) -> list[Due]:
    """Return what can be settled of the legs, the first expiry first."""
    found: dict[tuple[date, str, str], Due] = {}
    for leg in legs:
        contract = leg.contract
        if contract.expiry is not None:
            key = (contract.expiry, contract.terms.settlement.value, settles_to(contract))
            found.setdefault(key, Due(*key, contract))
    return [found[key] for key in sorted(found)]


class SettleDialog(EntryDialog):
    """Settles a condor, or what a layer holds of one expiry.

    `imported` has the settlement values that were imported, by contract; only such a value is filled in.
    """

    def __init__(
        self,
        ground: Ground,
        key: HoldingKey,
        parent: QWidget | None = None,
        *,
        imported: Mapping[Contract, Decimal] | None = None,
    ) -> None:
        super().__init__(ground, f"Settle {key.title}", "Settle", parent)
        self.key = key
        self._imported = imported or {}
        held = holding_in(ground.book, key)
        self._due = due_of(held.legs if held is not None else ())
        self.due = self.form.choice("value_name", "&With", [due.text for due in self._due])
        self.due.currentIndexChanged.connect(lambda _index: self._take_due())
        self.value = self.form.line("value", "&Value", hint="points, as published")
        self.origin = plain_label(name="Where the value is from")
        self.form.grid.addRow(plain_label(""), self.origin)
        self.add_ticket(has_fees=False)
        self._take_due()
        self.begin()
        self.value.setFocus()

    def _moment(self, contract: Contract) -> datetime:
        """Return when the value was struck, or now where that is still to come."""
        struck = expiry_moment(contract, self.ground.calendar)
        return min(struck, self.ground.now) if struck is not None else self.ground.now

    def _take_due(self) -> None:
        """Fill in the imported value of what is chosen, and say so; without one the field is empty."""
        if not self._due:
            self.origin.setText("Nothing that expires is held.")
            return
        due = self._due[self.due.currentIndex()]
        value = self._imported.get(due.contract)
        self.value.setText(f"{value.normalize():f}" if value is not None else "")
        self.offer_time(self._moment(due.contract))
        self.origin.setText(f"{due.text}: {'imported' if value is not None else NOT_IMPORTED}")

    def readings(self) -> Readings:
        """Return the value and the ticket."""
        return {"value": lambda: typed_decimal("value", self.value.text())} | self.ticket_readings(has_fees=False)

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the settlement."""
        book, calendar, key = self.ground.book, self.ground.calendar, self.key
        due = self._due[self.due.currentIndex()]
        if not key.layer:
            return settle_condor(book, calendar, condor_id=key.condor_id, value_name=due.value_name, **values)
        return settle_layer(
            book,
            calendar,
            number=key.layer,
            condor_id=key.of_condor,
            expiry=due.expiry,
            value_name=due.value_name,
            root=due.contract.root if self._is_one_of_many(due) else "",
            **values,
        )

    def _is_one_of_many(self, due: Due) -> bool:
        """Whether several indices close on that day, so that the root must be named."""
        same = [other for other in self._due if (other.expiry, other.value_name) == (due.expiry, due.value_name)]
        return len(same) > 1
