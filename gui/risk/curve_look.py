"""How is each moment's curve drawn? One colour a moment: hedged solid, path-dependent dashed, bare dotted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from core.risk_state import RiskCurve
    from gui.theme import Theme

LAYER_ROLES = ("divergence_slope", "series_vix", "gain", "series_edr")
ROLES = {"now": "series_spx", "day": "series_vix_mean", "chosen": "amber", "expiry": "accent"}
FIRST_SHOWN = frozenset({"now", "chosen", "expiry"})
BAND_ALPHA = 38


@dataclass(frozen=True, slots=True)
class CurveLook:
    """The theme's role of a curve's colour, and whether it is path-dependent."""

    role: str
    is_path_dependent: bool

    def hedged_pen(self, theme: Theme) -> QPen:
        """Return the pen of the curve with its layers."""
        style = Qt.PenStyle.DashLine if self.is_path_dependent else Qt.PenStyle.SolidLine
        return _pen(getattr(theme, self.role), 2, style)

    def bare_pen(self, theme: Theme) -> QPen:
        """Return the pen of the condors alone."""
        return _pen(getattr(theme, self.role), 1, Qt.PenStyle.DotLine)

    def band_colour(self, theme: Theme) -> QColor:
        """Return the tint between the low and the high response."""
        colour = QColor(getattr(theme, self.role))
        colour.setAlpha(BAND_ALPHA)
        return colour


def looks_of(curves: tuple[RiskCurve, ...]) -> dict[str, CurveLook]:
    """Return the look of each curve by its key; expiries of layers take the layers' colours in turn."""
    layers = [curve.key for curve in curves if curve.key not in ROLES]
    roles = ROLES | {key: LAYER_ROLES[place % len(LAYER_ROLES)] for place, key in enumerate(layers)}
    return {curve.key: CurveLook(roles[curve.key], bool(curve.path_dependent)) for curve in curves}


def _pen(colour: str, width: int, style: Qt.PenStyle) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
