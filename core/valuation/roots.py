"""Where does a function change sign? Many brackets narrowed at once, each round one vectorised evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PARTS = 64
MOST_STEPS = 60
NARROW, NEAR_ZERO = 1e-9, 1e-5  # points, and dollars
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


def bracketed(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Return the root inside each bracket (shape (k,)) where `function` changes its sign between low and high.

    `ends` are its values there; near a root they may be off a little. Straight lines with halved ends (Illinois),
    and halves of the bracket where those are slow: no step leaves the bracket. To 1e-9 of a point.
    """
    low, high, (left, right) = low.copy(), high.copy(), (ends[0].copy(), ends[1].copy())
    found = low + (high - low) * fraction_to_zero(left, right)
    kept = np.zeros(len(low), np.int8)  # which end the last step left standing
    before, values_before = low, left
    for step in range(MOST_STEPS):
        values = function(found)
        to_left = (values < 0) == (left < 0)
        near = np.abs(values) < NEAR_ZERO
        low, left_new = np.where(to_left, found, low), np.where(to_left, values, left)
        high, right_new = np.where(to_left, high, found), np.where(to_left, right, values)
        left = np.where(~to_left & (kept == 1), left_new / 2, left_new)
        right = np.where(to_left & (kept == -1), right_new / 2, right_new)
        kept = np.where(to_left, -1, 1).astype(np.int8)
        if (near | (high - low < NARROW)).all():
            break
        share = 0.5 if step % 4 == 3 else fraction_to_zero(left, right)
        before, values_before = np.where(near, before, found), np.where(near, values_before, values)
        found = np.where(near, found, low + (high - low) * share)
    # so near, one straight line through the last two points is the root; beyond its bracket it is not trusted
    rise = values - values_before
    last = found - values * (found - before) / np.where(rise == 0, np.inf, rise)
    return np.clip(last, low, high)


def fraction_to_zero(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where a straight line from `left` to `right` meets zero, as a share 0..1 of the way."""
    rise = right - left
    return np.clip(-left / np.where(rise == 0, 1.0, rise), 0.0, 1.0)
