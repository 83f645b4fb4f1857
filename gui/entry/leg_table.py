"""Which legs were traded? A line to type one in, and a small table of those that are in, each cell as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.positions.leg import parse_fill
from core.positions.values import ActRefusedError
from core.refusal import RefusedError
from gui.entry.typed import StillEmptyError
from gui.widgets import push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from core.positions.leg import Fill, Leg

COLUMNS = ("Quantity", "Root", "Expiry", "Right", "Strike", "Price")
QUANTITY, ROOT, EXPIRY, RIGHT, STRIKE, PRICE = range(len(COLUMNS))
EXAMPLE = "+4 VIX 2018-03-21 C 25 @ 1.20"
SHOWN_ROWS, EDGE_PX = 4, 10
RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Cells = tuple[str, str, str, str, str, str]


def cells_of(fill: Fill) -> Cells:
    """Return a fill as the cells of a row; a price that is not known yet is empty."""
    contract = fill.contract
    return (
        f"{fill.quantity:+d}",
        contract.root,
        contract.expiry.isoformat() if contract.expiry else "",
        contract.right,
        f"{contract.strike.normalize():f}" if contract.strike is not None else "",
        f"{fill.price.normalize():f}" if fill.price is not None else "",
    )


def closing_cells(legs: Sequence[Leg]) -> list[Cells]:
    """Return the rows that would close legs, their prices still to be typed."""
    return [(f"{-leg.quantity:+d}", *_contract_cells(leg), "") for leg in legs]


def _contract_cells(leg: Leg) -> tuple[str, str, str, str]:
    contract = leg.contract
    strike = f"{contract.strike.normalize():f}" if contract.strike is not None else ""
    return contract.root, contract.expiry.isoformat() if contract.expiry else "", contract.right, strike


class LegTable(QWidget):
    """The line and the table. `edited` fires on every change; `fills` reads both strictly."""

    edited = Signal()

    def __init__(self, field: str, rows: Sequence[Cells] = ()) -> None:
        super().__init__()
        self._field = field
        self.line = LegLine(self.add_line)
        self.line.textChanged.connect(lambda _text: self.edited.emit())
        self.table = _Cells(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.itemChanged.connect(lambda _item: self.edited.emit())
        self.table.removal_requested.connect(self.remove_selected)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QHBoxLayout()
        bar.addWidget(self.line, 1)
        bar.addWidget(push_button("Add leg", self.add_line, tip=f"Add the leg typed on the left, like {EXAMPLE}"))
        bar.addWidget(push_button("Remove leg", self.remove_selected, tip="Take out the selected legs (Delete)"))
        column.addLayout(bar)
        column.addWidget(self.table)
        self.setFocusProxy(self.table if rows else self.line)
        self.set_rows(rows)
        if rows:
            self.table.setCurrentCell(0, PRICE)

    def set_rows(self, rows: Sequence[Cells]) -> None:
        """Put these rows in place of all others."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for cells in rows:
            self._append(cells)
        self.table.blockSignals(False)
        self.edited.emit()

    def add_line(self) -> None:
        """Put the typed leg into the table; it stays on its line where it is refused."""
        text = self.line.text().strip()
        try:
            fill = parse_fill(text)
        except RefusedError:
            self.edited.emit()
            return
        self.table.blockSignals(True)
        self._append(cells_of(fill))
        self.table.blockSignals(False)
        self.line.clear()

    def remove_selected(self) -> None:
        """Take out the selected rows."""
        for row in sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True):
            self.table.removeRow(row)
        self.edited.emit()

    def fills(self) -> tuple[Fill, ...]:
        """Return all legs, the one on the line last; raises for one refused or without a price."""
        typed = self.line.text().strip()
        found = [self._fill_at(row) for row in range(self.table.rowCount())]
        found += [parse_fill(typed)] if typed else []
        if not found:
            raise StillEmptyError(self._field)
        return tuple(found)

    def text(self) -> str:
        """Return everything that is typed, row by row."""
        rows = ("\t".join(self._cells(row)) for row in range(self.table.rowCount()))
        return "\n".join([*rows, self.line.text()])

    def _append(self, cells: Cells) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            if column in {QUANTITY, STRIKE, PRICE}:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _cells(self, row: int) -> list[str]:
        items = (self.table.item(row, column) for column in range(len(COLUMNS)))
        return [item.text().strip() if item is not None else "" for item in items]

    def _fill_at(self, row: int) -> Fill:
        cells = self._cells(row)
        *contract, price = cells
        if not price:
            raise StillEmptyError(f"price of {' '.join(cell for cell in contract if cell)}")
        try:
            return parse_fill(f"{' '.join(cell for cell in contract if cell)} @ {price}")
        except RefusedError as error:
            raise ActRefusedError(self._field, str(error)) from None


class LegLine(QLineEdit):
    """The line of one leg: Enter puts it into the table and goes no further, an empty line lets Enter through."""

    def __init__(self, on_enter: Callable[[], None]) -> None:
        super().__init__()
        self.setPlaceholderText(EXAMPLE)
        self.setAccessibleName("One leg, typed")
        self._on_enter = on_enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the table."""
        if event.key() in RETURNS and self.text().strip():
            self._on_enter()
            event.accept()
        else:
            super().keyPressEvent(event)


class _Cells(QTableWidget):
    """A table whose Enter edits a cell and never closes the dialog, whose Delete asks to take rows out."""

    removal_requested = Signal()

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.setAccessibleName("Legs")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(EXPIRY, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(EXPIRY, self.fontMetrics().horizontalAdvance("0000-00-00") + 2 * EDGE_PX)
        self.horizontalHeader().setHighlightSections(False)
        row = self.fontMetrics().height() + EDGE_PX
        self.verticalHeader().setDefaultSectionSize(row)
        self.setFixedHeight(row * (SHOWN_ROWS + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter and Delete inside the table."""
        if event.key() in RETURNS:
            self.editItem(self.currentItem())
            event.accept()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)
