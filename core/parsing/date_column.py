"""Which day does each cell of a date column mean? The form is judged over the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.times import FIRST_YEAR, LAST_YEAR
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ALL_ISO = re.compile(rf"(?:{_ISO.pattern}\n)++", re.ASCII)
_ALL_SLASHED = re.compile(rf"(?:{_SLASHED.pattern}\n)++", re.ASCII)


@dataclass(frozen=True)
class Days:
    """A date column as datetime64[D], NaT where the cell is refused; `refused` gives reasons by row."""

    values: NDArray[np.datetime64]
    refused: dict[int, str]


def read_days(cells: Sequence[str], lines: Sequence[int], column: int, *, month_first: bool) -> Days:
    """Return the days of a column written YYYY-MM-DD, MM/DD/YYYY or DD/MM/YYYY, one form for all.

    `month_first` says that the layout fixes MM/DD. Without it the column must decide: raises
    ParseRefusedError where it does not, or where it speaks for both.
    """
    parts, is_iso = _parts(cells)
    readable = parts[:, 0] >= 0
    if is_iso:
        year, month, day = parts.T
        form = "YYYY-MM-DD"
    elif month_first or _is_month_first(parts, lines, column):
        month, day, year = parts.T
        form = "MM/DD/YYYY"
    else:
        day, month, year = parts.T
        form = "DD/MM/YYYY"
    values, exists = _days(year, month, day)
    good = readable & exists
    values[~good] = np.datetime64("NaT", "D")
    refused = {row: f"{shown(cells[row])} is not a day written {form}" for row in np.flatnonzero(~good).tolist()}
    return Days(values, refused)


def _parts(cells: Sequence[str]) -> tuple[NDArray[np.int64], bool]:
    """Return the three numbers of each cell (rows of -1 where there are none), and whether the form is ISO."""
    joined = "\n".join(cells) + "\n"
    for whole, separator in ((_ALL_ISO, "-"), (_ALL_SLASHED, "/")):
        if whole.fullmatch(joined):
            numbers = joined.replace(separator, "\n").split()
            return np.fromiter(map(int, numbers), np.int64, len(numbers)).reshape(-1, 3), separator == "-"
    iso = [_ISO.fullmatch(cell.strip(" \t")) for cell in cells]
    slashed = [_SLASHED.fullmatch(cell.strip(" \t")) for cell in cells]
    is_iso = sum(map(bool, iso)) >= sum(map(bool, slashed))
    rows = [
        [int(part) for part in match.groups()] if match else [-1] * 3 for match in (iso if is_iso else slashed)
    ]
    return np.array(rows, np.int64).reshape(-1, 3), is_iso


def _is_month_first(parts: NDArray[np.int64], lines: Sequence[int], column: int) -> bool:
    """Whether slashed dates are MM/DD, from days above 12; refused where none or both forms show."""
    first, second = parts[:, 0], parts[:, 1]
    month_first = np.flatnonzero((second > 12) & (second <= 31) & (first >= 1) & (first <= 12))
    day_first = np.flatnonzero((first > 12) & (first <= 31) & (second >= 1) & (second <= 12))
    if len(month_first) and len(day_first):
        a, b = lines[int(month_first[0])], lines[int(day_first[0])]
        raise ParseRefusedError(
            max(a, b), column, f"line {a} is written MM/DD, line {b} DD/MM: one file, one form"
        )
    if not len(month_first) and not len(day_first):
        raise ParseRefusedError(
            lines[0], column, "MM/DD or DD/MM? No date of the file decides it: write YYYY-MM-DD"
        )
    return bool(len(month_first))


def _days(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Return the days and whether each exists in the calendar."""
    exists = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(exists, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(exists, day - 1, 0)
    return days, exists & (days.astype("datetime64[M]") == months)
