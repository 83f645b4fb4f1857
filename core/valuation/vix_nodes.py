"""What are living VIX options worth at any VIX? Priced at a few levels, with slopes, and read off in between.

All three responses and all levels of SPX lead to some VIX within the map's clamps, so a curve needs the options of
a book only along that one axis: a tenth of the prices of a grid. Cubic pieces with exact slopes; the options that
would be read off to less than a thousandth of a cent are priced one by one instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import VIX_CAP, VIX_FLOOR
from core.valuation.black76 import price_and_delta

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.leg_points import LegColumns

    Floats = NDArray[np.float64]

NODES = 128
_LN = np.linspace(np.log(VIX_FLOOR), np.log(VIX_CAP), NODES)
_STEP = float(_LN[1] - _LN[0])
_VIX = np.exp(_LN)
WIDEST_STEP = 0.25
"""Of the option's total volatility: at a wider step the cubic pieces would be too coarse."""


def is_smooth(columns: LegColumns) -> NDArray[np.bool_]:
    """Return which living VIX options (columns of one axis) can be read off: no corner, no sharp bend."""
    never_floored = columns.forward + columns.beta * (VIX_FLOOR - columns.market[1]) > 0
    return never_floored & (columns.sigma * np.sqrt(columns.years) * WIDEST_STEP > _STEP)


def node_values(columns: LegColumns) -> tuple[Floats, Floats]:
    """Return points and slopes by ln VIX of options (columns with one axis behind), shape (legs, NODES)."""
    future = columns.forward + columns.beta * (_VIX - columns.market[1])
    points, delta = price_and_delta(
        future, columns.strike, columns.sigma, columns.years, columns.sign, columns.discount
    )
    return points, delta * (columns.beta * _VIX)


def read_off(values: Floats, slopes: Floats, vix: Floats) -> Floats:
    """Return rows of node values (groups, NODES) at levels of VIX within the clamps: (groups, *vix.shape)."""
    place = np.clip((np.log(vix) - _LN[0]) / _STEP, 0.0, NODES - 1.0)
    at = np.minimum(place.astype(np.intp), NODES - 2)
    t = place - at
    far, rise = t * t * (3.0 - 2.0 * t), t * (1.0 - t) * _STEP
    left, right = np.take(values, at, axis=1), np.take(values, at + 1, axis=1)
    bend = np.take(slopes, at, axis=1) * (rise * (1.0 - t)) - np.take(slopes, at + 1, axis=1) * (rise * t)
    out: Floats = left + (right - left) * far + bend
    return out
