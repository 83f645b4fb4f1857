"""What is written beside a pane? Names of lines and levels at their height, moved apart where they would touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from gui.charts.painting import hair_pen
from gui.charts.span import ValueSpan
from gui.charts.spread import spread

if TYPE_CHECKING:
    from gui.theme import Theme

LEADER_PX = 14.0
MARKER_PX = 4.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a value's height. `role` names the theme's colour of its leader; `is_strong` boxes the text."""

    value: float
    text: str
    role: str = "text_muted"
    is_strong: bool = False


class Labels(QGraphicsWidget):
    """The column of labels right of a pane."""

    def __init__(self, theme: Theme) -> None:
        """Make an empty column."""
        super().__init__()
        self._theme = theme
        self._values = ValueSpan(0.0, 1.0, 1.0)
        self.labels: tuple[Label, ...] = ()

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self._theme = theme
        self.update()

    def show_labels(self, values: ValueSpan, labels: tuple[Label, ...]) -> None:
        """Show the labels whose values are in view."""
        seen = tuple(label for label in labels if values.low <= label.value <= values.high)
        if (values, seen) != (self._values, self.labels):
            self._values, self.labels = values, seen
            self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw each label with a leader to its place at the pane's edge."""
        metrics = QFontMetricsF(self.font())
        gap, height = metrics.height() + 1, self.size().height()
        wanted = [self._values.pixel(label.value) for label in self.labels]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label, place, y in zip(
            self.labels, wanted, spread(wanted, gap, gap / 2, height - gap / 2), strict=True
        ):
            painter.setPen(hair_pen(getattr(self._theme, label.role)))
            painter.drawLine(QLineF(0, place, LEADER_PX - 3, y))
            self._paint_text(painter, metrics, label, y)

    def _paint_text(self, painter: QPainter, metrics: QFontMetricsF, label: Label, y: float) -> None:
        x = LEADER_PX
        if label.is_strong:
            bar = QRectF(x - 3, y - metrics.height() / 2, MARKER_PX, metrics.height())
            painter.fillRect(bar, QColor(getattr(self._theme, label.role)))
            x += MARKER_PX
        painter.setPen(QColor(self._theme.text if label.is_strong else self._theme.text_muted))
        painter.drawText(QPointF(x, y + (metrics.ascent() - metrics.descent()) / 2), label.text)
