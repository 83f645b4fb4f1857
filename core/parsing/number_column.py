"""Which number does each cell of a column hold? Plain digits or nothing; the rest is refused with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.parsing.packed import PackedColumn
from core.parsing.table import MAX_REFUSED, ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MISSING_MARKS = ("", ".", "null")
MAX_PRICE = 1e7
MAX_COUNT = 1e6
MAX_LEVEL = 1e12

_PLAIN = r"[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})"
_NUMBER = re.compile(_PLAIN, re.ASCII)
_ALL_NUMBERS = re.compile(rf"(?:{_PLAIN}\n)*+", re.ASCII)
_ALL_NUMBERS_OR_MARKS = re.compile(rf"(?:(?:{_PLAIN}|\.|null|)\n)*+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number of a column may be: inclusive bounds, and whether it counts something."""

    low: float
    high: float
    is_count: bool = False


PRICE = Limits(1e-6, MAX_PRICE)
PRICE_OR_ZERO = Limits(0.0, MAX_PRICE)
COUNT = Limits(0.0, MAX_COUNT, is_count=True)
NET = Limits(-MAX_COUNT, MAX_COUNT, is_count=True)
LEVEL = Limits(-MAX_LEVEL, MAX_LEVEL)


@dataclass(frozen=True)
class Numbers:
    """A column as float64, NaN where the cell is missing or refused; `refused` gives reasons by row."""

    values: NDArray[np.float64]
    missing: NDArray[np.bool_]
    refused: dict[int, str]


def read_numbers(cells: Sequence[str], limits: Limits) -> Numbers:
    """Return the numbers of a column.

    Missing are the empty cell, `.` and `null`. Refused are nan, inf, exponents, digits of other scripts,
    grouping marks, brackets, decimal commas, and what is outside the limits.
    """
    refused: dict[int, str] = {}
    packed = cells.decimals() if isinstance(cells, PackedColumn) else None
    if packed is not None:
        missing = np.zeros(len(cells), np.bool_)
        _apply(limits, packed, missing, refused, cells)
        return Numbers(packed, missing, refused)
    joined = "\n".join(cells) + "\n"
    if _ALL_NUMBERS.fullmatch(joined):
        values = np.fromiter(map(float, cells), np.float64, len(cells))
        missing = np.zeros(len(cells), np.bool_)
    elif _ALL_NUMBERS_OR_MARKS.fullmatch(joined):
        values = np.fromiter((np.nan if c in MISSING_MARKS else float(c) for c in cells), np.float64, len(cells))
        missing = np.isnan(values)
    else:
        values, missing, refused = _one_by_one(cells)
    _apply(limits, values, missing, refused, cells)
    return Numbers(values, missing, refused)


def _one_by_one(cells: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_], dict[int, str]]:
    """Read a column in which some cell is neither a plain number nor a mark, to name that cell."""
    values = np.full(len(cells), np.nan)
    missing = np.zeros(len(cells), np.bool_)
    refused: dict[int, str] = {}
    for row, raw in enumerate(cells):
        cell = raw.strip(" \t")
        if cell in MISSING_MARKS:
            missing[row] = True
        elif _NUMBER.fullmatch(cell):
            values[row] = float(cell)
        else:
            refused[row] = f"{shown(raw)} is not a plain number"
            if len(refused) > MAX_REFUSED:
                raise ParseRefusedError(0, 0, f"{refused[min(refused)]}; and so more than {MAX_REFUSED:,} rows")
    return values, missing, refused


def _apply(
    limits: Limits,
    values: NDArray[np.float64],
    missing: NDArray[np.bool_],
    refused: dict[int, str],
    cells: Sequence[str],
) -> None:
    """Refuse the numbers outside the limits, in place."""
    inside = (values >= limits.low) & (values <= limits.high)
    if limits.is_count:
        inside &= values == np.floor(values)
    outside = np.flatnonzero(~inside & ~missing).tolist()
    if len(outside) > MAX_REFUSED:
        why = f"{shown(cells[outside[0]])} {_why_outside(limits)}"
        raise ParseRefusedError(0, 0, f"{why}; and so more than {MAX_REFUSED:,} rows")
    for row in outside:
        if row not in refused:
            values[row] = np.nan
            refused[row] = f"{shown(cells[row])} {_why_outside(limits)}"


def _why_outside(limits: Limits) -> str:
    if limits.is_count:
        return f"is not a count between {limits.low:,.0f} and {limits.high:,.0f}"
    if limits.low > 0:
        return f"is not a price above 0 and up to {limits.high:,.0f}"
    return f"is outside {limits.low:,.0f} to {limits.high:,.0f}"
