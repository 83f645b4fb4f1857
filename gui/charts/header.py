"""What does the line above a pane say? Its name, its unit, and each series' value at one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

if TYPE_CHECKING:
    from gui.theme import Theme

SWATCH_PX = 12.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words of a header: "title", "value" or "note"; `swatch` is the role of their series' colour."""

    text: str
    kind: str = "value"
    swatch: str = ""


class Header(QGraphicsWidget):
    """The line above a pane."""

    def __init__(self, theme: Theme) -> None:
        """Make an empty line."""
        super().__init__()
        self._theme = theme
        self.pieces: tuple[Piece, ...] = ()

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self._theme = theme
        self.update()

    def say(self, pieces: tuple[Piece, ...]) -> None:
        """Show these words."""
        if pieces != self.pieces:
            self.pieces = pieces
            self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the pieces one after the other, as many as fit."""
        metrics = QFontMetricsF(self.font())
        bold = QFont(self.font())
        bold.setBold(True)
        gap, x = metrics.horizontalAdvance("00"), 0.0
        y = (self.size().height() + metrics.ascent() - metrics.descent()) / 2
        for piece in self.pieces:
            font = bold if piece.kind == "title" else self.font()
            width = QFontMetricsF(font).horizontalAdvance(piece.text)
            if x + width > self.size().width():
                break
            if piece.swatch:
                painter.fillRect(QRectF(x, y - 5, SWATCH_PX, 3), QColor(getattr(self._theme, piece.swatch)))
                x += SWATCH_PX + 5
            painter.setFont(font)
            painter.setPen(QColor(self._theme.text_muted if piece.kind == "note" else self._theme.text))
            painter.drawText(QPointF(x, y), piece.text)
            x += width + gap
