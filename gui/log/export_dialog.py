"""What shall leave as a file? Entries, columns, a form and a place, with what the entries add up to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.journal.log_choice import chosen
from core.journal.log_columns import LOG_COLUMNS, PRINTED
from core.refusal import RefusedError
from db.exports.formats import SUFFIXES, LogFormat
from gui.formats import number_text
from gui.log.export_job import ExportWish
from gui.log.filter_bar import FilterBar
from gui.log.pane import sums_text
from gui.widgets import line_field, plain_label, push_button, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.journal.log import LogRow
    from gui.log.pane import HedgeLogPane
    from gui.theme import Theme

SIZE = (900, 620)
COLUMNS_PX = 230
FORMS = (
    (LogFormat.PDF_FULL, "PDF, all of it", "Ledger, rolls, charts, break-evens, entries, rules, sources, receipt"),
    (LogFormat.PDF, "PDF, one page", "Sums, ledger, budgets, one chart and the receipt"),
    (LogFormat.XLSX, "Excel workbook", "Typed numbers, filters, a sheet each for log, sums, ledger; no formulas"),
    (LogFormat.CSV_SHEET, "CSV for a spreadsheet", "Text that could run as a formula begins with an apostrophe"),
    (LogFormat.CSV, "CSV, exact", "Every text as it is: for programs, not for a double click"),
    (LogFormat.JSON, "JSON with proof", "All that check_journal.py needs to check hashes, notes, rows and sums"),
    (LogFormat.HTML, "Web page", "Like the full PDF, one file without anything from elsewhere"),
    (LogFormat.MARKDOWN, "Markdown", "For a notebook of plain text"),
)
WITHOUT_COLUMNS = frozenset({LogFormat.PDF})
NAME = "hedge-log"


class ExportDialog(QDialog):
    """Asks what to write. `export_requested` carries an ExportWish; `folder_requested` a Path to show."""

    export_requested = Signal(object)
    cancel_requested = Signal()
    folder_requested = Signal(object)

    def __init__(self, theme: Theme, rows: Sequence[LogRow], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the hedge log")
        self.resize(*SIZE)
        self._theme, self._rows, self._folder = theme, rows, folder
        self._is_busy = False
        self._written: Path | None = None
        self.asked = FilterBar()
        self.asked.offer(rows)
        self.asked.changed.connect(lambda _choice: self._show_sums())
        self.asked.refused.connect(self._refuse)
        self.sums = plain_label(name="What will be written", wraps=True)
        self.columns = self._make_columns()
        self.forms = self._make_forms()
        self.file = line_field("File", chars=40)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Rows written")
        self.said = plain_label(name="Result", wraps=True)
        self._lay_out()
        for part in (self.columns, *self.forms.buttons()):
            _outline_marks(part, theme)
        self.forms.button(0).setChecked(True)
        self._on_form(0)
        self._show_sums()
        self._enable()

    def take_from(self, pane: HedgeLogPane) -> None:
        """Begin with what the pane shows: its period, layer, condor, kind and columns."""
        self.asked.set_like(pane.asked)
        names = pane.shown_columns()
        if names:
            self._check_columns(names)
        self._show_sums()

    def _make_columns(self) -> QListWidget:
        found = QListWidget()
        found.setAccessibleName("Columns")
        found.setMaximumWidth(COLUMNS_PX)
        for column in LOG_COLUMNS:
            item = QListWidgetItem(column.title)
            item.setData(Qt.ItemDataRole.UserRole, column.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            found.addItem(item)
        found.itemChanged.connect(lambda _item: self._enable())
        return found

    def _make_forms(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, (_, title, about) in enumerate(FORMS):
            button = QRadioButton(title)
            set_tooltip(button, about)
            group.addButton(button, number)
        group.idToggled.connect(lambda number, on: self._on_form(number) if on else None)
        return group

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.asked)
        column.addWidget(self.sums)
        middle = QHBoxLayout()
        middle.addLayout(self._columns_box())
        middle.addLayout(self._forms_box(), 1)
        column.addLayout(middle, 1)
        place = QHBoxLayout()
        place.addWidget(plain_label("File&name", buddy=self.file))
        place.addWidget(self.file, 1)
        self.browse = push_button("&Browse…", self._browse)
        place.addWidget(self.browse)
        column.addLayout(place)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addLayout(self._buttons())

    def _columns_box(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.addWidget(plain_label("&Columns", buddy=self.columns))
        box.addWidget(self.columns, 1)
        row = QHBoxLayout()
        row.addWidget(push_button("All", lambda: self._check_columns([one.name for one in LOG_COLUMNS])))
        row.addWidget(push_button("For a page", lambda: self._check_columns(PRINTED)))
        box.addLayout(row)
        return box

    def _forms_box(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(plain_label("Form"), 0, 0)
        for number, (_, _, about) in enumerate(FORMS):
            note = plain_label(about, wraps=True)
            set_text_colour(note, self._theme.text_muted)
            grid.addWidget(self.forms.button(number), number + 1, 0)
            grid.addWidget(note, number + 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(FORMS) + 1, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.folder = push_button("Open the &folder", self._ask_folder)
        self.cancel = push_button("Cancel", self.reject)
        self.export_ = push_button("&Export", self._ask_export, tip="Write the file, whole or not at all")
        self.export_.setDefault(True)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.export_)
        return row

    @property
    def form(self) -> LogFormat:
        """The form that is picked."""
        return FORMS[max(self.forms.checkedId(), 0)][0]

    def wish(self) -> ExportWish:
        """Return what is asked for; raises RefusedError where it cannot be done."""
        every = range(self.columns.count())
        names = [self.columns.item(n).data(Qt.ItemDataRole.UserRole) for n in every if self._is_checked(n)]
        choice = self.asked.choice()
        columns = () if len(names) == len(LOG_COLUMNS) else tuple(names)
        if self.form in PAGED and not columns:
            columns = tuple(names)
        return ExportWish(Path(self.file.text().strip()), self.form, replace(choice, columns=columns))

    def _is_checked(self, number: int) -> bool:
        return self.columns.item(number).checkState() == Qt.CheckState.Checked

    def _check_columns(self, names: Sequence[str]) -> None:
        for number in range(self.columns.count()):
            item = self.columns.item(number)
            is_on = item.data(Qt.ItemDataRole.UserRole) in names
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def _on_form(self, _number: int) -> None:
        """Propose the columns that the form has room for, and a name that fits it."""
        self._check_columns(PRINTED if self.form in PAGED else [one.name for one in LOG_COLUMNS])
        self.columns.setEnabled(self.form not in WITHOUT_COLUMNS)
        old = Path(self.file.text().strip() or self._folder / NAME)
        self.file.setText(str(old.with_suffix(SUFFIXES[self.form])))
        self._enable()

    def _browse(self) -> None:
        suffix = SUFFIXES[self.form]
        dialog = QFileDialog(self, "Export the hedge log to", self.file.text(), f"*{suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(self.file.text())
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()

    def _show_sums(self) -> None:
        try:
            rows = chosen(self._rows, self.asked.choice())
        except RefusedError as error:
            self._refuse(str(error))
            return
        self.sums.setText(
            f"{number_text(len(rows), 0)} of {number_text(len(self._rows), 0)} entries: {sums_text(rows)}"
        )
        self._enable()

    def _refuse(self, reason: str) -> None:
        self.sums.setText(f"✕ {reason}")
        self.export_.setEnabled(False)

    def _ask_export(self) -> None:
        try:
            wish = self.wish()
        except RefusedError as error:
            self._refuse(str(error))
            return
        self.said.setText("")
        self.export_requested.emit(wish)

    def _ask_folder(self) -> None:
        if self._written is not None:
            self.folder_requested.emit(self._written.parent)

    # --- while it is being written ---

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the export is."""
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def begin(self) -> None:
        """Show that an export is under way; only cancelling is possible."""
        self._is_busy = True
        self.show_progress(0, 0)
        self._enable()

    def end(self, text: str, path: Path | None) -> None:
        """Say what came of it; `path` is what was written, None where nothing was."""
        self._is_busy, self._written = False, path or self._written
        self.said.setText(text)
        self._enable()

    def reject(self) -> None:
        """End the export under way, else close."""
        if self._is_busy:
            self.cancel_requested.emit()
        else:
            super().reject()

    def _enable(self) -> None:
        if not hasattr(self, "export_"):
            return
        has_columns = any(self._is_checked(number) for number in range(self.columns.count()))
        self.export_.setEnabled(not self._is_busy and has_columns)
        self.progress.setVisible(self._is_busy)
        self.folder.setVisible(self._written is not None)
        self.cancel.setText("Close" if self._written is not None and not self._is_busy else "Cancel")
        for part in (self.asked, self.file, self.browse):
            part.setEnabled(not self._is_busy)


PAGED = frozenset({LogFormat.PDF, LogFormat.PDF_FULL, LogFormat.HTML, LogFormat.MARKDOWN})


def _outline_marks(part: QWidget, theme: Theme) -> None:
    """Let empty boxes and rings stand out from a dark ground: Fusion outlines them in a darker `Window`."""
    palette = part.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.text_muted))
    part.setPalette(palette)
