"""What has the hedge cost? The ledger of the entries that the filter means, beside its budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from core.market.figure import Figure
from db.exports.blocks import shown
from db.exports.ledger_tables import LEDGER_NOTE, budget_table, ledger_table
from gui.flat_model import DISPLAY, LEFT, RIGHT, SORT_ROLE, FlatModel
from gui.flat_view import flat_view
from gui.formats import dollars_text, time_text
from gui.widgets import plain_label, rich_tooltip, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QTableView

    from core.journal.ledger_lines import Ledger
    from db.exports.blocks import Head, Table
    from gui.flat_model import Index

READING = "Adding up…"


class TableModel(FlatModel[Any]):
    """The rows of a table of the report, as its files have them."""

    def __init__(self, heads: Sequence[Head]) -> None:
        super().__init__([head.text for head in heads])
        self._heads = heads

    def show_table(self, table: Table) -> None:
        """Show other rows under the same heads."""
        self.beginResetModel()
        self._rows = table.rows
        self.endResetModel()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows, its native value, on which side it stands, and why it is unknown."""
        if not index.isValid():
            return None
        value, head = self._rows[index.row()][index.column()], self._heads[index.column()]
        if role == DISPLAY:
            return shown(value, head.kind)
        if role == SORT_ROLE:
            return value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if head.is_number else LEFT
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(value, Figure):
            return rich_tooltip(value.unknown or value.formula)
        return None


class LedgerView(QWidget):
    """The ledger's two tables. `show_ledger` fills them; `wait` says that they are being read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = plain_label(name="What the ledger counts")
        set_tooltip(self.head, LEDGER_NOTE)
        self.lines: TableModel | None = None
        self.budgets: TableModel | None = None
        self._tables = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addLayout(self._tables, 1)

    def wait(self) -> None:
        """Say that the ledger is being added up."""
        self.head.setText(READING)

    def say(self, text: str) -> None:
        """Say why there is no ledger."""
        self.head.setText(f"✕ {text}")

    def show_ledger(self, ledger: Ledger, valued_at: datetime) -> None:
        """Show the accounts of the layers, and what they are measured against."""
        lines, budgets = ledger_table(ledger), budget_table(ledger)
        if self.lines is None or self.budgets is None:
            self.lines, self.budgets = TableModel(lines.heads), TableModel(budgets.heads)
            for model, name, share in ((self.lines, "Ledger of the hedge", 5), (self.budgets, "Budgets", 3)):
                self._tables.addWidget(_view(model, name), share)
        self.lines.show_table(lines)
        self.budgets.show_table(budgets)
        equity = "not stated" if ledger.equity is None else dollars_text(ledger.equity)
        self.head.setText(
            f"{ledger.days} days, credit {dollars_text(ledger.credit)}, account {equity}, "
            f"valued {time_text(valued_at)}; what is negative was earned"
        )


def _view(model: TableModel, name: str) -> QTableView:
    view = flat_view(model, name)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return view
