"""Which journal? New, open, or the demo."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from gui import jobs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.market.snapshot import Ages
    from gui.context import Context

JOURNALS = "Journals (*.db);;All files (*)"


class Journals(QObject):
    """The work of the File menu. A demo lives in a temporary folder that goes with the window."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._demo_folder: tempfile.TemporaryDirectory[str] | None = None

    def new(self) -> None:
        """Begin the user's own journal; where there is one already, ask for another file."""
        if self._context.options.journal.exists():
            self._ask("Begin a new journal", JOURNALS, "journal.db", self.begin_at)
        else:
            self.begin_at(self._context.options.journal)

    def begin_at(self, path: Path) -> None:
        """Begin an empty journal."""
        self._context.begin(partial(_begun, path))

    def open(self) -> None:
        """Ask for a journal and open it."""
        self._ask("Open a journal", JOURNALS, "", self._context.open)

    def open_demo(self) -> None:
        """Open the simulated market and book."""
        folder = tempfile.TemporaryDirectory(prefix="condor-watch-demo-", ignore_cleanup_errors=True)
        ages = self._context.preferences.rules().ages
        self._context.begin(partial(demo_at, Path(folder.name, "demo.db"), ages))
        self.clean_up()  # the demo that was open is closed by now
        self._demo_folder = folder

    def clean_up(self) -> None:
        """Remove the folder of a demo that is no longer open."""
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
            self._demo_folder = None

    def _ask(self, title: str, filters: str, name: str, work: Callable[[Path], None]) -> None:
        """Ask for a file: one to be written where a name is proposed, else one that exists."""
        dialog = QFileDialog(self._context.window, title, str(self._context.options.journal.parent), filters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile if name else QFileDialog.FileMode.ExistingFile)
        if name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(name).suffix)
            dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: work(Path(file)))
        dialog.open()


def _begun(path: Path, now: datetime) -> Path:
    jobs.begin_journal(path, now)
    return path


def demo_at(path: Path, ages: Ages, now: datetime) -> Path:
    """Make the demo's journal and return where it is."""
    from db.demo import make_demo

    make_demo(path, now, ages)
    return path
