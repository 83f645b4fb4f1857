"""How is a line drawn that stays one pixel wide?"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPen


def hair_pen(colour: str) -> QPen:
    """Return a cosmetic pen of width 1: wider ones cost a hundred times as much on a long line."""
    pen = QPen(QColor(colour), 1)
    pen.setCosmetic(True)
    return pen
