"""How does a view get at the lines? A flat model that sorts itself, so that a click on a title orders the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from gui.flat_model import DISPLAY, RECORD_ROLE, RIGHT, FlatModel
from gui.widgets import rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gui.data.rows import TextRow
    from gui.flat_model import Index


class TextModel(FlatModel["TextRow"]):
    """Lines of text. RECORD_ROLE gives the record behind a line."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(titles)
        self._all: tuple[TextRow, ...] = ()
        self._wanted = ""
        self._order: tuple[int, bool] | None = None

    def show_rows(self, rows: Iterable[TextRow]) -> None:
        """Show other lines, in the order and with the filter that hold."""
        self._all = tuple(rows)
        self._arrange()

    def filter(self, text: str) -> None:
        """Show only the lines that hold every word of a text, in any case."""
        self._wanted = text
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the lines by a column."""
        self._order = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._arrange()

    def record(self, row: int) -> object:
        """Return the record behind a line."""
        return self._rows[row].record

    def _arrange(self) -> None:
        words = self._wanted.casefold().split()
        rows = [row for row in self._all if all(word in " ".join(row.texts).casefold() for word in words)]
        if self._order is not None:
            column, is_descending = self._order
            rows.sort(key=lambda row: row.keys[column], reverse=is_descending)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows or stands for."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in {DISPLAY, Qt.ItemDataRole.AccessibleTextRole}:
            return row.texts[column]
        looks: dict[int, Any] = {
            RECORD_ROLE: row.record,
            Qt.ItemDataRole.ToolTipRole: rich_tooltip(row.texts[column]),
            Qt.ItemDataRole.TextAlignmentRole: RIGHT if column in row.numbers else None,
        }
        return looks.get(role)
