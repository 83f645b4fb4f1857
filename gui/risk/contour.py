"""Where does a grid of values pass zero? One straight line across each cell that it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def zero_lines(x: Floats, y: Floats, values: Floats) -> Floats:
    """Return the line of zero as pairs of points, shape (2 k, 2), each pair one piece of it.

    `values` has shape (len(y), len(x)). Each cell is cut into two triangles, in which a plane through the corners
    passes zero along one straight line: so no cell is ambiguous (marching triangles). Cells with a NaN have none.
    """
    corners = [values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]]
    xs, ys = np.meshgrid(x, y)
    places = [(part[0], part[1]) for part in zip(_corners(xs), _corners(ys), strict=True)]
    pieces = [_pieces([corners[i] for i in three], [places[i] for i in three]) for three in ((0, 1, 2), (0, 2, 3))]
    return np.concatenate(pieces)


def _corners(grid: Floats) -> list[Floats]:
    return [grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]]


def _pieces(corners: list[Floats], places: list[tuple[Floats, Floats]]) -> Floats:
    """Return the pieces inside one triangle of every cell: where two of its edges change sign."""
    edges = ((0, 1), (1, 2), (2, 0))
    signs = [np.where(np.isfinite(corner), corner >= 0, np.nan) for corner in corners]
    crossings = [signs[a] + signs[b] == 1 for a, b in edges]
    points = [_crossing(corners[a], corners[b], places[a], places[b]) for a, b in edges]
    found = [np.empty((0, 2, 2))]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        both = crossings[one] & crossings[other]
        found.append(np.stack((points[one][both], points[other][both]), axis=1))
    return np.concatenate(found).reshape(-1, 2)


def _crossing(first: Floats, second: Floats, at: tuple[Floats, Floats], to: tuple[Floats, Floats]) -> Floats:
    """Return where the line between two corners passes zero, shape (..., 2); of no use where it does not."""
    span = first - second
    share = np.divide(first, span, out=np.zeros_like(span), where=span != 0)
    return np.stack([start + share * (end - start) for start, end in zip(at, to, strict=True)], axis=-1)
