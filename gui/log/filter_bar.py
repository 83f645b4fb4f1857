"""Which entries are to be seen? Two days, a layer, a condor, a kind: the same choice that a file is written of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from core.journal.log_choice import LogChoice, log_choice
from core.market.times import parse_date
from core.positions.book import LAYER_NUMBERS
from core.refusal import RefusedError
from gui.widgets import line_field, plain_label, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.journal.log import LogRow

EVERY = None
DAY_HINT = "YYYY-MM-DD"
DAY_CHARS, LABEL_MARGIN_PX = 10, 2


class FilterBar(QWidget):
    """Asks for period, layer, condor and kind. `changed` carries a LogChoice, `refused` why there is none."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = self._day_field("From", "The first day, in New York; empty: the journal's first")
        self.last = self._day_field("To", "The last day, in New York; empty: now. Open legs are valued at its end")
        self.layer, self.condor, self.kind = (self._combo(name) for name in ("Layer", "Condor", "Kind"))
        _fill(self.layer, "all layers", [(f"layer {number}", number) for number in LAYER_NUMBERS])
        self.offer(())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for name, field in (("F&rom", self.first), ("&until", self.last)):
            label = plain_label(name, buddy=field)
            label.setMargin(LABEL_MARGIN_PX)  # else the last letter is cut beside a field that keeps its width
            row.addWidget(label)
            row.addWidget(field)
        for combo in (self.layer, self.condor, self.kind):
            row.addWidget(combo)
        row.addStretch(1)

    def _day_field(self, name: str, tip: str) -> QLineEdit:
        field = line_field(name, hint=DAY_HINT, chars=DAY_CHARS)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.setFixedWidth(field.minimumWidth())
        field.setClearButtonEnabled(True)
        set_tooltip(field, tip)
        field.textChanged.connect(self._on_typed)
        return field

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.currentIndexChanged.connect(lambda _index: self._tell())
        return combo

    def offer(self, rows: Sequence[LogRow]) -> None:
        """Offer the condors and kinds that the log has; what was picked stays where it still is there."""
        condors = sorted({row.condor for row in rows if row.condor is not None})
        kinds = sorted({row.kind for row in rows})
        _fill(self.condor, "all condors", [(f"condor {number}", number) for number in condors])
        _fill(self.kind, "all kinds", [(kind.replace("_", " "), kind) for kind in kinds])

    def choice(self) -> LogChoice:
        """Return what is asked for; raises RefusedError where a day cannot be read or the period is empty."""
        return log_choice(
            first=_day(self.first),
            last=_day(self.last),
            layers=_picked(self.layer),
            condors=_picked(self.condor),
            kinds=_picked(self.kind),
        )

    def set_like(self, other: FilterBar) -> None:
        """Take on what another bar asks for."""
        for mine, theirs in ((self.first, other.first), (self.last, other.last)):
            mine.setText(theirs.text())
        for own, found in ((self.layer, other.layer), (self.condor, other.condor), (self.kind, other.kind)):
            own.setCurrentIndex(max(own.findData(found.currentData()), 0))

    def _on_typed(self, text: str) -> None:
        if len(text.strip()) in (0, DAY_CHARS):  # a date half typed is no mistake yet
            self._tell()

    def _tell(self) -> None:
        try:
            choice = self.choice()
        except RefusedError as error:
            self.refused.emit(str(error))
        else:
            self.changed.emit(choice)


def _day(field: QLineEdit) -> date | None:
    return parse_date(field.text()) if field.text().strip() else None


def _picked(combo: QComboBox) -> tuple[Any, ...]:
    return () if combo.currentData() is EVERY else (combo.currentData(),)


def _fill(combo: QComboBox, every: str, items: Iterable[tuple[str, object]]) -> None:
    wanted = [(every, EVERY), *items]
    if [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())] == wanted:
        return
    picked, was_blocked = combo.currentData(), combo.blockSignals(True)
    combo.clear()
    for text, data in wanted:
        combo.addItem(text, data)
    combo.setCurrentIndex(max(combo.findData(picked), 0))
    combo.blockSignals(was_blocked)
