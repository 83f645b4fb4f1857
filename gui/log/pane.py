"""What was written down? The hedge log: to read, to filter, to copy and to export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from gui.copying import tsv
from gui.flat_model import RECORD_ROLE
from gui.log.columns import COLUMNS, copied
from gui.log.model import LogFilter, LogModel
from gui.widgets import line_field, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.journal.log import LogRow
    from gui.theme import Theme

WIDEST_COLUMN_PX = 380
EMPTY_TEXT = "The log is empty: every act is written here."


class HedgeLogPane(QWidget):
    """The log's table. `export_requested` asks to write it to a file."""

    export_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("log_pane")
        self.model_ = LogModel()
        self.filter_ = LogFilter(self.model_)
        self._is_simulated = False
        self.field = line_field("Filter the log", hint="Filter: words of any column", chars=24)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_filter)
        self.count = plain_label(name="Rows shown")
        self.view = self._make_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._make_bar())
        column.addWidget(self.view)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selection)
        self.set_theme(theme)
        self._count_rows()

    def _make_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addStretch(1)
        self.copy_button = push_button(
            "&Copy", self.copy_selection, tip="Copy the selected rows for a spreadsheet"
        )
        self.export_button = push_button("&Export...", self.export_requested.emit, tip="Write the log to a file")
        row.addWidget(self.copy_button)
        row.addWidget(self.export_button)
        return row

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.filter_)
        view.setAccessibleName("Hedge log, newest entry first")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 6)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.filter_.sort)
        return view

    def show_rows(self, rows: Sequence[LogRow], *, is_simulated: bool = False) -> None:
        """Show the log, given in the journal's order; rows that were appended are only inserted."""
        self._is_simulated = is_simulated
        was_empty = not self.model_.rowCount()
        self.model_.show_rows(rows)
        if was_empty and rows:
            self._fit_columns()
        self._count_rows()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme: the palette alone decides here."""
        self.setProperty("theme", theme.name)

    def selected_rows(self) -> list[LogRow]:
        """Return the records of the selected rows, from the top."""
        chosen = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE) for index in chosen]

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, all of those shown where none is selected."""
        shown = range(self.filter_.rowCount())
        rows = self.selected_rows() or [self.filter_.index(number, 0).data(RECORD_ROLE) for number in shown]
        QGuiApplication.clipboard().setText(log_tsv(rows, is_simulated=self._is_simulated))

    def _fit_columns(self) -> None:
        self.view.resizeColumnsToContents()
        for column in range(len(COLUMNS)):
            if self.view.columnWidth(column) > WIDEST_COLUMN_PX:
                self.view.setColumnWidth(column, WIDEST_COLUMN_PX)

    def _on_filter(self, text: str) -> None:
        self.filter_.set_text(text)
        self._count_rows()

    def _count_rows(self) -> None:
        shown, total = self.filter_.rowCount(), self.model_.rowCount()
        self.count.setText(f"{shown} of {total} entries" if total else EMPTY_TEXT)


def log_tsv(rows: Sequence[LogRow], *, is_simulated: bool) -> str:
    """Return rows as a spreadsheet takes them from the clipboard: tabs, a head, text that is never a formula."""
    values = ([copied(column.value(row)) for column in COLUMNS] for row in rows)
    return tsv([column.name for column in COLUMNS], values, is_simulated=is_simulated)
