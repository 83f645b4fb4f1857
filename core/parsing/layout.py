"""What is a layout? How a file is known by its first lines, and which of its columns are read as what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from core.parsing.number_column import COUNT, PRICE, PRICE_OR_ZERO
from core.parsing.table import ParseRefusedError, cut_line, read_table, shown, split_lines
from core.parsing.wall_time import has_time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.parsing.asked import Asked
    from core.parsing.fates import ParsedFile
    from core.parsing.findings import Findings
    from core.parsing.number_column import Limits
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table

HEAD_CHARACTERS = 32_768
HEAD_LINES = 60
PRICES = "prices"
DELIMITERS = (",", ";", "\t")


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
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of the first data rows, stripped; those that can be cut."""
        lines = [line for line in self.lines if line.strip()][1:]
        return tuple(cells for line in lines if (cells := self._cells(line)))

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The first cells of the first data rows."""
        return tuple(cells[0] for cells in self.rows)

    @property
    def has_time_of_day(self) -> bool:
        """Whether the first column holds times of day: then the file is not daily."""
        return has_time_of_day(self.dates)

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
    """The columns of one symbol: field name to column index. A row without a `needed` value gives nothing.

    A field "last" is the last trade of a future whose close is its settlement; it is read and not stored.
    """

    symbol: str
    fields: Mapping[str, int]
    needed: tuple[str, ...]
    limits: Mapping[str, Limits]


@dataclass(frozen=True)
class Reading:
    """Which columns of a table are read; `time_column` is that of the times of day where they stand apart.

    `also` are those that tell whose values the rows are.
    """

    date_column: int
    wanted: tuple[Wanted, ...]
    time_column: int | None = None
    also: tuple[int, ...] = ()

    @property
    def columns(self) -> frozenset[int]:
        """The columns that are read."""
        times = {self.date_column, self.date_column if self.time_column is None else self.time_column}
        return frozenset(times.union(self.also, *(one.fields.values() for one in self.wanted)))

    @property
    def is_bar(self) -> bool:
        """Whether the rows have a range."""
        return any("high" in one.fields for one in self.wanted)


def cut_plainly(text: str) -> Table:
    """Return the table of a text whose first line that is not blank is the header."""
    return read_table(text, head_of(text).delimiter)


def _as_it_is(sheet: Sheet, _asked: Asked) -> Sheet:
    return sheet


def _no_findings(_sheet: Sheet, _asked: Asked) -> Findings:
    return {}


@dataclass(frozen=True)
class Layout:
    """One kind of file. `claims` judges the head: 0 no, 1 it may be, 2 surely; `reading` finds the columns.

    `date_order` says whether slashed dates are MM/DD or DD/MM where the layout fixes that, `decimal` what the
    language of the header has before decimals. `header_symbol` gives the symbol that the header names, or "".
    A layout that `names_itself` finds its symbols in the file; one that `may_be_named` as well lets the user
    pick one of several. `is_breadth` asks for a universe in place of a symbol. `needs_day` says that the file
    does not hold the day it is about. `meaning` tells apart what layouts that claim one file take its numbers
    for. `cut` makes the table; `adjust` and `judge` treat what only this layout knows of its rows. A layout
    whose rows are not values by time has a `parse` of its own.
    """

    name: str
    title: str
    source: str
    claims: Callable[[Head], int]
    reading: Callable[[Table, Asked], Reading]
    date_order: str = ""
    decimal: str = ""
    header_symbol: Callable[[tuple[str, ...]], str] = lambda _: ""
    names_itself: bool = False
    may_be_named: bool = False
    is_breadth: bool = False
    needs_day: bool = False
    meaning: str = PRICES
    cut: Callable[[str], Table] = cut_plainly
    adjust: Callable[[Sheet, Asked], Sheet] = _as_it_is
    judge: Callable[[Sheet, Asked], Findings] = _no_findings
    parse: Callable[[Table, Layout, Asked], ParsedFile] | None = None


def bars(symbol: str, columns: Mapping[str, int]) -> Wanted:
    """Return the columns of daily bars, or of closes alone; the close is needed."""
    limits = {name: PRICE if name == "close" else PRICE_OR_ZERO for name in columns}
    return Wanted(symbol, columns, ("close",), limits)


def ohlc(table: Table, asked: Asked) -> Reading:
    """Return the reading of a table with the columns Date, Open, High, Low, Close."""
    columns = {name: table.index(name) for name in ("open", "high", "low", "close")}
    return Reading(table.index("date"), (bars(asked.symbol, columns),))


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
