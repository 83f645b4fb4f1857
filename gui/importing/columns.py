"""What is in which column of a file that no layout knows? A line for each column, and what it shall be read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from core.market.series import BAR_FIELDS, BREADTH_FIELDS
from core.parsing.mapping import parse_mapping
from core.parsing.table import ParseRefusedError
from gui.widgets import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.parsing.layout import Head

NOT_READ = "not read"
ROLES = (NOT_READ, "date", "time", *BAR_FIELDS, *BREADTH_FIELDS)
DECIMALS = (("as the file shows", ""), ("point: 1,234.5", "point"), ("comma: 1.234,5", "comma"))
ORDERS = (("as the file shows", ""), ("day first: 5.2.2018", "dmy"), ("month first: 2/5/2018", "mdy"))
TITLES = ("Column", "First rows", "Read as")
SIZE, SHOWN_ROWS = (640, 480), 3
HELP = "Needed: date, and close or a count. It is kept for all files with this header."


class ColumnsDialog(QDialog):
    """`chosen` carries the ColumnMapping that the user put together."""

    chosen = Signal(object)

    def __init__(self, head: Head, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Columns of {head.file_name}")
        self.resize(*SIZE)
        self.roles: list[QComboBox] = []
        self.table = self._make_table(head)
        self.decimal, self.order = _box("Decimals", DECIMALS), _box("Order of the date", ORDERS)
        self.said = plain_label(HELP, name="What is missing", wraps=True)
        row = QHBoxLayout()
        for text, box in (("&Decimals", self.decimal), ("D&ates", self.order)):
            row.addWidget(plain_label(text, buddy=box))
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(push_button("Cancel", self.reject))
        self.read = push_button("&Read the file", self._take)
        self.read.setDefault(True)
        row.addWidget(self.read)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        column.addLayout(row)

    def _make_table(self, head: Head) -> QTableWidget:
        table = QTableWidget(len(head.header), len(TITLES))
        table.setHorizontalHeaderLabels(TITLES)
        table.setAccessibleName("Columns of the file")
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        for number, name in enumerate(head.header):
            cells = [row[number] for row in head.rows[:SHOWN_ROWS] if number < len(row)]
            for place, text in enumerate((name or f"column {number + 1}", "   ".join(cells))):
                table.setItem(number, place, QTableWidgetItem(text))
            box = _box(f"Read {name} as", [(role, role) for role in ROLES])
            box.setCurrentIndex(max(box.findData(name.strip().casefold()), 0))
            self.roles.append(box)
            table.setCellWidget(number, len(TITLES) - 1, box)
        table.resizeColumnsToContents()
        table.horizontalHeader().setStretchLastSection(True)
        return table

    @property
    def text(self) -> str:
        """What was chosen, as it is written after `--map`: columns by their place."""
        parts = [
            f"{box.currentData()}=#{n}" for n, box in enumerate(self.roles, 1) if box.currentData() != NOT_READ
        ]
        marks = (("decimal", self.decimal.currentData()), ("order", self.order.currentData()))
        return ",".join([*parts, *(f"{name}={value}" for name, value in marks if value)])

    def _take(self) -> None:
        named = [box.currentData() for box in self.roles if box.currentData() != NOT_READ]
        twice = next((role for role in named if named.count(role) > 1), "")
        try:
            mapping = parse_mapping(self.text)
        except ParseRefusedError:
            self.said.setText(f"✕ {HELP}")
            return
        if twice:
            self.said.setText(f"✕ Two columns are to be read as {twice}.")
            return
        self.chosen.emit(mapping)
        self.accept()


def _box(name: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, value in choices:
        box.addItem(text, value)
    return box
