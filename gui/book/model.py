"""How does the view get at the rows? An item model that keeps its own order and tells of single rows only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QApplication

from gui.book.columns import COLUMNS, TRIGGER_COLUMN
from gui.book.rows import Group, LayerRow, Row
from gui.flat_model import DISPLAY, LEFT, RECORD_ROLE, RIGHT, SORT_ROLE, FlatModel
from gui.marks import TRIGGER_MARKS, mark_icon
from gui.widgets import rich_tooltip, scaled_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.flat_model import Index
    from gui.theme import Theme

_ASCENDING = Qt.SortOrder.AscendingOrder
_ROLES = Qt.ItemDataRole  # as plain numbers below: an enum's member costs more to compare than all the rest
_TEXTS = frozenset({DISPLAY, int(_ROLES.AccessibleTextRole)})
_NOT_OURS = frozenset({int(_ROLES.CheckStateRole), int(_ROLES.SizeHintRole)})
_ALIGNMENT, _TOOL_TIP = int(_ROLES.TextAlignmentRole), int(_ROLES.ToolTipRole)
_FOREGROUND, _BACKGROUND = int(_ROLES.ForegroundRole), int(_ROLES.BackgroundRole)
_DECORATION, _FONT = int(_ROLES.DecorationRole), int(_ROLES.FontRole)


class BookModel(FlatModel[Row]):
    """Rows of the book. SORT_ROLE is the native value of a cell, RECORD_ROLE the row's record.

    A click on a header orders the groups once; the ticks that follow do not move rows about.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__([column.title for column in COLUMNS])
        self._groups: tuple[Group, ...] = ()
        self._sorted_by = (-1, _ASCENDING)
        self._bold: QFont | None = None
        self.set_theme(theme)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are shown, from the top."""
        return tuple(self._rows)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._colours: dict[str, QColor] = {}
        self._icons: dict[str, QIcon] = {mark.word: mark_icon(mark, theme) for mark in TRIGGER_MARKS.values()}
        self._tell(range(len(self._rows)))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show the groups: where only values moved, just those rows are told; else the table is made anew."""
        kept = self._in_shown_order(groups)
        rows = tuple(row for group in kept for row in group.rows)
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [n for n, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
            self._groups, self._rows = kept, rows
            self._tell(changed)
            return
        self.beginResetModel()
        self._groups = self._ordered(groups)
        self._rows = tuple(row for group in self._groups for row in group.rows)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = _ASCENDING) -> None:
        """Order the groups by the column of their first row; rows without a value come last."""
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = {row.key: number for number, row in enumerate(self._rows)}
        self._groups = self._ordered(self._groups)
        self._rows = tuple(row for group in self._groups for row in group.rows)
        after = {before[row.key]: number for number, row in enumerate(self._rows)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(after[index.row()], index.column()))
        self.layoutChanged.emit()

    def _in_shown_order(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        place = {group.rows[0].key: number for number, group in enumerate(self._groups)}
        return tuple(sorted(groups, key=lambda group: place.get(group.rows[0].key, len(place))))

    def _ordered(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        column, order = self._sorted_by
        if column < 0:
            return tuple(groups)
        value = COLUMNS[column].value
        known = [group for group in groups if value(group.rows[0]) not in {None, ""}]
        rest = [group for group in groups if group not in known]
        known.sort(key=lambda group: value(group.rows[0]), reverse=order != _ASCENDING)  # type: ignore[arg-type,return-value]
        return (*known, *rest)

    def _tell(self, numbers: Sequence[int]) -> None:
        last = len(COLUMNS) - 1
        for number in numbers:
            self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows, sorts by, or stands for; a frame asks hundreds of times."""
        if role in _NOT_OURS or not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role in _TEXTS:
            return column.text(row)
        if role == _ALIGNMENT:
            return RIGHT if column.is_number else LEFT
        if role == SORT_ROLE:
            return column.value(row)
        return row if role == RECORD_ROLE else self._look(index, row, role)

    def _look(self, index: Index, row: Row, role: int) -> Any:
        column = COLUMNS[index.column()]
        if role == _TOOL_TIP:
            return rich_tooltip(column.tooltip(row))
        if role == _FOREGROUND and (name := column.role(row)):
            return self._colour(name)
        if isinstance(row, LayerRow):
            is_mark = role == _DECORATION and index.column() == TRIGGER_COLUMN
            return self._icons[row.state.trigger.value] if is_mark else None
        if role == _FONT:
            return self._heading_font() if index.column() == 0 else None
        return self._colour("panel_alternate") if role == _BACKGROUND else None

    def _colour(self, name: str) -> QColor:
        """Return a colour of the theme, made once: a frame asks for hundreds."""
        if name not in self._colours:
            self._colours[name] = QColor(getattr(self._theme, name))
        return self._colours[name]

    def _heading_font(self) -> QFont:
        if self._bold is None:
            self._bold = scaled_font(QApplication.font(), 1.0, is_bold=True)
        return self._bold
