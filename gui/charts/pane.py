"""What do all panes have in common? A header, a scale, a box for the lines, a column of labels, one row of x."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from gui.charts.header import Header, Piece
from gui.charts.labels import Label, Labels
from gui.charts.overlay import Backdrop
from gui.charts.scales import ValueScale
from gui.charts.span import Span, ValueSpan, padded

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget

    from core.market.figure import Figure
    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.charts.curve import Curve
    from gui.theme import Theme

LEFT, MIDDLE, RIGHT = 0, 1, 2
"""The columns of the charts' grid."""

NO_DATA = "No data yet: import files (Ctrl+I)"


@dataclass(frozen=True, slots=True)
class Line:
    """A curve of a pane with the theme's role of its colour."""

    curve: Curve
    role: str


class Pane:
    """One chart. What it shows is filled by a subclass; how wide and where is told by `show_span`."""

    def __init__(self, theme: Theme) -> None:
        """Make the parts; `settle` puts them into the grid."""
        self.theme = theme
        self.header = Header(theme)
        self.scale = ValueScale("left", theme)
        self.labels = Labels(theme)
        self.box: Any = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        self.box.setMouseEnabled(x=True, y=False)
        self.box.disableAutoRange()
        self.backdrop = Backdrop(self.box, theme)
        self.values = ValueSpan(0.0, 1.0, 1.0)
        self.closed_at = 0.0

    @property
    def lines(self) -> tuple[Line, ...]:
        """The curves, the first drawn first."""
        return ()

    @property
    def right(self) -> QGraphicsWidget:
        """What stands right of the box."""
        return self.labels

    def settle(self, grid: QGraphicsGridLayout, row: int, stretch: int) -> None:
        """Take two rows of the grid: the header's and the box's, which grows by `stretch`."""
        for line in self.lines:
            self.box.addItem(line.curve, ignoreBounds=True)
        grid.addItem(self.header, row, MIDDLE, 1, 2)
        grid.addItem(self.scale, row + 1, LEFT)
        grid.addItem(self.box, row + 1, MIDDLE)
        grid.addItem(self.right, row + 1, RIGHT)
        grid.setRowStretchFactor(row, 0)
        grid.setRowStretchFactor(row + 1, stretch)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        self.theme = theme
        for part in (self.header, self.scale, self.labels, self.backdrop):
            part.dress(theme)
        for line in self.lines:
            line.curve.dress(getattr(theme, line.role))

    def fill(self, _past: Past, _playbook: Playbook) -> None:
        """Take everything that follows from the closes."""
        raise TypeError(f"{type(self).__name__} must say what it shows")

    def put(self, _index: int, _state: MonitorState) -> None:
        """Take the provisional values of the session in progress."""

    def quoted(self, figure: Figure) -> float:
        """Return a figure made from something newer than the last close; NaN if it is unknown or only a close.

        A close that still holds is no value of the session in progress: it leaves a gap.
        """
        is_newer = any(part.time is not None and part.time.timestamp() > self.closed_at for part in figure.inputs)
        return figure.value if figure.value is not None and is_newer else math.nan

    def cut(self, length: int) -> None:
        """Drop the provisional sessions from `length` on."""
        for line in self.lines:
            line.curve.cut(length)

    def value_range(self, span: Span) -> tuple[float, float]:
        """Return the values from bottom to top that the sessions in view ask for."""
        ends = [line.curve.extremes(span) for line in self.lines]
        low = min((low for low, _ in ends if math.isfinite(low)), default=math.nan)
        high = max((high for _, high in ends if math.isfinite(high)), default=math.nan)
        return padded(low, high)

    def show_span(self, span: Span, dates: list[int]) -> None:
        """Show these sessions, the values fitted to them; `dates` are the sessions with a tick."""
        low, high = self.value_range(span)
        self.values = ValueSpan(low, high, self.box.size().height())
        self.box.setRange(xRange=(span.x0, span.x1), yRange=(low, high), padding=0, disableAutoRange=False)
        self.box.updateMatrix()  # else it would wait for the paint and ask for another one
        for line in self.lines:
            line.curve.show_scale(span.sessions_per_pixel)
        self.scale.show_range(low, high, has_values=self.has_values(span))
        self.backdrop.ticks, self.backdrop.dates = self.scale.ticks, dates
        self.backdrop.show_range(span, self.values)
        self.labels.show_labels(self.values, self.labels_at(span))

    @property
    def end(self) -> int:
        """The index after the last session that has a value in the pane, 0 where none has."""
        return max((line.curve.end for line in self.lines), default=0)

    def notice(self) -> None:
        """Say in the pane that it has no values, or no longer."""
        said = "" if self.end else NO_DATA
        if said != self.backdrop.notice:
            self.backdrop.notice = said
            self.backdrop.update()

    def has_values(self, span: Span) -> bool:
        """Whether anything that the scale is for is in view."""
        return any(math.isfinite(line.curve.extremes(span)[0]) for line in self.lines)

    def fits(self, span: Span) -> bool:
        """Whether the values in view still are the ones that the pane is scaled to."""
        low, high = self.value_range(span)
        return (low, high) == (self.values.low, self.values.high)

    def labels_at(self, _span: Span) -> tuple[Label, ...]:
        """Return the labels right of the box."""
        return ()

    def pieces(self, _index: int) -> tuple[Piece, ...]:
        """Return the header's words for a session."""
        return ()

    def point_at(self, index: int) -> None:
        """Say the values of a session in the header."""
        self.header.say(self.pieces(index))

    def words(self, index: int) -> list[str]:
        """Return what the pane says of a session, without title and notes."""
        return [piece.text for piece in self.pieces(index) if piece.kind == "value"]

    def rings(self, index: int) -> list[tuple[QPointF, str]]:
        """Return the points of the scene where the lines pass a session, with the roles of their colours."""
        found = []
        for line in self.lines:
            y = line.curve.gain * line.curve.value_at(index) + line.curve.offset
            if math.isfinite(y):
                found.append((self.box.mapViewToScene(QPointF(index, y)), line.role))
        return found

    def rectangle(self) -> QRectF:
        """Return the box in the scene."""
        return QRectF(self.box.mapRectToScene(self.box.rect()))
