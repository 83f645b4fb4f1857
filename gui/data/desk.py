"""Who reads what the page of market data shows, and takes an import back? At most one dialog at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui import market_jobs

if TYPE_CHECKING:
    from db.undo_import import UndoResult
    from gui.context import Context
    from gui.data.dialog import DataDialog
    from gui.market_jobs import DataPage


class DataDesk(QObject):
    """The page of market data of one window."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.dialog: DataDialog | None = None
        self._said = ""

    def show_page(self) -> None:
        """Open the page, or bring it to the front, and read what it shows."""
        from gui.data.dialog import DataDialog

        if self.dialog is None:
            self.dialog = DataDialog(self._context.window)
            self.dialog.undo_requested.connect(self._undo)
            self.dialog.finished.connect(self._finish)
        self.dialog.open()
        self._read()

    def _read(self) -> None:
        self._context.desk.submit(market_jobs.load_data_page, self._show, lambda error: self._say(f"✕ {error}"))

    def _show(self, page: DataPage) -> None:
        if self.dialog is not None:
            self.dialog.show_page(page, self._context.menus.why_not)
            if self._said:
                self.dialog.say(self._said)
        self._said = ""

    def _undo(self, batch: int) -> None:
        work = partial(market_jobs.undo_import, batch=batch)
        self._context.desk.submit(
            work, self._on_undone, lambda error: self._say(f"✕ Nothing was taken back: {error}")
        )

    def _on_undone(self, result: UndoResult) -> None:
        """Show the market as it is without the import, and the page with it."""
        from gui.data.dialog import undo_text

        self._said = undo_text(result.file, result.batch, result.removed, result.restored, result.notes)
        self._context.say(self._said.split("\n")[0])
        self._context.read_again(self._read)

    def _say(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.say(text)
        else:
            self._context.complain("data", text)

    def _finish(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
