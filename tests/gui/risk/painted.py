"""Where is a colour in a picture?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def columns_of(image: QImage, row: int, colour: str) -> list[int]:
    """Return the columns of a row of pixels that have a colour."""
    wanted = QColor(colour)
    return [x for x in range(image.width()) if image.pixelColor(x, row) == wanted]
