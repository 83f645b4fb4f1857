"""How does a picture of the window get into a file? Whole or not at all, readable by its owner alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileDevice, QIODevice, QSaveFile

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap

OWNER_ONLY = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner


def write_picture(pixmap: QPixmap, picture: Path) -> None:
    """Write a PNG; raises OSError, with the file's name, where it cannot be written."""
    file = QSaveFile(str(picture))
    is_open = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.setPermissions(OWNER_ONLY)
    if not (is_open and pixmap.save(file, "PNG") and file.commit()):
        raise OSError(0, file.errorString(), str(picture))
