"""What does a text of separated cells hold? A header and columns, each row with its line in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.parsing.packed import pack
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MAX_ROWS = 5_000_000
MAX_COLUMNS = 256
MAX_LINE = 20_000
MAX_SHOWN = 60
MAX_REFUSED = 10_000
"""With more rows that cannot be read the file is another one than it is taken for."""
PACKED_FROM = 65_536
"""A text of so many characters is packed if it is plain; of a shorter one the cells are read one by one."""

_QUOTED = re.compile(r'[ \t]*"((?:[^"]|"")*+)"[ \t]*')


class ParseRefusedError(RefusedError):
    """A place in a file that cannot be read: line and cell number from 1 (0: the whole line or file), and why."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        where = f"line {line}, column {column}: " if column else f"line {line}: " if line else ""
        super().__init__(f"{where}{reason}")
        self.line = line
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Table:
    """Cells by column: `columns[c][r]` stands on line `lines[r]`. Rows that could not be cut are `refused`.

    `above` are the lines above the header, which are no rows.
    """

    header: tuple[str, ...]
    header_line: int
    lines: Sequence[int]
    columns: tuple[Sequence[str], ...]
    refused: tuple[ParseRefusedError, ...]
    above: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """The number of data rows, refused ones included."""
        return len(self.lines) + len(self.refused)

    def index(self, *names: str) -> int:
        """Return the index of the column with one of the names (any case).

        Raises ParseRefusedError naming the column that the layout needs.
        """
        found = self.find(*names)
        if found is None:
            raise ParseRefusedError(self.header_line, 0, f"no column {names[0]!r} in the header line")
        return found

    def find(self, *names: str) -> int | None:
        """Return the index of the column with one of the names (any case), None where there is none."""
        wanted = {name.casefold() for name in names}
        return next((i for i, name in enumerate(self.header) if name.casefold() in wanted), None)


