"""Where does a function change sign? Many brackets narrowed at once, each round one vectorised evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PARTS = 64
_CUTS = np.linspace(0.0, 1.0, PARTS + 1)


def sign_changes(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the indices `i` of a vector where exactly one of `values[i]` and `values[i+1]` is below zero."""
    below = values < 0
    return np.flatnonzero(below[1:] != below[:-1])


def refined(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    rounds: int,
) -> NDArray[np.float64]:
    """Return the root inside each bracket (shape (k,)), to its width / 64**rounds or better.

    `function` maps points of shape (k, m), one row a bracket, to values of that shape. Bisection in 64
    parts instead of two (ten times fewer calls), then a straight line across what is left.
    """
    rows = np.arange(len(low))
    for _ in range(rounds):
        points = low[:, None] + (high - low)[:, None] * _CUTS
        points[:, -1] = high
        values = function(points)
        below = values < 0
        at = np.argmax(below[:, 1:] != below[:, :1], axis=1)
        low, high = points[rows, at], points[rows, at + 1]
        left, right = values[rows, at], values[rows, at + 1]
    return low + (high - low) * fraction_to_zero(left, right)


def fraction_to_zero(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where a straight line from `left` to `right` meets zero, as a share 0..1 of the way."""
    rise = right - left
    return np.clip(-left / np.where(rise == 0, 1.0, rise), 0.0, 1.0)
