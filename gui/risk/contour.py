"""Where does a grid of values pass zero? pyqtgraph's marching squares, in the units of the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyqtgraph.functions import isocurve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CORNER = 0.5
"""pyqtgraph counts from the corner of the first cell, the values stand in its middle."""


def zero_lines(x: Floats, y: Floats, values: Floats) -> Floats:
    """Return the line of zero as pairs of points, shape (2 k, 2), each pair one piece of it.

    `values` has shape (len(y), len(x)). Where values are unknown there is none.
    """
    pieces = isocurve(np.ascontiguousarray(values.T), 0.0)
    places = np.array(pieces, np.float64).reshape(-1, 2, 2) - CORNER
    known = places[np.isfinite(places).all(axis=(1, 2))].reshape(-1, 2)
    return np.column_stack([np.interp(known[:, axis], np.arange(len(of)), of) for axis, of in enumerate((x, y))])
