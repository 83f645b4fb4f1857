"""What does implied volatility do? VIX with its mean, and how far it is from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from gui.charts.curve import Curve
from gui.charts.header import Piece
from gui.charts.labels import Label
from gui.charts.pane import Line, Pane
from gui.formats import number_text, points_text

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.charts.span import Span
    from gui.theme import Theme


class VixPane(Pane):
    """VIX and its moving mean."""

    def __init__(self, theme: Theme) -> None:
        """Make the pane without data."""
        self.mean, self.vix = Curve(), Curve()
        super().__init__(theme)
        self._sd = np.empty(0)
        self._provisional_sd: dict[int, float] = {}
        self._sessions = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """The mean below, VIX over it."""
        return (Line(self.mean, "series_vix_mean"), Line(self.vix, "series_vix"))

    def fill(self, past: Past, playbook: Playbook) -> None:
        """Take the closes."""
        self.vix.fill(past.measured.vix)
        self.mean.fill(past.measured.vix_sma20)
        self._sd = past.measured.vix_sd20
        self._provisional_sd = {}
        self._sessions = playbook.count("vix.ma")

    def put(self, index: int, state: MonitorState) -> None:
        """Take the quote of VIX, and the mean as it would be."""
        self.vix.put(index, self.quoted(state.vix))
        row = state.provisional if math.isfinite(self.vix.value_at(index)) else None
        self.mean.put(index, float(row.vix_sma20[-1]) if row is not None else math.nan)
        self._provisional_sd = {index: float(row.vix_sd20[-1])} if row is not None else {}

    def labels_at(self, span: Span) -> tuple[Label, ...]:
        """Return the names of both lines at their last heights in view."""
        last = min(span.last, self.vix.levels.length - 1)
        vix, mean, mark = self.vix.value_at(last), self.mean.value_at(last), self.vix.mark_at(last)
        ends = (
            Label(vix, f"VIX {number_text(vix)}{mark}", "series_vix", True),
            Label(mean, f"mean {number_text(mean)}{mark}", "series_vix_mean", True),
        )
        return tuple(end for end in ends if math.isfinite(end.value))

    def pieces(self, index: int) -> tuple[Piece, ...]:
        """Return VIX, its mean and the distance in standard deviations."""
        vix, mean = self.vix.value_at(index), self.mean.value_at(index)
        sd = float(self._sd[index]) if 0 <= index < len(self._sd) else self._provisional_sd.get(index, math.nan)
        said: tuple[Piece, ...] = (
            Piece("VIX", "title"),
            Piece("points", "note"),
            Piece(f"VIX {points_text(vix)}", swatch="series_vix"),
            Piece(f"{self._sessions}-day mean {points_text(mean)}", swatch="series_vix_mean"),
        )
        if sd > 0:
            said += (Piece(f"z {number_text((vix - mean) / sd, 1, is_signed=True)} SD from the mean"),)
        return said
