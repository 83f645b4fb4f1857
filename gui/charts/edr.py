"""How wide does the market expect a day to be? EDR in percent of SPX, against the ladder's rungs and zones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.ladder import rung_level, rungs_reached, zone
from core.playbook.ladder_text import rung_text
from core.playbook.parameters import LAYER_NUMBERS
from gui.charts.curve import Curve
from gui.charts.header import Piece
from gui.charts.labels import Label
from gui.charts.overlay import Zone
from gui.charts.pane import Line, Pane
from gui.charts.span import Span, padded
from gui.formats import percent_text, points_text

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook
    from core.state import MonitorState, Past
    from gui.theme import Theme


class EdrPane(Pane):
    """The expected daily range."""

    def __init__(self, theme: Theme) -> None:
        """Make the pane without data."""
        self.edr = Curve()
        super().__init__(theme)
        self._playbook: Playbook | None = None
        self._rungs: tuple[Label, ...] = ()
        self._points = np.empty(0)
        self._stands_in = np.empty(0, np.bool_)
        self._provisional_points: dict[int, float] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """EDR alone."""
        return (Line(self.edr, "series_edr"),)

    def fill(self, past: Past, playbook: Playbook) -> None:
        """Take the closes' EDR and the playbook's levels."""
        self._playbook = playbook
        self.edr.fill(past.measured.edr_pct)
        self._points, self._stands_in = past.measured.edr_points, past.measured.edr_stands_in
        self._provisional_points = {}
        levels = [(n, rung_level(n, playbook)) for n in LAYER_NUMBERS]
        amber, red = playbook.number("zones.amber"), playbook.number("zones.red")
        self._rungs = tuple(Label(level, f"L{n} {percent_text(level)}", "rung_line") for n, level in levels)
        self._rungs += (Label(red, f"red {percent_text(red)}", "red"),)
        self.backdrop.levels = tuple(level for _, level in levels)
        self.backdrop.zones = (
            Zone(None, amber, "zone_green"),
            Zone(amber, red, "zone_amber"),
            Zone(red, None, "zone_red"),
        )

    def put(self, index: int, state: MonitorState) -> None:
        """Take the EDR of the quotes."""
        self.edr.put(index, self.quoted(state.edr))
        self._provisional_points = {index: self.quoted(state.edr_points)}

    def cut(self, length: int) -> None:
        """Drop the provisional sessions."""
        super().cut(length)
        self._provisional_points = {}

    def value_range(self, span: Span) -> tuple[float, float]:
        """Return a range that holds the rungs too: where EDR stands below them must be seen."""
        low, high = self.edr.extremes(span)
        levels = [rung.value for rung in self._rungs]
        return padded(
            float(np.fmin(low, min(levels, default=low))), float(np.fmax(high, max(levels, default=high)))
        )

    def labels_at(self, span: Span) -> tuple[Label, ...]:
        """Return EDR at its last height in view, and the rungs."""
        last = min(span.last, self.edr.levels.length - 1)
        value = self.edr.value_at(last)
        if not math.isfinite(value):
            return self._rungs
        return (
            *self._rungs,
            Label(value, f"EDR {percent_text(value)}{self.edr.mark_at(last)}", "series_edr", True),
        )

    def pieces(self, index: int) -> tuple[Piece, ...]:
        """Return EDR in percent and points, its zone and rung, and what stands in for what."""
        value = self.edr.value_at(index)
        head = (Piece("EDR", "title"), Piece("expected daily range, % of SPX", "note"))
        said: tuple[Piece, ...] = (Piece(f"EDR {percent_text(value)}", swatch="series_edr"),)
        if self._playbook is None or not math.isfinite(value):
            return head + said
        rung = rungs_reached(value, self._playbook)
        where = f"{zone(value, self._playbook)} zone, " + (f"on {rung_text(rung)}" if rung else "below rung 1")
        said += (Piece(points_text(self._points_at(index), 1)), Piece(where))
        return head + said + self._note(index)

    def _points_at(self, index: int) -> float:
        if index < len(self._points):
            return float(self._points[index])
        return self._provisional_points.get(index, math.nan)

    def _note(self, index: int) -> tuple[Piece, ...]:
        stands_in = len(self._stands_in) > 0 and bool(self._stands_in[min(index, len(self._stands_in) - 1)])
        return (Piece("VIX stands in for VIX9D", "note"),) if stands_in else ()
