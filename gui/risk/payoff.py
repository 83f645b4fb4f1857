"""What does the book gain or lose wherever SPX goes? Curves of several moments, bare and hedged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt

from core.risk_state import RESPONSES
from gui.formats import number_text
from gui.risk.curve_look import FIRST_SHOWN, CurveLook, looks_of
from gui.risk.drawn import Drawn
from gui.risk.ground import Ground
from gui.risk.markers import Marker, Markers
from gui.risk.plot import Plot
from gui.risk.sight import Sight

if TYPE_CHECKING:
    from core.risk_state import EdrBand, RiskCurve, RiskState
    from gui.theme import Theme

ROOM = 0.08
STEP, BIG_STEP = 1, 10


class PayoffChart(Plot):
    """The curves over SPX: `shown` are the keys of those to be seen, the break-evens of `marked` are marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "profit and loss against SPX", "SPX", "P/L $")
        self.ground, self.sight = Ground(self.box, theme), Sight(self.box, theme)
        self.markers = Markers(self.box, theme, self.bring)
        self.state: RiskState | None = None
        self.looks: dict[str, CurveLook] = {}
        self.shown: frozenset[str] = FIRST_SHOWN
        self.marked = "expiry"
        self.pointed_spx: float | None = None
        self._drawn: dict[str, Drawn] = {}
        self._is_placed = False
        self.box.setMouseEnabled(x=True, y=False)
        self.moved.connect(self._fit_values)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Take a theme on."""
        super().dress(theme)
        for part in (self.ground, self.sight, self.markers):
            part.dress(theme)
        for key, drawn in self._drawn.items():
            drawn.dress(self.looks[key], theme)

    def show_state(self, state: RiskState) -> None:
        """Show another picture; what is in view stays in view."""
        self.state, self.looks = state, looks_of(state.curves)
        for key in set(self._drawn) - set(self.looks):
            self._drawn.pop(key).remove()
        for curve in state.curves:
            if curve.key not in self._drawn:
                self._drawn[curve.key] = Drawn(self.box)
            self._drawn[curve.key].dress(self.looks[curve.key], self.theme)
        self.ground.show_bands(state.edr_bands)
        self.title_x(f"SPX{edr_words(state.edr_bands)}")
        is_moved = state.asked.spx is not None
        self.sight.show_levels(state.spx.value, state.point.spx.value if is_moved else None)
        self._place()
        self._show_chosen()

    def _place(self) -> None:
        """Limit the x axis to the levels looked at; at first show what is near."""
        grid = self.state.grid if self.state is not None else np.empty(0)
        if len(grid) < 2:
            return
        self.box.setLimits(xMin=float(grid[0]), xMax=float(grid[-1]), minXRange=float(grid[-1] - grid[0]) / 100)
        if not self._is_placed:
            self._is_placed = True
            self.fit()

    def choose(self, shown: frozenset[str], marked: str) -> None:
        """Show other curves, and mark the break-evens of another one."""
        self.shown, self.marked = shown, marked
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.state is None:
            return
        row = RESPONSES.index(self.state.asked.response)
        for curve in self.state.curves:
            self._drawn[curve.key].show(self.state.grid, curve, row, visible=curve.key in self.shown)
        marked = self.state.curve(self.marked)
        role = self.looks[self.marked].role if marked is not None else "accent"
        self.markers.show_markers(markers_of(marked) if marked is not None else (), role)
        self._fit_values()
        self.point_at(self.pointed_spx)

    def _fit_values(self) -> None:
        """Scale the dollars to what is in view; zero always is."""
        if self.state is None:
            return
        low, high = self.x_range
        inside = (self.state.grid >= low) & (self.state.grid <= high)
        shown = [curve for curve in self.state.curves if curve.key in self.shown]
        values = [part[:, inside].ravel() for curve in shown for part in (curve.hedged, curve.bare)]
        known = np.concatenate([np.zeros(1), *values])
        known = known[np.isfinite(known)]
        room = float(np.ptp(known)) * ROOM or 1.0
        self.box.setYRange(float(known.min()) - room, float(known.max()) + room, padding=0)

    def bring(self, level: float, pixel: float) -> None:
        """Move the view so that a level of SPX stands at a pixel of the box."""
        low, high = self.x_range
        box = self.box.rect()
        share = (pixel - box.left()) / max(box.width(), 1.0)
        self.show_x(level - share * (high - low), level + (1 - share) * (high - low))

    def fit(self, *, everything: bool = False) -> None:
        """Show SPX, what EDR reaches and the bare break-evens; or every break-even too."""
        if self.state is None or not len(self.state.grid):
            return
        curves = [curve for curve in self.state.curves if curve.key in self.shown]
        points = [point for curve in curves for point in curve.bare_break_evens.points]
        points += [point for curve in curves for point in curve.break_evens.points if everything]
        points += [level for band in self.state.edr_bands for level in (band.low, band.high)]
        points += [value for value in (self.state.spx.value, self.state.point.spx.value) if value is not None]
        known = [point for point in points if math.isfinite(point)]
        ends = (min(known), max(known)) if len(known) > 1 else (self.state.grid[0], self.state.grid[-1])
        room = (ends[1] - ends[0]) * ROOM or 1.0
        self.show_x(ends[0] - room, ends[1] + room)

    def point_at(self, spx: float | None) -> None:
        """Stand the crosshair at the nearest level looked at, None to take it away."""
        index = self.index_at(spx)
        if index is None or self.state is None:
            self.pointed_spx = None
            self.sight.point_at(None)
            return
        self.pointed_spx = float(self.state.grid[index])
        row = RESPONSES.index(self.state.asked.response)
        shown = [curve for curve in self.state.curves if curve.key in self.shown]
        found = [(float(curve.hedged[row][index]), self.looks[curve.key].role) for curve in shown]
        self.sight.point_at(self.pointed_spx, tuple(ring for ring in found if math.isfinite(ring[0])))

    def index_at(self, spx: float | None) -> int | None:
        """Return the place on the grid of the level that is nearest, None where there is none."""
        if spx is None or self.state is None or not len(self.state.grid):
            return None
        return int(np.abs(self.state.grid - spx).argmin())

    def answer_key(self, key: Qt.Key) -> bool:
        """Move the crosshair with the arrows, fit with Home, show every break-even with End."""
        steps = {
            Qt.Key.Key_Left: -STEP,
            Qt.Key.Key_Right: STEP,
            Qt.Key.Key_PageUp: BIG_STEP,
            Qt.Key.Key_PageDown: -BIG_STEP,
        }
        if key in steps:
            self._step(steps[key])
            return True
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.fit(everything=key == Qt.Key.Key_End)
            return True
        return super().answer_key(key)

    def _step(self, levels: int) -> None:
        if self.state is None:
            return
        start = self.pointed_spx if self.pointed_spx is not None else self.state.point.spx.value
        index = self.index_at(start)
        if index is not None:
            moved = min(max(index + levels, 0), len(self.state.grid) - 1)
            self.pointed.emit(QPointF(float(self.state.grid[moved]), math.nan))


def edr_words(bands: tuple[EdrBand, ...]) -> str:
    """Return what the strip at the foot shows, "" where there is none."""
    if not bands:
        return ""
    multiples = ", ".join(number_text(band.multiple, 1).removesuffix(".0") for band in bands)
    sessions = bands[0].sessions
    return f"   (strip: {multiples} EDR over {sessions} session{'s' if sessions > 1 else ''})"


def markers_of(curve: RiskCurve) -> tuple[Marker, ...]:
    """Return the break-evens of a curve: all hedged roots, then the bare ones."""
    hedged = [Marker(level, is_hedged=True) for level in curve.break_evens.points]
    bare = [Marker(level, is_hedged=False) for level in curve.bare_break_evens.points]
    return (*hedged, *bare)
