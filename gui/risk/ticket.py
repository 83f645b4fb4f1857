"""What if this were traded? A line of fills that only a picture is made of: nothing of it is written anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from core.positions.book import LAYER_NUMBERS
from core.positions.leg import parse_fill
from core.refusal import RefusedError
from core.risk_state import ProposedFill
from gui.widgets import plain_label, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

HINT = "+2 VIX 2027-01-20 C 26 @ 1.65; …"
TIP = "Fills that count as entered now, apart by semicolons, each with its price. Nothing is written or sent."


class TicketField(QWidget):
    """The line, and whose fills they would be. `changed` comes when Enter is pressed or the holding changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fills: tuple[ProposedFill, ...] = ()
        self._given = ""
        self.holding = QComboBox()
        self.holding.setAccessibleName("whose fills the ticket has")
        self.line = QLineEdit()
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("proposed ticket")
        set_tooltip(self.line, TIP)
        self.trouble = plain_label(name="what is wrong with the ticket")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(plain_label("&ticket", buddy=self.line))
        row.addWidget(self.holding)
        row.addWidget(self.line, 1)
        row.addWidget(self.trouble)
        self.line.editingFinished.connect(self._take)
        self.holding.activated.connect(lambda _index: self._take_anew())
        self.show_condors(())

    def show_condors(self, ids: Sequence[int]) -> None:
        """Offer the layers of the book, and each condor with its own layers."""
        keys: list[tuple[int | None, int | None]] = [(number, None) for number in LAYER_NUMBERS]
        keys += [(number, one) for one in ids for number in (None, *LAYER_NUMBERS)]
        if [self.holding.itemData(row) for row in range(self.holding.count())] == keys:
            return
        chosen, has_given = self.holding.currentData(), bool(self._given)
        self.holding.clear()
        for key in keys:
            self.holding.addItem(_name(*key), key)
        self.holding.setCurrentIndex(keys.index(chosen) if chosen in keys else -1 if has_given else 0)

    def propose(self, fills: tuple[ProposedFill, ...]) -> None:
        """Propose fills that come from elsewhere, without telling; typing over them begins anew."""
        keys = list(dict.fromkeys((one.layer, one.condor_id) for one in fills))
        known = [self.holding.itemData(row) for row in range(self.holding.count())]
        self.holding.setCurrentIndex(known.index(keys[0]) if len(keys) == 1 and keys[0] in known else -1)
        self._given = "; ".join(_text(one) for one in fills)
        self.line.setText(self._given)
        self.line.setCursorPosition(0)
        self.trouble.setText(f"of {len(keys)} holdings" if len(keys) > 1 else "")
        self.fills = fills

    def clear(self) -> None:
        """Propose nothing, without telling."""
        self._given = ""
        self.line.clear()
        self.holding.setCurrentIndex(max(self.holding.currentIndex(), 0))
        self.trouble.clear()
        self.fills = ()

    def _take_anew(self) -> None:
        """Read the line for another holding."""
        self._given = ""
        self._take()

    def _take(self) -> None:
        """Read the line; where it cannot be read nothing is proposed, and the reason stands beside it."""
        if self._given and self.line.text() == self._given:
            return
        self._given = ""
        self.holding.setCurrentIndex(max(self.holding.currentIndex(), 0))
        layer, condor_id = self.holding.currentData()
        said = ""
        fills: tuple[ProposedFill, ...] = ()
        try:
            parts = [part.strip() for part in self.line.text().split(";") if part.strip()]
            fills = tuple(ProposedFill(parse_fill(part), layer, condor_id) for part in parts)
        except RefusedError as refused:
            said = str(refused)
        self.trouble.setText(f"✕ {said}" if said else "")
        if fills != self.fills:
            self.fills = fills
            self.changed.emit()


def _text(one: ProposedFill) -> str:
    return f"{one.fill.quantity:+d} {one.fill.contract.text} @ {one.fill.price}"


def _name(layer: int | None, condor_id: int | None) -> str:
    if layer is None:
        return f"condor {condor_id}"
    return f"L{layer} of {f'condor {condor_id}' if condor_id else 'the book'}"
