"""Which files, which folder? The system's boxes to choose them, what was dropped, and what was copied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

FILTERS = "Market files (*.csv *.txt *.xlsx);;All files (*)"


def choose_folder(parent: QWidget, work: Callable[[Path], None]) -> None:
    """Open the box for a folder; `work` is given it when one was chosen."""
    dialog = QFileDialog(parent, "Watch a folder")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda folder: work(Path(folder)))
    dialog.open()


def choose_files(parent: QWidget, work: Callable[[list[Path]], None]) -> None:
    """Open the box; `work` is given the files when some were chosen."""
    dialog = QFileDialog(parent, "Import market files", "", FILTERS)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda files: work([Path(file) for file in files]))
    dialog.open()


def files_in(mime: QMimeData) -> list[Path]:
    """Return the files of this computer that were dropped or copied."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def copied() -> tuple[list[Path], str]:
    """Return the files that were copied, else the text; of cells of a spreadsheet it is lines parted by tabs."""
    mime = QGuiApplication.clipboard().mimeData()
    files = files_in(mime)
    return files, "" if files else mime.text()
