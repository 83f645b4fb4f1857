"""Which few points draw a long series without losing a spike? The least and greatest of ever larger blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_BLOCKS = 64
FIRST_CAPACITY = 256


class Levels:
    """A growing series of floats with its pyramid: level k holds the extremes of blocks of 2**k values.

    A block is NaN only where all its values are: a gap narrower than a block is narrower than a pixel.
    One value can be changed or appended in about log2(length) small steps.
    """

    def __init__(self, values: NDArray[np.float64]) -> None:
        """Build the pyramid over the values, with room to grow."""
        self.length = len(values)
        self._build(values)

    def _build(self, values: NDArray[np.float64]) -> None:
        capacity = max(FIRST_CAPACITY, 1 << int(len(values) * 1.25).bit_length())
        lowest = np.full(capacity, np.nan)
        lowest[: len(values)] = values
        self._lows, self._highs = [lowest], [lowest]
        while len(self._lows[-1]) > FEWEST_BLOCKS:
            self._lows.append(np.fmin(self._lows[-1][0::2], self._lows[-1][1::2]))
            self._highs.append(np.fmax(self._highs[-1][0::2], self._highs[-1][1::2]))

    @property
    def values(self) -> NDArray[np.float64]:
        """The series itself, one float an index."""
        return self._lows[0][: self.length]

    def put(self, index: int, value: float) -> None:
        """Set one value; the index one past the end appends. Raises IndexError beyond it."""
        if not 0 <= index <= self.length:
            raise IndexError(f"index {index} of a series of {self.length}")
        if index == len(self._lows[0]):
            self._build(self.values)
        self.length = max(self.length, index + 1)
        self._set(index, value)

    def cut(self, length: int) -> None:
        """Drop the values from `length` on."""
        while self.length > length:
            self.length -= 1
            self._set(self.length, np.nan)

    def _set(self, index: int, value: float) -> None:
        self._lows[0][index] = value
        for below in range(len(self._lows) - 1):
            pair = (index >> below) & ~1
            lows, highs = self._lows[below], self._highs[below]
            self._lows[below + 1][pair >> 1] = np.fmin(lows[pair], lows[pair + 1])
            self._highs[below + 1][pair >> 1] = np.fmax(highs[pair], highs[pair + 1])

    def level_for(self, sessions_per_pixel: float) -> int:
        """Return the coarsest level whose blocks are no wider than a pixel."""
        if sessions_per_pixel < 2:
            return 0
        return int(min(np.log2(sessions_per_pixel), len(self._lows) - 1))

    def _blocks(self, first: int, last: int, level: int) -> slice:
        return slice(max(first, 0) >> level, (min(last, self.length - 1) >> level) + 1)

    def extremes(self, first: int, last: int, sessions_per_pixel: float) -> tuple[float, float]:
        """Return the least and greatest value of the indices first..last, NaN where there is none.

        At a coarse level the blocks at both ends may reach out by less than a pixel.
        """
        level = self.level_for(sessions_per_pixel)
        blocks = self._blocks(first, last, level)
        lows, highs = self._lows[level][blocks], self._highs[level][blocks]
        if not len(lows):
            return np.nan, np.nan
        return float(np.fmin.reduce(lows)), float(np.fmax.reduce(highs))

    def highest(
        self, first: int, last: int, sessions_per_pixel: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the greatest value of each block that covers first..last, and the blocks' edges, one more."""
        level = self.level_for(sessions_per_pixel)
        blocks = self._blocks(first, last, level)
        highs = self._highs[level][blocks]
        edges = np.arange(blocks.start, blocks.start + len(highs) + 1, dtype=np.float64) * (1 << level)
        return np.minimum(edges, self.length), highs

    def points(
        self, first: int, last: int, sessions_per_pixel: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x (indices) and y of the polyline that draws first..last; NaN in y breaks the line.

        Where a pixel holds several values its block gives two points, the least and the greatest, so that
        every spike is drawn to its full height.
        """
        level = self.level_for(sessions_per_pixel)
        blocks = self._blocks(first, last, level)
        lows, highs = self._lows[level][blocks], self._highs[level][blocks]
        starts = np.arange(blocks.start, blocks.start + len(lows), dtype=np.float64) * (1 << level)
        if level == 0:
            return _with_dots(starts, lows)
        half = (1 << level) / 2
        return np.column_stack((starts, starts + half)).ravel(), np.column_stack((lows, highs)).ravel()


def _with_dots(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the line with a short dash added for each value between two gaps, which no line would show."""
    padded = np.isnan(np.concatenate(([np.nan], y, [np.nan])))
    alone = ~padded[1:-1] & padded[:-2] & padded[2:]
    if not alone.any():
        return x, y
    gap = np.full(alone.sum(), np.nan)
    dash_x = np.column_stack((gap, x[alone] - 0.3, x[alone] + 0.3)).ravel()
    dash_y = np.column_stack((gap, y[alone], y[alone])).ravel()
    return np.concatenate((x, np.nan_to_num(dash_x))), np.concatenate((y, dash_y))
