"""Where did breadth leave the index? One mark at the first session of each run, and few enough to be read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from core.measures.breadth import DivergenceKind, Grade
from gui.charts.overlay import OVER_THE_LINES, Overlay
from gui.charts.painting import hair_pen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from gui.theme import Theme

MARK_GAP_PX = 16.0
FROM_THE_LINE_PX = 10.0
HALF_SIZE_PX = {Grade.MINOR: 3.5, Grade.MODERATE: 5.0, Grade.PRONOUNCED: 7.0}
CORNERS = {
    DivergenceKind.BEARISH: ((-1.0, -0.9), (1.0, -0.9), (0.0, 0.9)),
    DivergenceKind.BULLISH: ((-1.0, 0.9), (1.0, 0.9), (0.0, -0.9)),
    DivergenceKind.SLOPE: ((0.0, -1.0), (0.9, 0.0), (0.0, 1.0), (-0.9, 0.0)),
}
ROLES = {
    DivergenceKind.BEARISH: "divergence_bearish",
    DivergenceKind.BULLISH: "divergence_bullish",
    DivergenceKind.SLOPE: "divergence_slope",
}


@dataclass(frozen=True)
class Runs:
    """Unbroken runs of one kind of divergence: first session, kind and the greatest grade on the way."""

    first: NDArray[np.int64]
    kind: NDArray[np.int8]
    grade: NDArray[np.int8]

    def thinned(self, sessions_apart: float) -> Runs:
        """Return the strongest run of every `sessions_apart` sessions, all of them where that is below one.

        Stretches are counted from the first session of all, so that marks do not flicker while scrolling.
        """
        if sessions_apart <= 1 or not len(self.first):
            return self
        stretch = self.first // (1 << math.ceil(math.log2(sessions_apart)))
        strongest_first = np.lexsort((self.first, -self.grade, stretch))
        _, kept = np.unique(stretch[strongest_first], return_index=True)
        chosen = np.sort(strongest_first[kept])
        return Runs(self.first[chosen], self.kind[chosen], self.grade[chosen])

    def between(self, first: int, last: int) -> Runs:
        """Return the runs that begin at first..last."""
        part = slice(np.searchsorted(self.first, first), np.searchsorted(self.first, last, side="right"))
        return Runs(self.first[part], self.kind[part], self.grade[part])


def divergence_runs(kind: NDArray[np.int8], grade: NDArray[np.int8]) -> Runs:
    """Return the runs whose grade reaches minor; `kind` and `grade` have one element a session."""
    starts = np.flatnonzero(np.diff(kind, prepend=np.int8(-128)))
    greatest = np.maximum.reduceat(grade, starts) if len(starts) else np.empty(0, np.int8)
    counts = (kind[starts] > DivergenceKind.NONE) & (greatest >= Grade.MINOR)
    return Runs(starts[counts], kind[starts][counts], greatest[counts])


class DivergenceMarks(Overlay):
    """Triangles and diamonds at the index's line; larger for a stronger divergence."""

    def __init__(self, box: Any, theme: Theme, height_of: Callable[[int], float]) -> None:
        """Lie over the lines; `height_of` gives the index's place on the pane's value axis for a session."""
        super().__init__(box, theme, OVER_THE_LINES)
        self._height_of = height_of
        self.runs = divergence_runs(np.empty(0, np.int8), np.empty(0, np.int8))

    def fill(self, kind: NDArray[np.int8], grade: NDArray[np.int8]) -> None:
        """Take the detector's findings."""
        self.runs = divergence_runs(kind, grade)
        self.update()

    def shown(self) -> Runs:
        """Return the runs that are drawn at this zoom."""
        apart = MARK_GAP_PX * self.span.sessions_per_pixel
        return self.runs.thinned(apart).between(self.span.first, self.span.last)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw each mark above the index's line, bullish ones below."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(hair_pen(self.theme.panel))
        runs = self.shown()
        for index, kind, grade in zip(runs.first.tolist(), runs.kind.tolist(), runs.grade.tolist(), strict=True):
            y = self.values.pixel(self._height_of(index))
            if math.isfinite(y):
                down = FROM_THE_LINE_PX if kind == DivergenceKind.BULLISH else -FROM_THE_LINE_PX
                self._paint_mark(painter, QPointF(self.span.pixel(index), y + down), kind, grade)

    def _paint_mark(self, painter: QPainter, centre: QPointF, kind: int, grade: int) -> None:
        size = HALF_SIZE_PX[Grade(grade)]
        painter.setBrush(QColor(getattr(self.theme, ROLES[DivergenceKind(kind)])))
        painter.drawPolygon(
            QPolygonF([centre + QPointF(x * size, y * size) for x, y in CORNERS[DivergenceKind(kind)]])
        )