def split_lines(text: str) -> list[str]:
    """Return the lines as an editor counts them: ended by LF, CRLF or CR, and by nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_table(
    text: str,
    delimiter: str = ",",
    *,
    above: int = 0,
    header: tuple[str, ...] = (),
    is_row: Callable[[str], bool] = bool,
) -> Table:
    """Return the cells of a text.

    `above` lines stand above the header, which is the next line that is not blank, or, where the file has
    none, `header`. Blank lines and those that are not `is_row` are no rows. Raises ParseRefusedError for what
    spoils the whole file: a NUL, no data, a header with a name twice, too many rows or columns, an absurdly
    long line. A row with a quote that is not closed on its line, or with too few or too many cells, is among
    `refused`.
    """
    if text.count("\n") + text.count("\r") > 2 * MAX_ROWS:
        raise ParseRefusedError(MAX_ROWS + 1, 0, f"more than {MAX_ROWS:,} lines")
    text = text.removeprefix("\ufeff")
    if len(text) >= PACKED_FROM and not above and not header and is_row is bool:
        packed = _packed(text, delimiter)
        if packed is not None:
            return packed
    lines = _checked_lines(text)
    numbered = _numbered(lines, above)
    header_line = 0
    if not header:
        header_line, first = next(numbered, (0, ""))
        header = tuple(cell.strip() for cell in cut_line(first, delimiter, header_line))
    _check_header(header, header_line)
    table = _body((row for row in numbered if is_row(row[1])), header, header_line, delimiter)
    if not table.rows:
        raise ParseRefusedError(1, 0, "there is no header line with data rows below it")
    return replace(table, above=tuple(lines[:above]))


def _packed(text: str, delimiter: str) -> Table | None:
    """Return a long plain text without a text for every cell, None where it is not plain or has too many rows."""
    found = pack(text, delimiter, MAX_LINE)
    if found is None or len(found[0]) >= MAX_ROWS:
        return None
    lines, columns = found
    header = tuple(cell.strip() for cell in text[: text.index("\n")].split(delimiter))
    _check_header(header, 1)
    return Table(header, 1, lines, columns, ())


def cut_line(line: str, delimiter: str, number: int = 1) -> list[str]:
    """Return the cells of one line; quotes are taken off, doubled ones undone.

    Raises ParseRefusedError for a quote that is not closed on the line or stands inside a cell.
    """
    if '"' not in line:
        return line.split(delimiter)
    cells: list[str] = []
    at = 0
    while at <= len(line):
        cell, at = _cut_cell(line, at, delimiter, number, len(cells) + 1)
        cells.append(cell)
    return cells


def shown(text: str) -> str:
    """Return a text from a file as it may stand in a one-line message: quoted, printable, short."""
    return repr(_clipped(text))


def short(name: str) -> str:
    """Return the name of a column as it may stand in a one-line message."""
    return _clipped(name) if name.isprintable() else shown(name)


def _clipped(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def _cut_cell(line: str, at: int, delimiter: str, number: int, column: int) -> tuple[str, int]:
    """Return the cell that begins at a position and where the next one begins."""
    match = _QUOTED.match(line, at)
    if match:
        end = match.end()
        if end < len(line) and line[end] != delimiter:
            raise ParseRefusedError(number, column, "text follows a closing quote")
        return match[1].replace('""', '"'), end + 1
    end = line.find(delimiter, at)
    end = len(line) if end < 0 else end
    cell = line[at:end]
    if '"' in cell:
        raise ParseRefusedError(number, column, f"a quote is not closed on this line: {shown(cell)}")
    return cell, end + 1


def _numbered(lines: list[str], above: int) -> Iterator[tuple[int, str]]:
    """Yield the lines below those above the header that are not blank, with their numbers."""
    for index in range(above, len(lines)):
        if lines[index] and not lines[index].isspace():
            yield index + 1, lines[index]


def _checked_lines(text: str) -> list[str]:
    """Return the lines of a text; raises ParseRefusedError for too many, a NUL, and an absurdly long one."""
    lines = split_lines(text)
    if len(lines) > MAX_ROWS:
        raise ParseRefusedError(MAX_ROWS + 1, 0, f"more than {MAX_ROWS:,} lines")
    _check_text(text, lines)
    return lines


def _check_text(text: str, lines: list[str]) -> None:
    nul = text.find("\0")
    if nul >= 0:
        before = split_lines(text[:nul])
        raise ParseRefusedError(
            len(before), before[-1].count(",") + 1, "a NUL character: this is not a plain text file"
        )
    if max(map(len, lines)) > MAX_LINE:
        number = next(i for i, line in enumerate(lines, 1) if len(line) > MAX_LINE)
        raise ParseRefusedError(number, 0, f"a line of more than {MAX_LINE:,} characters")


def _check_header(header: tuple[str, ...], line: int) -> None:
    if len(header) > MAX_COLUMNS:
        raise ParseRefusedError(line, MAX_COLUMNS + 1, f"more than {MAX_COLUMNS} columns")
    seen: set[str] = set()
    for column, name in enumerate(header, 1):
        if name and name.casefold() in seen:
            raise ParseRefusedError(line, column, f"the header names {shown(name)} twice")
        seen.add(name.casefold())


def _body(numbered: Iterable[tuple[int, str]], header: tuple[str, ...], header_line: int, delimiter: str) -> Table:
    lines: list[int] = []
    rows: list[list[str]] = []
    refused: list[ParseRefusedError] = []
    width = len(header)
    for number, line in numbered:
        try:
            cells = cut_line(line, delimiter, number)
            rows.append(cells if len(cells) == width else _fitted(cells, width, number))
            lines.append(number)
        except ParseRefusedError as error:
            refused.append(error)
            if len(refused) > MAX_REFUSED:
                raise ParseRefusedError(*_too_many(refused[0])) from None
    columns = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in header)
    return Table(header, header_line, lines, columns, tuple(refused))


def _too_many(first: ParseRefusedError) -> tuple[int, int, str]:
    return first.line, first.column, f"{first.reason}; and so more than {MAX_REFUSED:,} rows"


def _fitted(cells: list[str], width: int, number: int) -> list[str]:
    """Return the row without empty cells past the header's width; any other difference is refused."""
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    column = min(len(cells), width) + 1
    raise ParseRefusedError(number, column, f"{len(cells)} cells where the header has {width}")
