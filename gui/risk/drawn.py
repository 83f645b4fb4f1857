"""How does one curve get into the plot? Hedged and bare as lines, the reach of the VIX responses as a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsPathItem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.risk_state import RiskCurve
    from gui.risk.curve_look import CurveLook
    from gui.theme import Theme

    Floats = NDArray[np.float64]

LOW_ROW, HIGH_ROW = 0, 2


class Drawn:
    """The items of one curve. What is hidden is drawn when it is shown again."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self.hedged, self.bare = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True)
        self._band = QGraphicsPathItem()
        self._band.setPen(Qt.PenStyle.NoPen)
        self._items = (self._band, self.bare, self.hedged)
        for item in self._items:
            box.addItem(item, ignoreBounds=True)

    def show(self, grid: Floats, curve: RiskCurve, row: int, *, visible: bool) -> None:
        """Show the dollars of a curve, those of one response as the line; or hide all of it."""
        for item in self._items:
            item.setVisible(visible)
        if not visible:
            return
        self.hedged.setData(grid, curve.hedged[row], connect="finite")
        self.bare.setData(grid, curve.bare[row], connect="finite")
        around = np.concatenate((curve.hedged[LOW_ROW], curve.hedged[HIGH_ROW, ::-1]))
        has_band = bool(np.isfinite(around).all())
        self._band.setVisible(has_band)
        if has_band:
            self._band.setPath(arrayToQPath(np.concatenate((grid, grid[::-1])), around, connect="all"))

    def dress(self, look: CurveLook, theme: Theme) -> None:
        """Take the curve's colour."""
        self.hedged.setPen(look.hedged_pen(theme))
        self.bare.setPen(look.bare_pen(theme))
        self._band.setBrush(look.band_colour(theme))

    def remove(self) -> None:
        """Take it out of the plot."""
        for item in self._items:
            self._box.removeItem(item)
