"""What was written down? The hedge log: to read, to filter, to add up, to copy and to export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.journal.log import total_of
from core.journal.log_choice import LogChoice
from gui.copying import tsv
from gui.flat_model import RECORD_ROLE
from gui.flat_view import flat_view, let_sort
from gui.formats import dollars_text, profit_text
from gui.log.columns import COLUMNS, copied
from gui.log.filter_bar import FilterBar
from gui.log.ledger_view import LedgerView
from gui.log.model import LogFilter, LogModel
from gui.widgets import line_field, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.journal.log import LogRow
    from gui.theme import Theme

WIDEST_COLUMN_PX, WORDS_CHARS = 380, 12
EMPTY_TEXT = "The log is empty: every act is written here."


class HedgeLogPane(QWidget):
    """The log's table, or the ledger of what it shows.

    `export_requested` asks to write it to a file; `ledger_requested` carries the choice that is to be added up.
    """

    export_requested = Signal()
    ledger_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("log_pane")
        self.model_ = LogModel()
        self.filter_ = LogFilter(self.model_)
        self._is_simulated = False
        self._choice = LogChoice()
        self.field = line_field("Filter the log", hint="Words of any column", chars=WORDS_CHARS)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_filter)
        self.asked = FilterBar()
        self.asked.changed.connect(self._on_choice)
        self.asked.refused.connect(self._on_refused)
        self.count = plain_label(name="Rows shown")
        self.sums = plain_label(name="What the rows shown add up to")
        self.view = self._make_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._make_bar())
        column.addWidget(self._make_pages(), 1)
        column.addLayout(self._make_foot())
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selection)
        self.set_theme(theme)
        self._count_rows()

    def _make_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(self.asked)
        row.addStretch(1)
        self.copy_button = push_button(
            "&Copy", self.copy_selection, tip="Copy the selected rows for a spreadsheet"
        )
        self.export_button = push_button("&Export...", self.export_requested.emit, tip="Write the log to a file")
        self.ledger_button = push_button("&Ledger", lambda: None, tip="What the hedge has cost, layer by layer")
        self.ledger_button.setCheckable(True)
        self.ledger_button.toggled.connect(self._show_ledger)
        for button in (self.ledger_button, self._make_columns_button(), self.copy_button, self.export_button):
            row.addWidget(button)
        return row

    def _make_columns_button(self) -> QPushButton:
        """Return the button whose menu shows and hides columns; a file is proposed with those that are shown."""
        self.columns_button = push_button("C&olumns", lambda: None, tip="Which columns are shown")
        menu = QMenu(self.columns_button)
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(partial(self._show_column, number))
        self.columns_button.setMenu(menu)
        return self.columns_button

    def _make_pages(self) -> QStackedWidget:
        """Return the place where the entries stand, or the ledger."""
        self.ledger = LedgerView()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.ledger)
        return self.pages

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addWidget(self.sums)
        row.addStretch(1)
        return row

    def _make_view(self) -> QTableView:
        view = flat_view(self.filter_, "Hedge log, newest entry first")
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        let_sort(view, self.filter_)
        return view

    def show_rows(self, rows: Sequence[LogRow], *, is_simulated: bool = False) -> None:
        """Show the log, given in the journal's order; rows that were appended are only inserted."""
        self._is_simulated = is_simulated
        was_empty = not self.model_.rowCount()
        self.model_.show_rows(rows)
        self.asked.offer(rows)
        self._ask_for_ledger()
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
        rows = self.selected_rows() or self.filter_.shown_rows()
        QGuiApplication.clipboard().setText(log_tsv(rows, is_simulated=self._is_simulated))

    def _fit_columns(self) -> None:
        self.view.resizeColumnsToContents()
        for column in range(len(COLUMNS)):
            if self.view.columnWidth(column) > WIDEST_COLUMN_PX:
                self.view.setColumnWidth(column, WIDEST_COLUMN_PX)

    def shown_columns(self) -> tuple[str, ...]:
        """Return the names of the columns that are shown, () for all of them."""
        names = tuple(c.name for n, c in enumerate(COLUMNS) if not self.view.isColumnHidden(n))
        return () if len(names) == len(COLUMNS) else names

    def _show_column(self, number: int, is_shown: bool) -> None:
        self.view.setColumnHidden(number, not is_shown)

    def _on_filter(self, text: str) -> None:
        self.filter_.set_text(text)
        self._count_rows()

    def _on_choice(self, choice: LogChoice) -> None:
        self._choice = choice
        self.filter_.set_choice(choice)
        self._count_rows()
        self._ask_for_ledger()

    def _show_ledger(self, is_on: bool) -> None:
        self.pages.setCurrentWidget(self.ledger if is_on else self.view)
        self.columns_button.setEnabled(not is_on)
        self._ask_for_ledger()

    def _ask_for_ledger(self) -> None:
        """Ask for the ledger where it is looked at: it is not added up for nobody."""
        if self.ledger_button.isChecked():
            self.ledger_requested.emit(self._choice)

    def _on_refused(self, reason: str) -> None:
        self.sums.setText(f"✕ {reason}")

    def _count_rows(self) -> None:
        rows, total = self.filter_.shown_rows(), self.model_.rowCount()
        self.count.setText(f"{len(rows)} of {total} entries" if total else EMPTY_TEXT)
        self.sums.setText(sums_text(rows) if total else "")


def sums_text(rows: Sequence[LogRow]) -> str:
    """Return what rows add up to."""
    total = total_of("", rows)
    return f"cash {profit_text(total.cash)}   fees {dollars_text(total.fees)}   net {profit_text(total.net)}"


def log_tsv(rows: Sequence[LogRow], *, is_simulated: bool) -> str:
    """Return rows as a spreadsheet takes them from the clipboard: tabs, a head, text that is never a formula."""
    values = ([copied(column.value(row)) for column in COLUMNS] for row in rows)
    return tsv([column.name for column in COLUMNS], values, is_simulated=is_simulated)
