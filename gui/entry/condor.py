"""How is a new condor entered? Four legs for one credit, or leg by leg with four prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal.acts import open_condor, open_condor_legs
from core.market.times import exchange_date
from core.positions.checks import check_strikes
from core.positions.contract import Contract, Kind
from core.positions.leg import Fill
from core.positions.values import ActRefusedError, check_count
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.session_field import SessionField
from gui.entry.typed import StillEmptyError, typed_count, typed_decimal, typed_pair, typed_session

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from PySide6.QtWidgets import QLineEdit, QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings

ROOTS = ("SPX", "SPXW", "XSP")
PACKAGE, LEG_BY_LEG = "four legs for one credit", "leg by leg, each with its price"
LONG_SHORT, SHORT_LONG = ("long", "short"), ("short", "long")
SIDES = (1, -1, -1, 1)
RIGHTS = ("P", "P", "C", "C")


class CondorDialog(EntryDialog):
    """Opens a condor. `condor_id` names one that is being built leg by leg: legs are then added to it."""

    def __init__(self, ground: Ground, parent: QWidget | None = None, *, condor_id: int | None = None) -> None:
        title = "Enter a condor" if condor_id is None else f"Add legs to condor {condor_id}"
        super().__init__(ground, title, "Enter condor" if condor_id is None else "Add legs", parent)
        self._condor_id = condor_id
        self._make_rows()
        self.add_ticket()
        if condor_id is not None:
            self._take_condor(condor_id)
        self._show_way()
        self.begin()
        self.expiry.setFocus()

    def _make_rows(self) -> None:
        self.way = self.form.choice("way", "&Entered as", (PACKAGE, LEG_BY_LEG))
        self.way.currentIndexChanged.connect(lambda _index: self._show_way())
        self.root = self.form.choice("root", "&Root", ROOTS)
        self.expiry = SessionField(
            "Expiry", self.ground.calendar, exchange_date(self.ground.now), self.ground.theme
        )
        self.form.add("expiry", "E&xpiry", (self.expiry,))
        self.quantity = self.form.line("quantity", "&Quantity", text="1", hint="condors", chars=6)
        self.puts = self.form.lines("puts", "&Puts", LONG_SHORT)
        self.put_prices = self.form.lines("put_prices", "Put prices", LONG_SHORT)
        self.calls = self.form.lines("calls", "&Calls", SHORT_LONG)
        self.call_prices = self.form.lines("call_prices", "Call prices", SHORT_LONG)
        self.credit = self.form.line("credit", "C&redit", hint="points a condor, negative if paid")

    def _take_condor(self, condor_id: int) -> None:
        """Fix what the condor that is being built already says."""
        condor = self.ground.book.condors[condor_id]
        self.way.setCurrentText(LEG_BY_LEG)
        self.root.setCurrentText(condor.root)
        self.expiry.line.setText(condor.expiry.isoformat() if condor.expiry else "")
        self.quantity.setText(str(max(condor.quantity, 1)))
        for field in (self.way, self.root, self.expiry):
            field.setEnabled(False)

    @property
    def is_leg_by_leg(self) -> bool:
        """Whether each leg is entered with its own price."""
        return self.way.currentText() == LEG_BY_LEG

    def _show_way(self) -> None:
        self.form.show_row("credit", not self.is_leg_by_leg)
        for name in ("put_prices", "call_prices"):
            self.form.show_row(name, self.is_leg_by_leg)

    def readings(self) -> Readings:
        """Return the rows of the way that is chosen."""
        found: Readings = {
            "root": self.root.currentText,
            "expiry": lambda: typed_session("expiry", self.expiry.text(), self.ground.calendar),
            "quantity": lambda: typed_count("quantity", self.quantity.text()),
        }
        if self.is_leg_by_leg:
            found["puts"] = lambda: typed_legs("puts", self.puts, self.put_prices)
            found["calls"] = lambda: typed_legs("calls", self.calls, self.call_prices)
        else:
            found["puts"] = lambda: typed_pair("puts", *(line.text() for line in self.puts))
            found["calls"] = lambda: typed_pair("calls", *(line.text() for line in self.calls))
            found["credit"] = lambda: typed_decimal("credit", self.credit.text())
        return found | self.ticket_readings()

    def check_early(self, values: dict[str, Any]) -> None:
        """Refuse strikes out of order and impossible counts while the credit is still to be typed."""
        if "quantity" in values:
            check_count("quantity", values["quantity"])
        if {"puts", "calls"} <= set(values) and not self.is_leg_by_leg:
            check_strikes(values["puts"], values["calls"])

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the opening of the condor."""
        if not self.is_leg_by_leg:
            return open_condor(self.ground.book, self.ground.calendar, **values)
        puts, calls = values.pop("puts"), values.pop("calls")
        fills = fills_of(values.pop("root"), values.pop("expiry"), values.pop("quantity"), (*puts, *calls))
        if not fills:
            raise StillEmptyError("puts")
        return open_condor_legs(
            self.ground.book, self.ground.calendar, fills=fills, condor_id=self._condor_id, **values
        )


def typed_legs(
    field: str, strikes: tuple[QLineEdit, ...], prices: tuple[QLineEdit, ...]
) -> tuple[tuple[Decimal, Decimal] | None, ...]:
    """Return (strike, price) of each leg typed, None for one left out; one without the other is refused."""
    return tuple(_typed_leg(field, *(line.text() for line in pair)) for pair in zip(strikes, prices, strict=True))


def _typed_leg(field: str, strike: str, price: str) -> tuple[Decimal, Decimal] | None:
    if not strike.strip() and not price.strip():
        return None
    if not strike.strip() or not price.strip():
        missing = "price" if strike.strip() else "strike"
        raise ActRefusedError(field, f"a leg needs strike and price: its {missing} is missing")
    return typed_decimal(field, strike), typed_decimal(field, price)


def fills_of(
    root: str, expiry: date, quantity: int, legs: tuple[tuple[Decimal, Decimal] | None, ...]
) -> tuple[Fill, ...]:
    """Return the fills of the legs given, from long put to long call."""
    return tuple(
        Fill(Contract(root, Kind.OPTION, expiry, right, leg[0]), side * quantity, leg[1])
        for leg, right, side in zip(legs, RIGHTS, SIDES, strict=True)
        if leg is not None
    )
