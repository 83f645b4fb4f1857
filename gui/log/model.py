"""How does the view get at the log? Newest first; what was appended is inserted, the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt

from core.journal.log_choice import LogChoice
from gui.flat_model import DISPLAY, LEFT, RECORD_ROLE, RIGHT, SORT_ROLE, FlatModel
from gui.log.columns import COLUMNS
from gui.widgets import rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.journal.log import LogRow
    from gui.flat_model import Index
    from gui.log.columns import Column


class LogModel(FlatModel["LogRow"]):
    """The rows of the hedge log, the last entry on top. RECORD_ROLE gives the row's LogRow."""

    def __init__(self) -> None:
        super().__init__([column.title for column in COLUMNS])  # rows stay in the journal's order

    def show_rows(self, rows: Sequence[LogRow]) -> None:
        """Show the rows, given in the journal's order; rows added at its end are only inserted."""
        known = len(self._rows)
        is_longer = len(rows) >= known and list(rows[:known]) == list(self._rows)
        if not is_longer:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif len(rows) > known:
            self.beginInsertRows(QModelIndex(), 0, len(rows) - known - 1)
            self._rows = list(rows)
            self.endInsertRows()

    def row_at(self, number: int) -> LogRow:
        """Return the record of a row, counted from the top."""
        return self._rows[len(self._rows) - 1 - number]

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows, sorts by, or stands for."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), COLUMNS[index.column()]
        if role == DISPLAY:
            return column.shown(row)
        if role == SORT_ROLE:
            return column.value(row)
        if role == RECORD_ROLE:
            return row
        return _look(row, column, role)


def _look(row: LogRow, column: Column, role: int) -> Any:
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return RIGHT if column.is_number else LEFT
    if role == Qt.ItemDataRole.ToolTipRole:
        value = column.value(row)
        return rich_tooltip(value) if isinstance(value, str) else ""
    return None


class LogFilter(QSortFilterProxyModel):
    """Lets those rows through that a choice means and that hold every word of the filter, whatever its case.

    Sorted by a column, rows without a value come first when ascending; unsorted, the newest entry is on top.
    """

    def __init__(self, model: LogModel) -> None:
        super().__init__()
        self._model = model
        self._words: tuple[str, ...] = ()
        self._choice = LogChoice()
        self.setSourceModel(model)

    def set_text(self, text: str) -> None:
        """Filter by the words of a text; "" lets everything through."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def set_choice(self, choice: LogChoice) -> None:
        """Filter by period, layer, condor and kind."""
        self.beginFilterChange()
        self._choice = choice
        self.endFilterChange()

    def shown_rows(self) -> list[LogRow]:
        """Return the records that are to be seen, newest first."""
        every = range(self._model.rowCount())
        return [row for row in map(self._model.row_at, every) if self._accepts(row)]

    def lessThan(self, left: Index, right: Index) -> bool:
        """Return whether a cell comes before another, by native values."""
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            return one is None and other is not None
        return bool(one < other)

    def filterAcceptsRow(self, source_row: int, _source_parent: Index) -> bool:
        """Return whether a row of the log is to be seen."""
        return self._accepts(self._model.row_at(source_row))

    def _accepts(self, row: LogRow) -> bool:
        if not self._choice.takes(row):
            return False
        if not self._words:
            return True
        text = "\n".join(str(column.shown(row)) for column in COLUMNS).casefold()
        return all(word in text for word in self._words)
