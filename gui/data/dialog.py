"""What is there, what is odd about it, and what was imported? Three tables; an import can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QTableView, QTabWidget, QVBoxLayout, QWidget

from gui.data.model import TextModel
from gui.data.rows import (
    FINDING_TITLES,
    IMPORT_TITLES,
    STORED_TITLES,
    finding_row,
    import_row,
    stored_row,
    summary_of,
)
from gui.flat_view import fit_columns, flat_view
from gui.formats import number_text
from gui.widgets import line_field, plain_label, push_button, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.undo_import import ImportRecord
    from gui.market_jobs import DataPage

SIZE = (1180, 680)
STORED, FINDINGS, IMPORTS = range(3)
NAMES = ("&Stored", "&Quality", "&Imports")
UNDO_TIP = "Take the selected import back: exactly its rows go, and what it wrote over is as it was"
WIDEST_PX = 460
AGAIN = "Importing the file again brings it back."


class DataDialog(QDialog):
    """Shows a DataPage; changes nothing. `undo_requested` carries the number of the import to take back."""

    undo_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Market data")
        self.resize(*SIZE)
        self._why_not = ""
        self.models = [TextModel(titles) for titles in (STORED_TITLES, FINDING_TITLES, IMPORT_TITLES)]
        self.views = [_make_view(model, name) for model, name in zip(self.models, NAMES, strict=True)]
        self.tabs = QTabWidget()
        for view, name in zip(self.views, NAMES, strict=True):
            self.tabs.addTab(view, name)
        self.filter = line_field("Filter", hint="words that a row must hold: VIX jump", chars=30)
        self.said = plain_label("Reading…", name="What came of it", wraps=True)
        self.undo = push_button("&Take back", self._ask_undo, tip=UNDO_TIP)
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.tabs.currentChanged.connect(lambda _tab: self._enable())
        self.views[IMPORTS].selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        self._enable()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(plain_label("&Filter", buddy=self.filter))
        row.addWidget(self.filter, 1)
        row.addWidget(self.undo)
        row.addWidget(push_button("Close", self.reject))
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.said)
        column.addLayout(row)

    def show_page(self, page: DataPage, why_not: str) -> None:
        """Show the tables; `why_not` says why nothing can be taken back, "" where it can."""
        self._why_not = why_not
        rows = (
            [stored_row(one) for one in page.stored],
            [finding_row(one) for one in page.findings],
            [import_row(one) for one in reversed(page.imports)],
        )
        for number, found in enumerate(rows):
            self.models[number].show_rows(found)
            self.tabs.setTabText(number, f"{NAMES[number]}: {number_text(len(found), 0)}")
            fit_columns(self.views[number], WIDEST_PX)
        self.said.setText(
            summary_of(page.findings) if page.stored else "Nothing is stored yet: import market files."
        )
        if page.imports:
            self.views[IMPORTS].selectRow(0)
        self._enable()

    def say(self, text: str) -> None:
        """Say what came of it."""
        self.said.setText(text)

    @property
    def selected(self) -> ImportRecord | None:
        """The import that is selected."""
        rows = self.views[IMPORTS].selectionModel().selectedRows()
        found: ImportRecord | None = self.models[IMPORTS].record(rows[0].row()) if rows else None  # type: ignore[assignment]
        return found

    def _filter(self, text: str) -> None:
        for model in self.models:
            model.filter(text)

    def _enable(self) -> None:
        self.undo.setVisible(self.tabs.currentIndex() == IMPORTS)
        self.undo.setEnabled(self.selected is not None and not self._why_not)
        set_tooltip(self.undo, self._why_not or UNDO_TIP)

    def _ask_undo(self) -> None:
        if self.selected is not None:
            self.undo_requested.emit(self.selected.batch)


def undo_text(file: str, batch: int, removed: int, restored: int, notes: Sequence[str]) -> str:
    """Return what an undo did, in words."""
    text = f"Import {batch} ({file}) was taken back: {number_text(removed, 0)} rows removed"
    text += f", {number_text(restored, 0)} as they were before. " if restored else ". "
    return "\n".join([text + AGAIN, *notes])


def _make_view(model: TextModel, name: str) -> QTableView:
    view = flat_view(model, name.replace("&", ""))
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSortingEnabled(True)
    view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    return view
