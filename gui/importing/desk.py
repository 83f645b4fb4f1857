"""Where does an import begin? Files are chosen or dropped; there is at most one dialog at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.importing.choosing import choose_files
from gui.importing.round import ImportRound

if TYPE_CHECKING:
    from pathlib import Path

    from gui.context import Context


class Importing(QObject):
    """The imports of one window."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.round: ImportRound | None = None

    def ask_for_files(self) -> None:
        """Let the user choose files."""
        choose_files(self._context.window, self.look_at)

    def look_at(self, paths: list[Path]) -> None:
        """Plan files and show what they would bring."""
        self._the_round().look_at(paths)

    def paste(self) -> None:
        """Plan what was copied in a spreadsheet or a folder."""
        self._the_round().paste()

    def _the_round(self) -> ImportRound:
        if self.round is None:
            self.round = ImportRound(self._context)
            self.round.dialog.finished.connect(self._finish)
        return self.round

    def cancel(self) -> None:
        """Let what has not begun never begin."""
        if self.round is not None:
            self.round.is_over = True

    def _finish(self) -> None:
        if self.round is not None:
            self.round.end()
            self.round = None
