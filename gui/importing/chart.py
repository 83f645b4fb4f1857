"""What would come in, at a glance? One line over time: new rows bold, stored ones thin, differing ones marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.market.calendar import session_indexes
from core.market.series import DAILY

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from core.market.calendar import SessionCalendar
    from db.market_rows import Comparison
    from gui.theme import Theme

HEIGHT_PX, FOOT_PX, MARGIN_PX, MARK_PX = 120, 18, 6, 4
BOLD_PX = 2


@dataclass(frozen=True, eq=False)
class Line:
    """What is drawn of one series: a value for each place in time, NaN where a session has none.

    `is_new` and `is_changed` say which rows the tables do not hold, or hold otherwise.
    """

    name: str
    first: str
    last: str
    values: NDArray[np.float64]
    is_new: NDArray[np.bool_]
    is_changed: NDArray[np.bool_]


def line_of(one: Comparison, calendar: SessionCalendar) -> Line:
    """Return the line of a series; daily values stand at their sessions, so that a missing one is a gap."""
    series = one.series
    at = session_indexes(series.days, calendar) if series.interval == DAILY else np.arange(len(series.times))
    at = at - at[0]
    columns = [np.full(int(at[-1]) + 1, empty) for empty in (np.nan, False, False)]
    for column, values in zip(columns, (series.line, one.is_new, one.is_changed), strict=True):
        column[at] = values
    days = series.days
    return Line(series.symbol, str(days[0]), str(days[-1]), columns[0], columns[1] > 0, columns[2] > 0)


class SmallChart(QWidget):
    """Draws one line; nothing where there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.line: Line | None = None
        self.setMinimumHeight(HEIGHT_PX)
        self.setAccessibleName("What would come in")

    def sizeHint(self) -> QSize:
        """Return a height of a few lines of text."""
        return QSize(400, HEIGHT_PX)

    def show_line(self, line: Line | None) -> None:
        """Show another line, or none."""
        self.line = line
        self.setVisible(line is not None)
        self.setAccessibleDescription(_described(line) if line is not None else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, its extremes and its ends in time."""
        if self.line is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        known = self.line.values[np.isfinite(self.line.values)]
        if len(known):
            labels = [f"{value:,.6g}" for value in (known.max(), known.min())]
            left = max(self.fontMetrics().horizontalAdvance(text) for text in labels) + 2 * MARGIN_PX
            box = QRectF(
                left, MARGIN_PX, self.width() - left - 2 * MARGIN_PX, self.height() - FOOT_PX - 2 * MARGIN_PX
            )
            self._label(painter, box, labels)
            self._draw(painter, box, float(known.min()), float(known.max()))
        painter.end()

    def _label(self, painter: QPainter, box: QRectF, labels: list[str]) -> None:
        painter.setPen(QColor(self._theme.text_muted))
        high, low = labels
        height, line = self.fontMetrics().height(), self.line
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, box.top() - 2, box.left() - MARGIN_PX, height), right, high)
        painter.drawText(QRectF(0, box.bottom() - height + 2, box.left() - MARGIN_PX, height), right, low)
        if line is not None:
            foot = QRectF(box.left(), box.bottom() + 2, box.width(), FOOT_PX)
            painter.drawText(foot, left, f"{line.name}  {line.first}")
            painter.drawText(foot, right, line.last)
            painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, _legend(line))

    def _draw(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        if self.line is None:
            return
        lines, marks = strokes(self.line, box, low, high)
        for is_new, width, role in ((False, 1, self._theme.text_muted), (True, BOLD_PX, self._theme.accent)):
            painter.setPen(QPen(QColor(role), width))
            painter.drawLines([stroke for stroke, new in lines if new is is_new])
        painter.setPen(QPen(QColor(self._theme.amber), 1))
        painter.setBrush(QColor(self._theme.amber))
        for mark in marks:
            points = (QPointF(-MARK_PX, MARK_PX), QPointF(MARK_PX, MARK_PX), QPointF(0, -MARK_PX))
            painter.drawPolygon(QPolygonF([mark + point for point in points]))


def strokes(line: Line, box: QRectF, low: float, high: float) -> tuple[list[tuple[QLineF, bool]], list[QPointF]]:
    """Return the lines to draw, each with whether it is new, and where values differ.

    Each pixel column has a line from its least to its greatest value, so that no spike is lost, and is joined to
    the column before unless a value is missing between them.
    """
    values, count = line.values, len(line.values)
    pixels = np.rint(np.arange(count) * (box.width() - 1) / max(count - 1, 1)).astype(np.int64)
    heights = box.bottom() - (values - low) / ((high - low) or 1.0) * box.height()
    starts = np.flatnonzero(np.diff(pixels, prepend=-1))
    found: list[tuple[QLineF, bool]] = []
    before: QPointF | None = None
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), count], strict=True):
        part = heights[start:stop]
        here = part[np.isfinite(part)]
        if not len(here):
            before = None
            continue
        x, is_new = box.left() + float(pixels[start]), bool(line.is_new[start:stop].any())
        if before is not None and np.isfinite(part[0]):
            found.append((QLineF(before, QPointF(x, float(here[0]))), is_new))
        found.append((QLineF(x, float(here.min()), x, float(here.max()) + 0.5), is_new))
        before = QPointF(x, float(here[-1])) if np.isfinite(part[-1]) else None
    marks = [QPointF(box.left() + float(pixels[row]), float(heights[row])) for row in _changed(line)]
    return found, marks


def _changed(line: Line) -> list[int]:
    return np.flatnonzero(line.is_changed & np.isfinite(line.values)).tolist()


def _legend(line: Line) -> str:
    parts = [
        ("bold: new", line.is_new.any()),
        ("thin: stored already", _has_same(line)),
        ("▲ differs", _changed(line)),
    ]
    return "   ".join(text for text, is_there in parts if is_there)


def _has_same(line: Line) -> bool:
    return bool((np.isfinite(line.values) & ~line.is_new & ~line.is_changed).any())


def _described(line: Line) -> str:
    return f"{line.name} from {line.first} to {line.last}; {_legend(line)}"
