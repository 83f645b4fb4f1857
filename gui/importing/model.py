"""How does the view get at the fates? A plain item model over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.flat_model import DISPLAY, RECORD_ROLE, RIGHT, FlatModel
from gui.formats import UNKNOWN_TEXT
from gui.widgets import rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.flat_model import Index
    from gui.importing.rows import FateRow
    from gui.theme import Theme

TITLES = ("Line", "Day", "Field", "Fate", "Reason")


class FateModel(FlatModel["FateRow"]):
    """The rows whose fate is other than taken. RECORD_ROLE gives the FateRow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(TITLES)
        self._theme = theme

    def show_rows(self, rows: Sequence[FateRow]) -> None:
        """Show the rows of another plan."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows or stands for."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in {DISPLAY, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, index.column())
        looks: dict[int, Any] = {
            RECORD_ROLE: row,
            Qt.ItemDataRole.ToolTipRole: rich_tooltip(row.reason),
            Qt.ItemDataRole.TextAlignmentRole: None if index.column() else RIGHT,
            Qt.ItemDataRole.ForegroundRole: QColor(self._theme.red) if row.is_refused else None,
        }
        return looks.get(role)

    @staticmethod
    def _text(row: FateRow, column: int) -> str:
        line = str(row.line) if row.line else UNKNOWN_TEXT
        fate = f"✕ {row.fate}" if row.is_refused else row.fate
        return (line, row.day, row.field, fate, row.reason)[column]
