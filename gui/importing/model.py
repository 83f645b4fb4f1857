"""How does the view get at the fates? A plain item model over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from gui.formats import UNKNOWN_TEXT
from gui.widgets import rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.importing.rows import FateRow
    from gui.theme import Theme

TITLES = ("Line", "Day", "Field", "Fate", "Reason")
RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_NUMBER = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class FateModel(QAbstractTableModel):
    """The rows whose fate is other than taken. RECORD_ROLE gives the FateRow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: Sequence[FateRow] = ()

    def show_rows(self, rows: Sequence[FateRow]) -> None:
        """Show the rows of another plan."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's title."""
        is_title = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return TITLES[section] if is_title else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows or stands for."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in {_DISPLAY, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, index.column())
        looks: dict[int, Any] = {
            RECORD_ROLE: row,
            Qt.ItemDataRole.ToolTipRole: rich_tooltip(row.reason),
            Qt.ItemDataRole.TextAlignmentRole: None if index.column() else _NUMBER,
            Qt.ItemDataRole.ForegroundRole: QColor(self._theme.red) if row.is_refused else None,
        }
        return looks.get(role)

    @staticmethod
    def _text(row: FateRow, column: int) -> str:
        line = str(row.line) if row.line else UNKNOWN_TEXT
        fate = f"✕ {row.fate}" if row.is_refused else row.fate
        return (line, row.day, row.field, fate, row.reason)[column]
