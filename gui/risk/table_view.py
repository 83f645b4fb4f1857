"""How are the risk tables shown and copied? One tab a table; a click on a header sorts by native values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QTableView, QTabWidget, QVBoxLayout, QWidget

from db.exports.guard import guarded
from gui.copying import tsv
from gui.flat_model import DISPLAY, LEFT, RIGHT, SORT_ROLE, FlatModel
from gui.flat_view import flat_view, let_sort
from gui.risk.cell import Cell, Table
from gui.risk.tables import TABLES, UNKNOWN
from gui.widgets import plain_label, push_button, rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.risk_state import RiskState
    from gui.flat_model import Index
    from gui.risk.cell import Native
    from gui.theme import Theme

WIDEST_COLUMN_PX, ROOM_PX = 560, 8
PAIR_SIZES = (440, 600)


class CellModel(FlatModel[tuple[Cell, ...]]):
    """The cells of one table."""

    def __init__(self, table: Table, theme: Theme) -> None:
        super().__init__(table.titles)
        self.table, self.theme = table, theme
        self._rows = table.rows

    def show_table(self, table: Table) -> None:
        """Show other cells: where titles and number of rows are the same, only what changed is told."""
        if table == self.table:
            return
        is_alike = (table.titles, len(table.rows)) == (self.table.titles, len(self.table.rows))
        if not is_alike:
            self.beginResetModel()
        self.table, self._titles, self._rows = table, table.titles, table.rows
        if not is_alike:
            self.endResetModel()
        elif table.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.titles) - 1))

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows or stands for."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role in {DISPLAY, Qt.ItemDataRole.AccessibleTextRole}:
            return cell.text
        if role == SORT_ROLE:
            return cell.value
        return self._look(cell, role)

    def _look(self, cell: Cell, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if cell.is_number else LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(self.theme, cell.role))
        return rich_tooltip(cell.tooltip) if role == Qt.ItemDataRole.ToolTipRole else None


class TablePage(QWidget):
    """One table, or what to do where it has no row."""

    def __init__(self, table: Table, theme: Theme) -> None:
        super().__init__()
        self.model_ = CellModel(table, theme)
        self.sorted_ = QSortFilterProxyModel()
        self.sorted_.setSourceModel(self.model_)
        self.sorted_.setSortRole(SORT_ROLE)
        self.view = self._make_view(table.name)
        self.empty = plain_label(table.empty)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.empty, 1)
        self.show_table(table)

    def _make_view(self, name: str) -> QTableView:
        view = flat_view(self.sorted_, name)
        let_sort(view, self.sorted_)
        return view

    def show_table(self, table: Table) -> None:
        """Show the table; columns are fitted where there are other ones or other rows."""
        before = self.model_.table
        self.model_.show_table(table)
        has_rows = bool(table.rows)
        self.view.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        if has_rows:
            is_new = before is table or len(before.rows) != len(table.rows) or before.titles != table.titles
            self._fit_columns(len(table.titles), grow_only=not is_new)

    def _fit_columns(self, count: int, *, grow_only: bool) -> None:
        """Fit the columns; while only values move they grow where a number would be cut, and never shrink."""
        header = self.view.horizontalHeader()
        header.setStretchLastSection(not self.model_.table.rows[0][-1].is_number)
        for column in range(count):
            wanted = max(self.view.sizeHintForColumn(column), header.sectionSizeHint(column)) + ROOM_PX
            width = min(wanted, WIDEST_COLUMN_PX)
            if not grow_only or width > self.view.columnWidth(column):
                self.view.setColumnWidth(column, width)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.model_.theme = theme
        self.view.viewport().update()


class RiskTables(QTabWidget):
    """The tables as tabs, with a button that copies the one in front; only that one follows the picture.

    `beside` has the pictures that stand left of a table, by its name.
    """

    def __init__(self, theme: Theme, beside: Mapping[str, QWidget]) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("Risk tables")
        self._state: RiskState | None = None
        self.pages = {name: TablePage(Table(name, (), ()), theme) for name in TABLES}
        for name, page in self.pages.items():
            self.addTab(_paired(beside.get(name), page), name)
        tip = "Copy the table in front for a spreadsheet (Ctrl+C in the table)"
        self.setCornerWidget(push_button("&Copy table", self.copy_table, tip=tip))
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copying.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copying.activated.connect(self.copy_table)
        self.currentChanged.connect(lambda _place: self._show_front())

    def show_state(self, state: RiskState) -> None:
        """Show the tables of a picture."""
        self._state = state
        self._show_front()
        place = [*self.pages].index(UNKNOWN)
        title = f"{UNKNOWN} ({len(state.unknown)})"
        if self.tabText(place) != title:
            self.setTabText(place, title)

    @property
    def front(self) -> str:
        """The name of the table in front."""
        return [*self.pages][self.currentIndex()]

    def bring(self, name: str) -> None:
        """Bring a table to the front."""
        self.setCurrentIndex([*self.pages].index(name))

    def _show_front(self) -> None:
        if self._state is not None:
            self.pages[self.front].show_table(TABLES[self.front](self._state))

    def copy_table(self) -> None:
        """Put the table in front on the clipboard: native values, tab-separated."""
        if self._state is not None:
            table = self.pages[self.front].model_.table
            QGuiApplication.clipboard().setText(table_tsv(table, is_simulated=self._state.is_simulated))

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for page in self.pages.values():
            page.set_theme(theme)


def _paired(picture: QWidget | None, page: TablePage) -> QWidget:
    if picture is None:
        return page
    pair = QSplitter(Qt.Orientation.Horizontal)
    pair.addWidget(picture)
    pair.addWidget(page)
    pair.setChildrenCollapsible(False)
    pair.setSizes(list(PAIR_SIZES))
    return pair


def table_tsv(table: Table, *, is_simulated: bool) -> str:
    """Return a table as a spreadsheet takes it from the clipboard: tabs, a head, text that is never a formula."""
    rows = ([_copied(cell.value) for cell in row] for row in table.rows)
    return tsv(table.titles, rows, is_simulated=is_simulated)


def _copied(value: Native) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else repr(value)
