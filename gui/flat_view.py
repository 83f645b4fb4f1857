"""How does a plain table look and behave? Whole rows, nothing edited, no grid, Tab leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QSortFilterProxyModel


def flat_view(model: QAbstractItemModel, name: str) -> QTableView:
    """Return a view of the model; `name` is the accessible name."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setAlternatingRowColors(True)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 6)
    view.horizontalHeader().setHighlightSections(False)
    return view


def let_sort(view: QTableView, sorted_: QSortFilterProxyModel) -> None:
    """Let a click on a title sort, a third one undo it; nothing is sorted at first."""
    header = view.horizontalHeader()
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.sortIndicatorChanged.connect(sorted_.sort)


def fit_columns(view: QTableView, widest_px: int) -> None:
    """Give every column the room that its cells need, up to a limit, and the last one what is left."""
    last, header = view.model().columnCount() - 1, view.horizontalHeader()
    view.resizeColumnsToContents()
    for column in range(last):
        view.setColumnWidth(column, min(view.columnWidth(column), widest_px))
    header.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)  # anew: it is forgotten while hidden
