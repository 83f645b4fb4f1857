"""Does breadth go along with the index? The A/D line and SPX, each on its own scale, with divergences marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.measures.breadth import DivergenceKind, Grade
from gui.charts.curve import Curve
from gui.charts.divergences import DivergenceMarks
from gui.charts.header import Piece
from gui.charts.pane import Line, Pane
from gui.charts.scales import ValueScale
from gui.charts.span import Span, padded
from gui.formats import number_text, points_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsWidget

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.theme import Theme

TOP_FOR_MARKS = 0.12
KEY = "marks where a divergence begins: ▼ bearish · ▲ bullish · ◆ slope; larger is stronger"


class BreadthPane(Pane):
    """The A/D line on the left scale, SPX on the right one."""

    def __init__(self, theme: Theme) -> None:
        """Make the pane without data."""
        self.ad, self.spx = Curve(), Curve()
        self.spx_scale = ValueScale("right", theme)
        super().__init__(theme)
        self.marks = DivergenceMarks(self.box, theme, self._spx_height)
        self._measured: Measured | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """SPX below, the A/D line over it."""
        return (Line(self.spx, "series_spx"), Line(self.ad, "series_ad"))

    @property
    def right(self) -> QGraphicsWidget:
        """The scale of SPX."""
        return self.spx_scale

    def dress(self, theme: Theme) -> None:
        """Take a theme on; each scale wears its series' colour."""
        super().dress(theme)
        self.scale.dress(theme, theme.series_ad)
        self.spx_scale.dress(theme, theme.series_spx)
        self.marks.dress(theme)

    def fill(self, past: Past, _playbook: Playbook) -> None:
        """Take the closes."""
        self._measured = past.measured
        self.ad.fill(past.measured.ad_line)
        self.spx.fill(past.measured.spx)
        self.marks.fill(past.measured.divergence, past.measured.divergence_grade)

    def put(self, index: int, state: MonitorState) -> None:
        """Take the quote of SPX; breadth has no quotes."""
        self.spx.put(index, self.quoted(state.spx))

    def value_range(self, span: Span) -> tuple[float, float]:
        """Return the range of the A/D line, with room above for marks."""
        low, high = padded(*self.ad.extremes(span))
        return low, high + (high - low) * TOP_FOR_MARKS

    def has_values(self, span: Span) -> bool:
        """Whether the A/D line, which the left scale is for, is in view."""
        return math.isfinite(self.ad.extremes(span)[0])

    def _spx_range(self, span: Span) -> tuple[float, float]:
        low, high = padded(*self.spx.extremes(span))
        return low, high + (high - low) * TOP_FOR_MARKS

    def show_span(self, span: Span, dates: list[int]) -> None:
        """Show these sessions; SPX is drawn stretched so that its own range fills the pane."""
        super().show_span(span, dates)
        low, high = self._spx_range(span)
        gain = (self.values.high - self.values.low) / (high - low)
        self.spx.map_onto(gain, self.values.low - gain * low)
        self.spx_scale.show_range(low, high, has_values=math.isfinite(self.spx.extremes(span)[0]))
        self.marks.show_range(span, self.values)

    def fits(self, span: Span) -> bool:
        """Whether both scales still fit."""
        low, high = self._spx_range(span)
        gain = (self.values.high - self.values.low) / (high - low)
        return super().fits(span) and (gain, self.values.low - gain * low) == (self.spx.gain, self.spx.offset)

    def _spx_height(self, index: int) -> float:
        return self.spx.gain * self.spx.value_at(index) + self.spx.offset

    def pieces(self, index: int) -> tuple[Piece, ...]:
        """Return the A/D line, SPX, and the divergence of the session in words."""
        universe = self._measured.universe if self._measured is not None else ""
        said: tuple[Piece, ...] = (
            Piece("A/D line and SPX", "title"),
            Piece(f"breadth of {universe}" if universe else "no breadth imported", "note"),
            Piece(f"A/D {_issues(self.ad.value_at(index))}", swatch="series_ad"),
            Piece(f"SPX {points_text(self.spx.value_at(index))}", swatch="series_spx"),
        )
        return (*said, *self._divergence(index), Piece(KEY, "note"))

    def _divergence(self, index: int) -> tuple[Piece, ...]:
        found = self._measured
        if found is None or not 0 <= index < len(found.divergence):
            return ()
        kind, grade = DivergenceKind(int(found.divergence[index])), Grade(int(found.divergence_grade[index]))
        if kind is DivergenceKind.UNKNOWN:
            return (Piece("divergence unknown", "note"),)
        if kind is DivergenceKind.NONE:
            return (Piece("no divergence", "note"),)
        sessions = int(found.divergence_sessions[index])
        strength = "grade unknown" if grade is Grade.UNKNOWN else f"grade {grade.name.lower()}"
        return (Piece(f"{kind.name.lower()} divergence, {strength}, {_sessions(sessions)}"),)


def _issues(value: float) -> str:
    return f"{number_text(value, 0)} issues" if math.isfinite(value) else number_text(np.nan)


def _sessions(count: int) -> str:
    return f"{count} session" if count == 1 else f"{count} sessions"
