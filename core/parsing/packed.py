"""How is a long, plain file read without a text for every cell? As places in its bytes, computed on whole columns.

Only what is plain is packed: ASCII without quotes, every line with the same number of cells. Whatever a packed
column cannot read exactly as the slow way would, it does not read: its cells are there as texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]

ROWS_AT_ONCE = 65_536
MAX_CELL = 24
MAX_DIGITS = 15
_ZERO, _POINT = ord("0"), ord(".")
_LINE_END, _RETURN, _QUOTE = ord("\n"), ord("\r"), ord('"')


class PackedColumn(Sequence[str]):
    """One column of a plain file: where its cells begin and end among the bytes."""

    def __init__(self, text: str, delimiter: str, data: Bytes, starts: Places, ends: Places) -> None:
        self._text, self._delimiter, self._data = text, delimiter, data
        self._starts, self._ends = starts, ends

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[index] for index in range(*row.indices(len(self)))]
        return self._text[self._starts[row] : self._ends[row]]

    def __iter__(self) -> Iterator[str]:
        text = self._text
        return (text[start:end] for start, end in zip(self._starts.tolist(), self._ends.tolist(), strict=True))

    def has(self, mark: str) -> bool:
        """Whether a mark may stand in some cell: it is in the text, and does not part its cells."""
        return mark != self._delimiter and mark in self._text

    def decimals(self) -> NDArray[np.float64] | None:
        """Return the numbers, None where a cell is not 1 to 15 digits with at most one point among them."""
        widths = self._ends - self._starts
        if not len(widths) or widths.min() < 1 or widths.max() > MAX_CELL:
            return None
        values = np.empty(len(widths))
        for first in range(0, len(widths), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            found = _decimals(self._data, self._ends[rows], widths[rows])
            if found is None:
                return None
            values[rows] = found
        return values

    def fixed_parts(self, widths: tuple[int, ...], marks: str) -> NDArray[np.int64] | None:
        """Return the numbers of cells that are all digits of these widths parted by these marks, else None."""
        length = sum(widths) + len(marks)
        if not len(self) or (self._ends - self._starts != length).any():
            return None
        columns = np.empty((len(self), len(widths)), np.int64)
        for first in range(0, len(self), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            cells = self._data[self._starts[rows, None] + np.arange(length)]
            found = _parts(cells, widths, marks)
            if found is None:
                return None
            columns[rows] = found
        return columns


def pack(text: str, delimiter: str, longest: int) -> tuple[range, tuple[PackedColumn, ...]] | None:
    """Return the line numbers and columns of a text whose first line is the header, None where it is not plain.

    No line may have more than `longest` characters.
    """
    if not text.isascii() or '"' in text or "\0" in text:
        return None
    data = np.frombuffer(text.encode("ascii"), np.uint8)
    line_ends = np.flatnonzero(data == _LINE_END)
    if not len(line_ends) or line_ends[-1] != len(data) - 1:
        line_ends = np.append(line_ends, len(data))
    places = np.flatnonzero(data == ord(delimiter))
    width = int(np.searchsorted(places, line_ends[0])) + 1
    if width < 2 or len(places) != (width - 1) * len(line_ends):
        return None
    inside = places.reshape(len(line_ends), width - 1)
    starts = np.concatenate(([0], line_ends[:-1] + 1))
    ends = _without_returns(data, line_ends)
    if ends is None or (inside[:, 0] < starts).any() or (inside[:, -1] >= line_ends).any() or len(line_ends) < 2:
        return None
    if (line_ends - starts).max() > longest:
        return None
    bounds = [starts[1:] - 1, *(inside[1:, place] for place in range(width - 1)), ends[1:]]
    columns = tuple(PackedColumn(text, delimiter, data, bounds[c] + 1, bounds[c + 1]) for c in range(width))
    return range(2, len(line_ends) + 1), columns


def _without_returns(data: Bytes, line_ends: Places) -> Places | None:
    """Return where the lines end before CR LF, None where only some do or a CR stands elsewhere."""
    returns = int((data == _RETURN).sum())
    if not returns:
        return line_ends
    has_last = len(data) == line_ends[-1]  # the last line has no end of its own
    before = line_ends[:-1] if has_last else line_ends
    if returns != len(before) or not (data[np.maximum(before - 1, 0)] == _RETURN).all():
        return None
    return np.append(before - 1, line_ends[-1:]) if has_last else before - 1


def _decimals(data: Bytes, ends: Places, widths: Places) -> NDArray[np.float64] | None:
    """Return the numbers of some cells, read from their right ends; exact, for both parts of the quotient are."""
    width = int(widths.max())
    from_right = np.arange(width, 0, -1)
    cells = data[np.maximum(ends[:, None] - from_right, 0)]
    cells = np.where(from_right <= widths[:, None], cells, _ZERO)
    is_point = cells == _POINT
    digits = cells - _ZERO
    points = is_point.sum(axis=1)
    if (digits[~is_point] > 9).any() or (points > 1).any() or (widths - points < 1).any():
        return None
    if (widths - points).max() > MAX_DIGITS:
        return None
    after = np.where(points > 0, width - 1 - is_point.argmax(axis=1), 0)
    values = np.empty(len(ends))
    for decimals in np.unique(after).tolist():
        rows = slice(None) if len(values) == (after == decimals).sum() else after == decimals
        values[rows] = _quotients(digits[rows], is_point[rows], decimals)
    return values


def _quotients(digits: Bytes, is_point: NDArray[np.bool_], decimals: int) -> NDArray[np.float64]:
    """Return the numbers of cells that all have so many decimals (0: with a point at the end or without)."""
    width = digits.shape[1]
    weights = np.zeros(width)
    places = [place for place in range(width) if place != width - 1 - decimals or not is_point[:, place].any()]
    if not decimals and is_point.any():  # some end in a point, some have none
        shifted = np.where(is_point, 0, digits)
        whole = shifted @ 10.0 ** np.arange(width - 1, -1, -1.0)
        return np.where(is_point.any(axis=1), whole / 10.0, whole)
    weights[places] = 10.0 ** np.arange(len(places) - 1, -1, -1.0)
    return np.asarray(digits @ weights / 10.0**decimals)


def _parts(cells: Bytes, widths: tuple[int, ...], marks: str) -> NDArray[np.int64] | None:
    """Return the numbers between the marks of cells of one length, None where other marks or no digits stand."""
    found = np.empty((len(cells), len(widths)), np.int64)
    at = 0
    for number, width in enumerate(widths):
        digits = cells[:, at : at + width] - _ZERO
        if (digits > 9).any():
            return None
        found[:, number] = digits @ 10 ** np.arange(width - 1, -1, -1)
        at += width
        if number < len(marks):
            if (cells[:, at] != ord(marks[number])).any():
                return None
            at += 1
    return found
