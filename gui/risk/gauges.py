"""How neutral is the book? Each measure as a needle over its bounds, with the one before a proposed ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gui.formats import figure_text, figure_tooltip
from gui.widgets import plain_label, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.risk_state import Gauge
    from gui.theme import Theme

BAR_PX, ROOM, NEEDLE_PX = 12, 0.25, 5.0
LEAST_PX = 48
WITHIN = {True: ("✓ within", "gain"), False: ("✕ outside", "loss"), None: ("no bound", "text_muted")}


class GaugeBar(QWidget):
    """One measure on its scale: the bounds as a filled stretch, zero as a line, the value as a needle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.gauge: Gauge | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST_PX)

    def sizeHint(self) -> QSize:
        """Return room for the bar and its needle."""
        return QSize(120, BAR_PX + 2 * int(NEEDLE_PX) - 4)

    def show_gauge(self, gauge: Gauge) -> None:
        """Show a measure."""
        if gauge != self.gauge:
            self.gauge = gauge
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the stretch within bounds, then the needles."""
        if self.gauge is None or self.gauge.value.value is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(1, NEEDLE_PX, self.width() - 2, BAR_PX - NEEDLE_PX)
        painter.fillRect(track, QColor(self.theme.border))
        low, high = self._at(self.gauge.low, 0.0), self._at(self.gauge.high, self.width())
        if has_bounds(self.gauge):
            shade = QColor(self.theme.gain)
            shade.setAlpha(150)
            painter.fillRect(QRectF(low, track.top(), high - low, track.height()), shade)
        painter.setPen(QPen(QColor(self.theme.text_muted), 1))
        painter.drawLine(QPointF(self._pixel(0.0), 1), QPointF(self._pixel(0.0), self.height() - 1))
        if self.gauge.before is not None and self.gauge.before.value is not None:
            self._paint_needle(painter, self.gauge.before.value, is_filled=False)
        self._paint_needle(painter, self.gauge.value.value, is_filled=True)

    def _paint_needle(self, painter: QPainter, value: float, *, is_filled: bool) -> None:
        x, y = self._pixel(value), NEEDLE_PX + 1
        painter.setPen(QPen(QColor(self.theme.text), 1))
        painter.setBrush(QColor(self.theme.text) if is_filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([QPointF(x, y + 4), QPointF(x - NEEDLE_PX, 0), QPointF(x + NEEDLE_PX, 0)]))
        painter.drawLine(QPointF(x, y + 4), QPointF(x, self.height() - 1))

    def _at(self, bound: Figure | None, otherwise: float) -> float:
        return otherwise if bound is None or bound.value is None else self._pixel(bound.value)

    def _pixel(self, value: float) -> float:
        """Return the pixel of a value on a scale that holds zero, both bounds and both values."""
        gauge = self.gauge
        parts = (gauge.value, gauge.low, gauge.high, gauge.before) if gauge is not None else ()
        held = [0.0, *(part.value for part in parts if part is not None and part.value is not None)]
        room = (max(held) - min(held)) * ROOM or 1.0
        low, high = min(held) - room, max(held) + room
        return 1 + (value - low) / (high - low) * (self.width() - 2)


class GaugeRow(NamedTuple):
    """The widgets of one measure."""

    name: QLabel
    value: QLabel
    bar: GaugeBar
    within: QLabel


class Gauges(QWidget):
    """The measures, one below the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Neutrality")
        self.rows: dict[str, GaugeRow] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 2, 6, 2)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)

    def show_gauges(self, gauges: tuple[Gauge, ...]) -> None:
        """Show these measures."""
        if [*self.rows] != [gauge.key for gauge in gauges]:
            self._make_rows(gauges)
        for gauge in gauges:
            self._show(gauge)

    def _make_rows(self, gauges: tuple[Gauge, ...]) -> None:
        for row in self.rows.values():
            for widget in row:
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self.rows = {}
        for place, gauge in enumerate(gauges):
            row = GaugeRow(plain_label(), plain_label(), GaugeBar(self.theme), plain_label())
            for column, part in enumerate(row):
                self._grid.addWidget(part, place, column)
            self._grid.setAlignment(row.value, Qt.AlignmentFlag.AlignRight)
            self.rows[gauge.key] = row
        self._grid.setRowStretch(len(gauges), 1)

    def _show(self, gauge: Gauge) -> None:
        name, value, bar, within = self.rows[gauge.key]
        word, role = within_words(gauge)
        for label, text in ((name, gauge_name(gauge)), (value, gauge_text(gauge)), (within, word)):
            label.setText(text)
        set_text_colour(within, getattr(self.theme, role))
        bar.show_gauge(gauge)
        told = bound_text(gauge)
        for widget in (name, value, bar, within):
            set_tooltip(widget, f"{figure_tooltip(gauge.value, gauge_name(gauge))}\n{told}")
        bar.setAccessibleName(f"{gauge_name(gauge)} {gauge_text(gauge)}, {word}, {told}")

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        for row in self.rows.values():
            row.bar.theme = theme
            row.bar.update()


def has_bounds(gauge: Gauge) -> bool:
    """Return whether any bound is known."""
    return any(bound is not None and bound.is_known for bound in (gauge.low, gauge.high))


def within_words(gauge: Gauge) -> tuple[str, str]:
    """Return whether the measure is within its bounds, in words, and the role of their colour."""
    if not gauge.value.is_known:
        return "unknown", "unknown"
    if not has_bounds(gauge) and (gauge.low is not None or gauge.high is not None):
        return "bound unknown", "unknown"
    return WITHIN[gauge.is_within]


def gauge_name(gauge: Gauge) -> str:
    """Return what is measured."""
    return f"theta {gauge.name}" if gauge.key == "theta" else gauge.name


def gauge_text(gauge: Gauge) -> str:
    """Return the value, and the one before a proposed ticket: -$182 -> -$96."""
    decimals = 0 if gauge.value.unit in {"$", "%"} else 2
    after = figure_text(gauge.value, decimals=decimals, is_signed=True)
    if gauge.before is None:
        return after
    return f"{figure_text(gauge.before, decimals=decimals, is_signed=True)} → {after}"


def bound_text(gauge: Gauge) -> str:
    """Return the bounds in words, and where they are from."""
    ends = [("from", gauge.low), ("to", gauge.high)]
    said = " ".join(f"{word} {figure_text(end)}" for word, end in ends if end is not None and end.is_known)
    return f"bounds {said} ({gauge.bound})" if said else gauge.bound
