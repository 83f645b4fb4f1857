"""What does each further layer do to the break-evens? Points gained or lost on each side, and the least P/L."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.formats import UNKNOWN_TEXT, figure_text, profit_text
from gui.risk.cell import sign_role
from gui.widgets import set_tooltip

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.risk_state import MigrationRow
    from gui.theme import Theme

NAME_PX, GAP_PX, BAR_PX, HEAD_ROWS = 84, 10, 12, 1
LEAST_PX = 380
EMPTY = "No layer is held: nothing moves the break-evens. Enter a layer (Ctrl+L)."


class MigrationChart(QWidget):
    """Three columns of bars: put side, call side, least P/L. Gains grow right, losses left, signs beside."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: tuple[MigrationRow, ...] = ()
        self.setAccessibleName("Migration of the break-evens")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(LEAST_PX)

    def sizeHint(self) -> QSize:
        """Return room for five rows."""
        return QSize(520, 150)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        self.update()

    def show_rows(self, rows: tuple[MigrationRow, ...]) -> None:
        """Show the rows of the migration."""
        if rows != self.rows:
            self.rows = rows
            set_tooltip(self, "\n".join(f"{row.name}: {row.words}" for row in rows))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three columns, and what the last row says."""
        painter = QPainter(self)
        line = self.fontMetrics().height() + 4
        if len(self.rows) < 2:
            painter.setPen(QColor(self.theme.text_muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), EMPTY)
            return
        width = (self.width() - NAME_PX - 3 * GAP_PX) / 3
        for place, row in enumerate(self.rows):
            self._text(painter, row.name, QRectF(6, (place + HEAD_ROWS) * line, NAME_PX, line), "text")
        for place, (title, figures) in enumerate(self._columns()):
            box = QRectF(NAME_PX + GAP_PX + place * (width + GAP_PX), 0, width, line)
            self._text(painter, title, box, "text_muted")
            self._paint_column(painter, figures, box)
        foot = QRectF(6, (len(self.rows) + HEAD_ROWS) * line, self.width() - 12, self.height())
        self._text(painter, self.rows[-1].words, foot, "text", wraps=True)

    def _columns(self) -> tuple[tuple[str, list[Figure]], ...]:
        return (
            ("put side points", [row.gained_put for row in self.rows]),
            ("call side points", [row.gained_call for row in self.rows]),
            ("least P/L", [row.least for row in self.rows]),
        )

    def _paint_column(self, painter: QPainter, figures: list[Figure], box: QRectF) -> None:
        """Draw one column: the bars from a common zero, each with its signed value at its end."""
        known = [figure.value for figure in figures if figure.value is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        room = self.fontMetrics().horizontalAdvance("-$00,000") + 6.0
        left, right = (room if low < 0 else 0.0), (room if high > 0 else room / 2 if 0.0 in known else 0.0)
        scale = max(box.width() - left - right, 10.0) / ((high - low) or 1.0)
        zero = box.left() + left - low * scale
        bottom = box.bottom() + len(figures) * box.height()
        painter.setPen(QPen(QColor(self.theme.rung_line), 1))
        painter.drawLine(QPointF(zero, box.bottom()), QPointF(zero, bottom))
        for place, figure in enumerate(figures):
            self._paint_bar(painter, figure, zero, scale, box.bottom() + place * box.height())

    def _paint_bar(self, painter: QPainter, figure: Figure, zero: float, scale: float, top: float) -> None:
        value, height = figure.value or 0.0, self.fontMetrics().height() + 4
        bar = QRectF(zero, top + (height - BAR_PX) / 2, value * scale, BAR_PX).normalized()
        role = sign_role(value)
        painter.fillRect(bar, QColor(getattr(self.theme, role)))
        text = _value_text(figure)
        wide = self.fontMetrics().horizontalAdvance(text) + 6
        start = bar.left() - wide if value < 0 else bar.right() + 6
        self._text(painter, text, QRectF(start, top, wide, height), "text" if value else "text_muted")

    def _text(self, painter: QPainter, text: str, box: QRectF, role: str, *, wraps: bool = False) -> None:
        painter.setPen(QColor(getattr(self.theme, role)))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap if wraps else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(flags), text)


def _value_text(figure: Figure) -> str:
    if figure.value is None:
        return UNKNOWN_TEXT
    if figure.unit == "$":
        return profit_text(figure.value, 0)
    return figure_text(figure, decimals=2, is_signed=True, has_unit=False)
