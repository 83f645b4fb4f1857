"""What shall leave as a file? Entries, columns, a form and a place, with what the entries add up to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.journal.log_choice import chosen
from core.journal.log_columns import PRINTED
from core.refusal import RefusedError
from db.exports.formats import SUFFIXES, LogFormat
from gui.formats import number_text
from gui.log.column_list import EVERY, ColumnList
from gui.log.export_job import ExportWish
from gui.log.filter_bar import FilterBar
from gui.log.form_list import PAGED, FormList
from gui.log.pane import sums_text
from gui.widgets import line_field, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.journal.log import LogRow
    from gui.log.pane import HedgeLogPane
    from gui.theme import Theme

SIZE = (900, 620)
NAME, RECEIPT_NAME = "hedge-log", "journal-receipt.json"
RECEIPT_TIP = (
    "Number, hash and time of the journal's last entry: kept elsewhere, it shows later whether anything up to it "
    "was rewritten"
)


class ExportDialog(QDialog):
    """Asks what to write. `export_requested` carries an ExportWish; `folder_requested` a Path to show.

    `receipt_requested` carries the Path to which the journal's receipt is to be written.
    """

    export_requested = Signal(object)
    cancel_requested = Signal()
    folder_requested = Signal(object)
    receipt_requested = Signal(object)

    def __init__(self, theme: Theme, rows: Sequence[LogRow], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the hedge log")
        self.resize(*SIZE)
        self._rows, self._folder = rows, folder
        self._is_busy = False
        self._written: Path | None = None
        self.asked = FilterBar()
        self.asked.offer(rows)
        self.sums = plain_label(name="What will be written", wraps=True)
        self.columns, self.forms = ColumnList(theme), FormList(theme)
        self.file = line_field("File", chars=40)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Rows written")
        self.said = plain_label(name="Result", wraps=True)
        self._lay_out()
        self.asked.changed.connect(lambda _choice: self._show_sums())
        self.asked.refused.connect(self._refuse)
        self.columns.changed.connect(self._enable)
        self.forms.changed.connect(self._on_form)
        self._on_form()
        self._show_sums()

    def take_from(self, pane: HedgeLogPane) -> None:
        """Begin with what the pane shows: its period, layer, condor, kind and columns."""
        self.asked.set_like(pane.asked)
        if names := pane.shown_columns():
            self.columns.tick(names)
        self._show_sums()

    def _lay_out(self) -> None:
        middle, place = QHBoxLayout(), QHBoxLayout()
        middle.addWidget(self.columns)
        middle.addWidget(self.forms, 1)
        self.browse = push_button("&Browse…", self._browse)
        for part in (plain_label("File&name", buddy=self.file), self.file, self.browse):
            place.addWidget(part)
        column = QVBoxLayout(self)
        column.addWidget(self.asked)
        column.addWidget(self.sums)
        column.addLayout(middle, 1)
        column.addLayout(place)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.folder = push_button("Open the &folder", self._ask_folder)
        self.receipt = push_button("Save a &receipt…", self._ask_receipt, tip=RECEIPT_TIP)
        self.cancel = push_button("Cancel", self.reject)
        self.export_ = push_button("&Export", self._ask_export, tip="Write the file, whole or not at all")
        self.export_.setDefault(True)
        row.addWidget(self.folder)
        row.addWidget(self.receipt)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.export_)
        return row

    def wish(self) -> ExportWish:
        """Return what is asked for; raises RefusedError where it cannot be done."""
        names = self.columns.ticked()
        is_whole = names == EVERY and self.forms.form not in PAGED
        choice = replace(self.asked.choice(), columns=() if is_whole else names)
        return ExportWish(Path(self.file.text().strip()), self.forms.form, choice)

    def _on_form(self) -> None:
        """Propose the columns that the form has room for, and a name that fits it."""
        form = self.forms.form
        self.columns.tick(PRINTED if form in PAGED else EVERY)
        old = Path(self.file.text().strip() or self._folder / NAME)
        self.file.setText(str(old.with_suffix(SUFFIXES[form])))
        self._enable()

    def _browse(self) -> None:
        suffix = SUFFIXES[self.forms.form]
        self._ask_file("Export the hedge log to", self.file.text(), suffix, self.file.setText)

    def _ask_receipt(self) -> None:
        proposed = Path(self.file.text().strip() or self._folder).parent / RECEIPT_NAME
        take = self.receipt_requested
        self._ask_file("Save the receipt to", str(proposed), proposed.suffix, lambda file: take.emit(Path(file)))

    def _ask_file(self, title: str, proposed: str, suffix: str, take: Callable[[str], object]) -> None:
        dialog = QFileDialog(self, title, proposed, f"*{suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(proposed)
        dialog.fileSelected.connect(take)
        dialog.open()

    def _show_sums(self) -> None:
        try:
            rows = chosen(self._rows, self.asked.choice())
        except RefusedError as error:
            self._refuse(str(error))
            return
        counts = (number_text(len(counted), 0) for counted in (rows, self._rows))
        self.sums.setText(f"{' of '.join(counts)} entries: {sums_text(rows)}")
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
        self.export_.setEnabled(not self._is_busy and bool(self.columns.ticked()))
        self.progress.setVisible(self._is_busy)
        self.folder.setVisible(self._written is not None)
        self.cancel.setText("Close" if self._written is not None and not self._is_busy else "Cancel")
        for part in (self.asked, self.file, self.browse, self.receipt, self.forms):
            part.setEnabled(not self._is_busy)
        is_one_page = self.forms.form is LogFormat.PDF  # which holds no entries
        self.columns.setEnabled(not self._is_busy and not is_one_page)
