"""What is a layout? How a file is known by its first lines, and which of its columns are read as what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from core.parsing.number_column import COUNT, PRICE, PRICE_OR_ZERO
from core.parsing.table import ParseRefusedError, cut_line, shown, split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from core.parsing.number_column import Limits
    from core.parsing.table import Table

HEAD_CHARACTERS = 32_768
HEAD_LINES = 60
DELIMITERS = (",", ";", "\t")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}", re.ASCII)


@dataclass(frozen=True)
class Head:
    """The first lines of a file and its name: what a layout is recognised by."""

    lines: tuple[str, ...]
    file_name: str = ""

    @cached_property
    def header_text(self) -> str:
        """The first line that is not blank."""
        return next((line for line in self.lines if line.strip()), "")

    @cached_property
    def delimiter(self) -> str:
        """The mark that parts the cells of the header line."""
        return max(DELIMITERS, key=self.header_text.count)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The cells of the header line, stripped; empty where it cannot be cut."""
        return self._cells(self.header_text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The cells of the header line in lower case."""
        return tuple(name.casefold() for name in self.header)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The first cells of the first data rows."""
        rows = [line for line in self.lines if line.strip()][1:]
        return tuple(cells[0] for row in rows if (cells := self._cells(row)))

    @property
    def has_time_of_day(self) -> bool:
        """Whether the first column holds times of day: then the file is not daily."""
        return any(_TIME_OF_DAY.search(cell) for cell in self.dates)

    def _cells(self, line: str) -> tuple[str, ...]:
        try:
            return tuple(cell.strip() for cell in cut_line(line, self.delimiter))
        except ParseRefusedError:
            return ()


def head_of(text: str, file_name: str = "") -> Head:
    """Return the head of a text."""
    lines = split_lines(text[:HEAD_CHARACTERS].removeprefix("\ufeff"))
    return Head(tuple(lines[:HEAD_LINES]), file_name)


@dataclass(frozen=True)
class Wanted:
    """The columns of one symbol: field name to column index. A row without a `needed` value gives nothing."""

    symbol: str
    fields: Mapping[str, int]
    needed: tuple[str, ...]
    limits: Mapping[str, Limits]


@dataclass(frozen=True)
class Reading:
    """Which columns of a table are read."""

    date_column: int
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Layout:
    """One kind of file. `claims` judges the head; `reading` finds the columns or raises ParseRefusedError.

    `month_first` says that slashed dates are MM/DD. `header_symbol` gives the symbol that the header
    names, or "". `symbols` are those that the layout itself names: then none may be given. `objection`
    says why the days of a file do not suit, or "".
    """

    name: str
    title: str
    source: str
    claims: Callable[[Head], bool]
    reading: Callable[[Table, str], Reading]
    month_first: bool = False
    header_symbol: Callable[[tuple[str, ...]], str] = lambda _: ""
    symbols: tuple[str, ...] = ()
    is_breadth: bool = False
    objection: Callable[[NDArray[np.datetime64]], str] = lambda _: ""


def bars(symbol: str, columns: Mapping[str, int]) -> Wanted:
    """Return the columns of daily bars, or of closes alone; the close is needed."""
    limits = {name: PRICE if name == "close" else PRICE_OR_ZERO for name in columns}
    return Wanted(symbol, columns, ("close",), limits)


def ohlc(table: Table, symbol: str) -> Reading:
    """Return the reading of a table with the columns Date, Open, High, Low, Close."""
    columns = {name: table.index(name) for name in ("open", "high", "low", "close")}
    return Reading(table.index("date"), (bars(symbol, columns),))


def counts(universe: str, columns: Mapping[str, int]) -> Wanted:
    """Return the columns of a breadth count; advances and declines are needed."""
    limits = dict.fromkeys(columns, COUNT)
    return Wanted(f"BREADTH:{universe}", columns, ("advances", "declines"), limits)


def only_other_column(table: Table, date_column: int) -> int:
    """Return the value column of a table of two.

    Raises ParseRefusedError where there are more or fewer.
    """
    others = [index for index, name in enumerate(table.header) if index != date_column and name]
    if len(others) != 1:
        header = shown(",".join(table.header))
        raise ParseRefusedError(table.header_line, 0, f"one date and one value column expected, not {header}")
    return others[0]
