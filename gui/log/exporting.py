"""How does the log leave the window? Asked for in a dialog, written on the database thread, told as it goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from db.exports.progress import ExportCancelledError
from gui.formats import number_text
from gui.log.calm import Calm
from gui.log.export_job import export_log, save_receipt
from gui.log.ledger_desk import LedgerDesk

if TYPE_CHECKING:
    from gui.context import Context
    from gui.jobs import OpenJournal
    from gui.log.export_dialog import ExportDialog
    from gui.log.export_job import ExportWish
    from gui.log.pane import HedgeLogPane


class Exporting(QObject):
    """The exports of one window, one at a time, and the ledger of its log."""

    _moved = Signal(int, int)

    def __init__(self, context: Context, pane: HedgeLogPane) -> None:
        super().__init__(context)
        self._context, self._pane = context, pane
        self._is_cancelled = False
        self._calm = Calm(self)
        self.dialog: ExportDialog | None = None
        self._moved.connect(self._show_progress)
        self.ledger = LedgerDesk(context, pane)

    def ask(self) -> None:
        """Ask what is to be written, beginning with what the pane shows."""
        from gui.log.export_dialog import ExportDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        context = self._context
        self.dialog = ExportDialog(context.theme, context.the_store.log, self._folder(), context.window)
        self.dialog.take_from(self._pane)
        self.dialog.export_requested.connect(self.export)
        self.dialog.cancel_requested.connect(self.cancel)
        self.dialog.folder_requested.connect(_open_folder)
        self.dialog.receipt_requested.connect(self.save_receipt)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def export(self, wish: ExportWish) -> None:
        """Write a file; what comes of it is said in the dialog, or in the window where there is none."""
        self._is_cancelled = False
        self._calm.begin()
        if self.dialog is not None:
            self.dialog.begin()
        self._context.desk.submit(
            partial(self._work, wish=wish),
            partial(self._on_written, wish.path),
            partial(self._on_failed, wish.path),
        )

    def save_receipt(self, path: Path) -> None:
        """Write the journal's receipt, to keep elsewhere."""
        self._context.desk.submit(
            partial(save_receipt, path=path), partial(self._on_receipt, path), partial(self._on_failed, path)
        )

    def _on_receipt(self, path: Path, sequence: int) -> None:
        text = f"Receipt of entry {sequence} written to {path}: keep it elsewhere"
        self._context.say(text)
        if self.dialog is not None:
            self.dialog.end(text, path)

    def cancel(self) -> None:
        """End the export that is under way: no file is written. The window may be closing."""
        self._is_cancelled = True
        self._calm.end()

    def _work(self, journal: OpenJournal, wish: ExportWish) -> int:
        """Run on the database thread."""
        desk = self._context.desk
        return export_log(journal, wish, desk.rules(), desk.now(), self._progress)

    def _progress(self, done: int, total: int) -> None:
        """Tell how far it is, on the database thread; raises ExportCancelledError to end it."""
        if self._is_cancelled:
            raise ExportCancelledError("the export was cancelled; no file was written")
        self._moved.emit(done, total)

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total)

    def _on_written(self, path: Path, rows: int) -> None:
        self._calm.end()
        text = f"{number_text(rows, 0)} rows written to {path}"
        self._context.say(text)
        if self.dialog is not None:
            self.dialog.end(text, path)

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._calm.end()
        if isinstance(error, ExportCancelledError):
            self._context.say(f"Cancelled: {path.name} was not written")
        else:
            self._context.complain("export", f"The log was not exported: {error}")
        if self.dialog is not None:
            self.dialog.end(f"✕ {error}", None)

    def _folder(self) -> Path:
        """Return where files are proposed: the user's documents, else beside the journal."""
        found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(found) if found else self._context.options.journal.parent
        return folder if folder.is_dir() else self._context.options.journal.parent

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
