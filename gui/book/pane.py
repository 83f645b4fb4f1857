"""What is held, and what can be done with it? The table of condors and layers with its wishes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.book.columns import COLUMNS, WHAT_COLUMN, status_lines
from gui.book.model import BookModel
from gui.book.rows import CondorRow, LayerRow, Row, groups_of
from gui.flat_model import RECORD_ROLE
from gui.holding import HoldingKey
from gui.widgets import plain_label, push_button, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.state import MonitorState
    from gui.theme import Theme

EMPTY_TEXT = "No condor yet: enter one (Ctrl+N), or a hedge layer for the whole book."
WIDEST_COLUMN_PX = 420


class BookPane(QWidget):
    """The table and its buttons.

    `open_condor_requested` and `open_layer_requested` (a HoldingKey, its `condor_id` 0 for the whole book) ask
    for a new holding; the others carry the HoldingKey of the selected row. `selected` tells which row it is.
    """

    open_condor_requested = Signal()
    open_layer_requested = Signal(object)
    close_requested = Signal(object)
    roll_requested = Signal(object)
    settle_requested = Signal(object)
    note_requested = Signal(object)
    selected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("book_pane")
        self.model_ = BookModel(theme)
        self._why_not = ""
        self.view = self._make_view()
        self.view.viewport().installEventFilter(self)
        self.detail = plain_label(name="The selected holding")
        self.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._actions: list[tuple[QPushButton, SignalInstance]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._make_buttons())
        self._pages = QStackedLayout()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._make_empty_page())
        column.addLayout(self._pages)
        self._pages.setCurrentIndex(1)
        self._enable_actions()

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model_)
        view.setAccessibleName("Condors and hedge layers")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().setSortIndicatorShown(True)
        view.horizontalHeader().setSortIndicatorClearable(True)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.horizontalHeader().sortIndicatorChanged.connect(self.model_.sort)
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setHighlightSections(False)
        view.customContextMenuRequested.connect(self._show_menu)
        view.activated.connect(lambda _index: self._ask(self.note_requested))
        view.selectionModel().selectionChanged.connect(self._on_selected)
        return view

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._tips: dict[QPushButton, str] = {}
        for text, work, tip in (
            ("Enter &condor", self.open_condor_requested.emit, "Enter a condor (Ctrl+N)"),
            ("Enter &layer", self._ask_layer, "Enter a hedge layer"),
        ):
            row.addWidget(self._button(text, work, tip))
        row.addSpacing(16)
        for text, signal in (
            ("Close", self.close_requested),
            ("Roll", self.roll_requested),
            ("Settle", self.settle_requested),
            ("Note", self.note_requested),
        ):
            button = self._button(text, partial(self._ask, signal), f"{text} the selected holding")
            self._actions.append((button, signal))
            row.addWidget(button)
        row.addSpacing(16)
        row.addWidget(self.detail, 1)
        return row

    def _button(self, text: str, work: Callable[[], None], tip: str) -> QPushButton:
        button = push_button(text, work, tip=tip)
        self._tips[button] = tip
        return button

    def set_why_not(self, reason: str) -> None:
        """Say why nothing can be written, "" where it can."""
        self._why_not = reason
        for button, tip in self._tips.items():
            set_tooltip(button, reason or tip)
        self._enable_actions()

    def _make_empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        self.empty_label = plain_label(EMPTY_TEXT)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty_label)
        self.empty_button = self._button(
            "Enter a condor", self.open_condor_requested.emit, "Enter a condor (Ctrl+N)"
        )
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        return page

    def show_state(self, state: MonitorState) -> None:
        """Show the holdings of a state; the selection stays on its holding."""
        key, before = self.selected_key, [row.key for row in self.model_.rows]
        self.model_.show_groups(groups_of(state))
        if [row.key for row in self.model_.rows] == before:
            return
        self._pages.setCurrentIndex(0 if self.model_.rows else 1)
        self._fit_columns()
        if key is not None:
            self.select(key)
        self._enable_actions()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.model_.set_theme(theme)

    @property
    def selected_row(self) -> Row | None:
        """The record of the selected row, None without one."""
        rows = self.view.selectionModel().selectedRows()
        return rows[0].data(RECORD_ROLE) if rows else None

    @property
    def selected_key(self) -> HoldingKey | None:
        """The holding of the selected row, None without one."""
        row = self.selected_row
        return row.key if row is not None else None

    def select(self, key: HoldingKey) -> None:
        """Select a holding's row, if it is there."""
        for number, row in enumerate(self.model_.rows):
            if row.key == key:
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.view.selectionModel().setCurrentIndex(self.model_.index(number, 0), flags)

    def _fit_columns(self) -> None:
        """Fit every column to its texts; the one that says what is held takes the room that is left."""
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(WHAT_COLUMN, QHeaderView.ResizeMode.Interactive)
        self.view.resizeColumnsToContents()
        for column in range(len(COLUMNS)):
            if self.view.columnWidth(column) > WIDEST_COLUMN_PX:
                self.view.setColumnWidth(column, WIDEST_COLUMN_PX)
        if header.length() <= self.view.viewport().width():
            header.setSectionResizeMode(WHAT_COLUMN, QHeaderView.ResizeMode.Stretch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns to the table's new width."""
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self._fit_columns()
        return super().eventFilter(watched, event)

    def _on_selected(self) -> None:
        row = self.selected_row
        self.detail.setText("" if row is None else status_lines(row).replace("\n", "   "))
        self._enable_actions()
        self.selected.emit(self.selected_key)

    def _enable_actions(self) -> None:
        of_a_holding = [button for button, _ in self._actions]
        for button in self._tips:
            needs_one = button in of_a_holding
            button.setEnabled(not self._why_not and (not needs_one or self.selected_key is not None))

    def _ask(self, signal: SignalInstance) -> None:
        key = self.selected_key
        if key is not None and not self._why_not:
            signal.emit(key)

    def _ask_layer(self) -> None:
        row = self.selected_row
        is_held = isinstance(row, CondorRow | LayerRow)
        self.open_layer_requested.emit(row.key if is_held and row is not None else HoldingKey())

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.view.selectRow(index.row())
        menu = self.context_menu(index)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def context_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a row; on empty ground it only offers to enter something."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Enter condor", self.open_condor_requested.emit)
        menu.addAction("Enter layer", self._ask_layer)
        if index.isValid() and self.selected_key is not None:
            menu.addSeparator()
            for button, signal in self._actions:
                menu.addAction(f"{button.text()} {self.selected_key.title}", partial(self._ask, signal))
        menu.setToolTipsVisible(bool(self._why_not))
        for action in menu.actions() if self._why_not else ():
            action.setEnabled(False)
            action.setToolTip(self._why_not)
        return menu
