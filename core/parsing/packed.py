"""How is a long, plain file read without a text for every cell? As places in its bytes, computed on whole columns.

Only what is plain is packed: ASCII without quotes, every line with the same number of cells. Whatever a packed
column cannot read exactly as the slow way would, it does not read: its cells are there as texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int32]
    Numbers = NDArray[np.int64]

ROWS_AT_ONCE = 32_768
_BYTES_AT_ONCE = 1 << 20
MAX_CELL = 24
MAX_DIGITS = 15
_ZERO, _POINT, _BYTE = ord("0"), ord("."), 256
_LINE_END, _RETURN, _QUOTE = ord("\n"), ord("\r"), ord('"')


class PackedColumn(Sequence[str]):
    """One column of a plain file: its cells stand in the text behind one place and before another."""

    def __init__(self, text: str, delimiter: str, data: Bytes, before: Places, ends: Places) -> None:
        self._text, self._delimiter, self._data = text, delimiter, data
        self._before, self._ends = before, ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[index] for index in range(*row.indices(len(self)))]
        return self._text[self._before[row] + 1 : self._ends[row]]

    def __iter__(self) -> Iterator[str]:
        text = self._text
        places = zip(self._before.tolist(), self._ends.tolist(), strict=True)
        return (text[before + 1 : end] for before, end in places)

    def has(self, mark: str) -> bool:
        """Whether a mark may stand in some cell: it is in the text, and does not part its cells."""
        return mark != self._delimiter and mark in self._text

    def decimals(self) -> NDArray[np.float64] | None:
        """Return the numbers, None where a cell is not 1 to 15 digits with at most one point among them."""
        values = np.empty(len(self))
        for rows in self._blocks():
            ends = self._ends[rows]
            widths = ends - self._before[rows] - 1
            found = _decimals(self._data, ends, widths) if widths.min() >= 1 and widths.max() <= MAX_CELL else None
            if found is None:
                return None
            values[rows] = found
        return values

    def fixed_parts(
        self, widths: tuple[int, ...], marks: str, made: Callable[[Numbers], NDArray[Any]] = np.asarray
    ) -> NDArray[Any] | None:
        """Return what is made of the numbers of cells that are all digits of these widths parted by these marks.

        `made` gets the parts of some rows at a time, shape (rows, parts). None where a cell has another form.
        """
        length = sum(widths) + len(marks)
        found: list[NDArray[Any]] = []
        for rows in self._blocks():
            starts = self._before[rows] + 1
            if (self._ends[rows] - starts != length).any():
                return None
            parts = _parts(_windows(self._data, length)[starts], widths, marks)
            if parts is None:
                return None
            found.append(made(parts))
        return np.concatenate(found) if found else None

    def _blocks(self) -> Iterator[slice]:
        return (slice(first, first + ROWS_AT_ONCE) for first in range(0, len(self), ROWS_AT_ONCE))


def pack(text: str, delimiter: str, longest: int) -> tuple[range, tuple[PackedColumn, ...]] | None:
    """Return the line numbers and columns of a text whose first line is the header, None where it is not plain.

    No line may have more than `longest` characters.
    """
    if not text.isascii() or '"' in text or "\0" in text:
        return None
    data = np.frombuffer(text.encode("ascii"), np.uint8)
    line_ends = _places(data, _LINE_END)
    if not len(line_ends) or line_ends[-1] != len(data) - 1:
        line_ends = np.append(line_ends, np.int32(len(data)))
    places = _places(data, ord(delimiter))
    width = int(np.searchsorted(places, line_ends[0])) + 1
    if width < 2 or len(line_ends) < 2 or len(places) != (width - 1) * len(line_ends):
        return None
    inside = places.reshape(len(line_ends), width - 1)
    before = np.append(np.int32(-1), line_ends[:-1])
    ends = _without_returns(data, line_ends) if "\r" in text else line_ends
    is_whole = (inside[:, 0] > before).all() and (inside[:, -1] < line_ends).all()
    if ends is None or not is_whole or (line_ends - before).max() > longest:
        return None
    bounds = [before[1:], *(inside[1:, place] for place in range(width - 1)), ends[1:]]
    columns = tuple(PackedColumn(text, delimiter, data, bounds[c], bounds[c + 1]) for c in range(width))
    return range(2, len(line_ends) + 1), columns


def _places(data: Bytes, mark: int) -> Places:
    """Return where a byte stands."""
    blocks = ((at, data[at : at + _BYTES_AT_ONCE]) for at in range(0, len(data), _BYTES_AT_ONCE))
    found = [(np.flatnonzero(block == mark) + at).astype(np.int32) for at, block in blocks]
    return np.concatenate(found) if found else np.empty(0, np.int32)


def _without_returns(data: Bytes, line_ends: Places) -> Places | None:
    """Return where the lines end before CR LF, None where only some do or a CR stands elsewhere."""
    returns = np.count_nonzero(data == _RETURN)
    has_last = len(data) == line_ends[-1]  # the last line has no end of its own
    before = line_ends[:-1] if has_last else line_ends
    if returns != len(before) or not (data[np.maximum(before - 1, 0)] == _RETURN).all():
        return None
    return np.append(before - 1, line_ends[-1:]) if has_last else before - 1


def _decimals(data: Bytes, ends: Places, widths: Places) -> NDArray[np.float64] | None:
    """Return the numbers of some cells, read from their right ends; exact, for both parts of the quotient are."""
    width = int(widths.max())
    if ends[0] < width:  # only in a file that is hardly more than its header
        return None
    digits = _windows(data, width)[ends - width] - _ZERO
    if widths.min() < width:
        digits[np.arange(width, 0, -1) > widths[:, None]] = 0
    is_point = digits == _POINT - _ZERO + _BYTE
    place = int(is_point[0].argmax())
    if is_point[:, place].all() and np.count_nonzero(is_point) == len(ends):  # all have as many decimals
        digits[:, place] = 0
        is_plain = digits.max() <= 9 and widths.min() > 1 and width - 1 <= MAX_DIGITS
        return _quotients(digits, width - 1 - place) if is_plain else None
    points = is_point.sum(axis=1)
    if ((digits > 9) != is_point).any() or points.max() > 1 or (widths - points).min() < 1:
        return None
    if (widths - points).max() > MAX_DIGITS:
        return None
    digits[is_point] = 0
    after = np.where(points > 0, width - 1 - is_point.argmax(axis=1), -1)
    values = np.empty(len(ends))
    for decimals in np.unique(after).tolist():
        rows = after == decimals
        values[rows] = _quotients(digits[rows], decimals)
    return values


def _windows(data: Bytes, width: int) -> NDArray[np.uint8]:
    """Return the bytes from each place on, so many of them, without a copy."""
    return np.lib.stride_tricks.sliding_window_view(data, width)


def _quotients(digits: Bytes, decimals: int) -> NDArray[np.float64]:
    """Return the numbers of cells that all have so many decimals behind a point; -1 for no point at all."""
    width = digits.shape[1]
    weights = 10.0 ** np.arange(width - 1, -1, -1.0)
    if decimals < 0:
        return np.asarray(digits @ weights)
    weights[: width - 1 - decimals] /= 10.0  # the point has a place of its own
    return np.asarray(digits @ weights / 10.0**decimals)


def _parts(cells: Bytes, widths: tuple[int, ...], marks: str) -> Numbers | None:
    """Return the numbers between the marks of cells of one length, None where other marks or no digits stand."""
    found = np.zeros((len(cells), len(widths)), np.int64, "F")
    digits = cells - _ZERO
    at = 0
    for number, width in enumerate(widths):
        part = digits[:, at : at + width]
        if part.max() > 9:
            return None
        for place in range(width):
            found[:, number] = found[:, number] * 10 + part[:, place]
        at += width
        if number < len(marks):
            if (cells[:, at] != ord(marks[number])).any():
                return None
            at += 1
    return found
