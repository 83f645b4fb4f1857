"""Which day does each cell of a date column mean? The form is judged over the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.market.times import FIRST_YEAR, LAST_YEAR
from core.parsing.month_names import MONTHS_IN_SHORT
from core.parsing.packed import PackedColumn
from core.parsing.table import MAX_REFUSED, ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Parts = NDArray[np.int64]


class DateForm(NamedTuple):
    """One way to write a day: where year, month and day stand among its three parts (None: to be judged)."""

    words: str
    pattern: str
    order: tuple[int, int, int] | None


MONTH_FIRST, DAY_FIRST = "MM/DD", "DD/MM"
_NAMES = "|".join(MONTHS_IN_SHORT)
ISO = DateForm("YYYY-MM-DD", r"(\d{4})-(\d{2})-(\d{2})", (0, 1, 2))
FORMS = (
    ISO,
    DateForm("MM/DD/YYYY", r"(\d{1,2})/(\d{1,2})/(\d{4})", None),
    DateForm("DD.MM.YYYY", r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (2, 1, 0)),
    DateForm("YYYYMMDD", r"((?:19|20|21)\d{2})(\d{2})(\d{2})", (0, 1, 2)),
    DateForm("MM-DD-YYYY", r"(\d{1,2})-(\d{1,2})-(\d{4})", None),
    DateForm("YYYY/MM/DD", r"(\d{4})/(\d{1,2})/(\d{1,2})", (0, 1, 2)),
    DateForm("Mon DD, YYYY", rf"({_NAMES})[a-z]* (\d{{1,2}}),? (\d{{4}})", (2, 0, 1)),
)
_FLAGS = re.ASCII | re.IGNORECASE
_CELLS = tuple(re.compile(form.pattern, _FLAGS) for form in FORMS)
_COLUMNS = tuple(re.compile(rf"(?:{form.pattern}\n)++", _FLAGS) for form in FORMS)
_LINES = tuple(re.compile(rf"^[ \t]*{form.pattern}[ \t]*$", _FLAGS | re.MULTILINE) for form in FORMS)
_NO_DIGITS = re.compile(r"[^0-9\n]+", re.ASCII)
_ISO_WIDTHS = (4, 2, 2)


@dataclass(frozen=True)
class Days:
    """A date column as datetime64[D], NaT where the cell is refused; `refused` gives reasons by row."""

    values: NDArray[np.datetime64]
    refused: dict[int, str]


def read_days(
    cells: Sequence[str], lines: Sequence[int], column: int, *, month_first: bool = False, day_first: bool = False
) -> Days:
    """Return the days of a column written in one of FORMS, one form for all.

    `month_first` and `day_first` say that the layout fixes MM/DD or DD/MM. Without them a column that is
    written with slashes or dashes must decide: raises ParseRefusedError where it does not, or speaks for both.
    """
    form, parts = _parts(cells)
    readable = parts[:, 0] >= 0
    order, words = form.order, form.words
    if order is None:
        is_month_first = month_first or (not day_first and _is_month_first(parts, lines, column))
        order, mark = ((2, 0, 1) if is_month_first else (2, 1, 0)), words[2]
        words = f"MM{mark}DD{mark}YYYY" if is_month_first else f"DD{mark}MM{mark}YYYY"
    year, month, day = (parts[:, place] for place in order)
    values, exists = days_of_parts(year, month, day)
    good = readable & exists
    values[~good] = np.datetime64("NaT", "D")
    bad = np.flatnonzero(~good).tolist()
    if len(bad) > MAX_REFUSED:
        why = f"{shown(cells[bad[0]])} is not a day written {words}; and so more than {MAX_REFUSED:,} rows"
        raise ParseRefusedError(lines[bad[0]], column, why)
    refused = {row: f"{shown(cells[row])} is not a day written {words}" for row in bad}
    return Days(values, refused)


def read_ordered(cells: Sequence[str], lines: Sequence[int], column: int, order: str) -> Days:
    """Return the days of a column whose order of day and month is MONTH_FIRST, DAY_FIRST or "" (to be judged)."""
    return read_days(cells, lines, column, month_first=order == MONTH_FIRST, day_first=order == DAY_FIRST)


def _parts(cells: Sequence[str]) -> tuple[DateForm, Parts]:
    """Return the form of a column and the three numbers of each cell, rows of -1 where there are none."""
    if isinstance(cells, PackedColumn):
        packed = cells.fixed_parts(_ISO_WIDTHS, "--")
        if packed is not None:
            return ISO, packed
    joined = "\n".join(cells) + "\n"
    for form, column in zip(FORMS, _COLUMNS, strict=True):
        if column.fullmatch(joined):
            return form, _all_parts(joined, form, len(cells))
    best = _commonest(joined, len(cells))
    matches = (_CELLS[best].fullmatch(cell.strip(" \t")) for cell in cells)
    rows = [[_number(part) for part in match.groups()] if match else [-1] * 3 for match in matches]
    return FORMS[best], np.array(rows, np.int64).reshape(-1, 3)


def _commonest(joined: str, count: int) -> int:
    """Return the place of the form that most cells have, of several the first."""
    found: list[int] = []
    for line in _LINES:
        found.append(sum(1 for _ in line.finditer(joined)))
        if 2 * found[-1] > count:
            break
    return found.index(max(found))


def _all_parts(joined: str, form: DateForm, count: int) -> Parts:
    """Return the numbers of a column of which every cell has the form."""
    if form.words == "YYYYMMDD":
        whole = np.fromiter(map(int, joined.split()), np.int64, count)
        return np.column_stack([whole // 10_000, whole // 100 % 100, whole % 100])
    if form.words == "Mon DD, YYYY":
        cells = (re.split(r"[ ,]+", line) for line in joined.splitlines())
        return np.array([[_number(part) for part in cell] for cell in cells], np.int64)
    numbers = _NO_DIGITS.sub("\n", joined).split()
    return np.fromiter(map(int, numbers), np.int64, len(numbers)).reshape(-1, 3)


def _number(part: str) -> int:
    """Return the number of a part of a date: its digits, or the number of the month it names."""
    return int(part) if part.isdecimal() else MONTHS_IN_SHORT.index(part[:3].casefold()) + 1


def _is_month_first(parts: Parts, lines: Sequence[int], column: int) -> bool:
    """Whether such dates are MM/DD, from days above 12; refused where none or both forms show."""
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


def days_of_parts(year: Parts, month: Parts, day: Parts) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Return the days and whether each exists in the calendar."""
    exists = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(exists, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(exists, day - 1, 0)
    return days, exists & (days.astype("datetime64[M]") == months)
