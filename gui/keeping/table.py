"""How is a list of acts shown? A table of plain text, the newest on top, with buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.widgets import plain_label, push_button, rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZE = (1060, 460)
WIDEST_PX = 460


class TableDialog(QDialog):
    """A list with a title and a sentence; a button's work is given the row that is selected, -1 for none."""

    def __init__(self, title: str, sentence: str, columns: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self.sentence = plain_label(sentence, wraps=True)
        self.table = QTableWidget(0, len(columns))
        self.table.setHorizontalHeaderLabels(list(columns))
        self.table.setAccessibleName(title)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.sentence)
        column.addWidget(self.table)
        column.addLayout(self._row)

    def add_button(self, text: str, tip: str, work: Callable[[int], None]) -> None:
        """Add a button that is given the selected row."""
        self._row.addWidget(push_button(text, lambda: work(self.table.currentRow()), tip=tip))

    def add_close(self) -> None:
        """Add the button that closes the box."""
        self._row.addWidget(push_button("&Close", self.reject))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows of text."""
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(rich_tooltip(text))
                self.table.setItem(number, column, item)
        self.table.resizeColumnsToContents()
        for column in range(self.table.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + 8, WIDEST_PX))
        if rows:
            self.table.selectRow(0)
