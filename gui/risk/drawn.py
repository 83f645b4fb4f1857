"""How does one curve get into the plot? Hedged and bare as lines, the reach of the VIX responses as a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.risk_state import RiskCurve
    from gui.risk.curve_look import CurveLook
    from gui.theme import Theme

    Floats = NDArray[np.float64]

LOW_ROW, HIGH_ROW = 0, 2


class Drawn:
    """The items of one curve: hedged, bare, and the band between the low and the high response."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self.hedged, self.bare = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True)
        self._edges = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._band = pg.FillBetweenItem(*self._edges)
        self._items = (self._band, self.bare, self.hedged)
        for item in self._items:
            box.addItem(item, ignoreBounds=True)

    def show(self, grid: Floats, curve: RiskCurve, row: int) -> None:
        """Take the dollars of a curve, those of one response as the line."""
        self.hedged.setData(grid, curve.hedged[row], connect="finite")
        self.bare.setData(grid, curve.bare[row], connect="finite")
        for edge, number in zip(self._edges, (LOW_ROW, HIGH_ROW), strict=True):
            edge.setData(grid, curve.hedged[number])
        self._has_band = bool(np.isfinite(curve.hedged).all())

    def dress(self, look: CurveLook, theme: Theme) -> None:
        """Take the curve's colour."""
        self.hedged.setPen(look.hedged_pen(theme))
        self.bare.setPen(look.bare_pen(theme))
        self._band.setBrush(look.band_colour(theme))

    def set_visible(self, *, visible: bool) -> None:
        """Show or hide all of it."""
        self.hedged.setVisible(visible)
        self.bare.setVisible(visible)
        self._band.setVisible(visible and self._has_band)

    def remove(self) -> None:
        """Take it out of the plot."""
        for item in self._items:
            self._box.removeItem(item)
