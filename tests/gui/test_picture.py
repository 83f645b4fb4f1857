"""Is a picture written whole, for its owner alone, or not at all?"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.picture import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def painted() -> QPixmap:
    pixmap = QPixmap(40, 30)
    pixmap.fill(QColor("#35bd95"))
    return pixmap


def test_the_picture_comes_back(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    write_picture(painted(), file)
    image = QImage(str(file))
    assert (image.width(), image.height(), image.pixelColor(20, 15).name()) == (40, 30, "#35bd95")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_it_cannot_be_written_the_file_is_named(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "picture.png"
    with pytest.raises(OSError, match="nowhere"):
        write_picture(painted(), file)
    assert list(tmp_path.iterdir()) == []
