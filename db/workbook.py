"""Which table does an Excel workbook hold? Its first sheet with anything on it, as the text of a CSV file."""

from __future__ import annotations

import stat
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError, ParserCreate

from core.parsing.table import MAX_COLUMNS, MAX_ROWS
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
FREE_OF_RATIO = 20 * 1024 * 1024
MAX_DEPTH = 64
MAX_TOKEN = 1024 * 1024
MAX_TEXT = 200 * 1024 * 1024
_PART = "xl/workbook.xml"
_ENCRYPTED = 0x1
_CHUNK = 1 << 16


class WorkbookRefusedError(RefusedError):
    """A workbook that is not read; the message says why."""


def workbook_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a workbook's first sheet as CSV text, and what is left out of it.

    Nothing is unpacked before the sizes that the archive states were found sane, and no more than these is.
    Raises WorkbookRefusedError for another archive, one that swells or nests beyond reason, and for XML with
    declarations of its own.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_members(archive, len(data))
            _check_parts(archive)
        return _read(data)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise WorkbookRefusedError(f"a damaged archive ({error})") from None


def _check_members(archive: zipfile.ZipFile, packed: int) -> None:
    members = archive.infolist()
    if not any(member.filename == _PART for member in members):
        raise WorkbookRefusedError("a ZIP file, not an Excel workbook: unpack it first")
    if len(members) > MAX_MEMBERS:
        raise WorkbookRefusedError(f"an archive of more than {MAX_MEMBERS:,} parts")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or (unpacked > FREE_OF_RATIO and unpacked > MAX_RATIO * packed):
        raise WorkbookRefusedError(f"an archive that unpacks to {unpacked / 1024**2:,.0f} MB")
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if is_link or ".." in parts or not parts[0] or ":" in parts[0]:
            raise WorkbookRefusedError("an archive with parts that lead out of it")
        if member.flag_bits & _ENCRYPTED:
            raise WorkbookRefusedError("an encrypted workbook: save it without a password")


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Walk through the XML of every part; it is neither kept nor believed, and never more than was stated."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                _check_xml(iter(lambda: part.read(_CHUNK), b""))


def _check_xml(chunks: Iterable[bytes]) -> None:
    depth = 0

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise WorkbookRefusedError(f"a workbook whose XML nests deeper than {MAX_DEPTH}")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(*_: object) -> None:
        raise WorkbookRefusedError("a workbook whose XML declares types or entities of its own")

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declare
    try:
        fed = 0
        for chunk in chunks:
            parser.Parse(chunk)
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > MAX_TOKEN:
                raise WorkbookRefusedError("a workbook with XML that does not end")
        parser.Parse(b"", True)
    except ExpatError as error:
        raise WorkbookRefusedError(f"a workbook with damaged XML ({error})") from None


def _read(data: bytes) -> tuple[str, tuple[str, ...]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001 - whatever a foreign file makes the library raise
        raise WorkbookRefusedError(f"not a workbook that can be read ({type(error).__name__})") from None
    try:
        return _first_sheet(book)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the same, while the rows are read
        raise WorkbookRefusedError(f"a sheet that cannot be read ({type(error).__name__})") from None
    finally:
        book.close()


def _first_sheet(book: Any) -> tuple[str, tuple[str, ...]]:
    """Return the first sheet that holds anything, and the names of those behind it."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets):
        sheet.reset_dimensions()  # what a file states of its size is not believed
        lines = list(_lines(sheet.iter_rows(values_only=True)))
        if any(lines):
            others = tuple(f"the sheet {other.title!r} is not read" for other in sheets[number + 1 :])
            return "\n".join(_without_margin(lines)) + "\n", others
    raise WorkbookRefusedError("a workbook without a cell on its sheets")


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[list[str]]:
    """Yield the cells of each row as texts, without the empty ones at its end."""
    size = 0
    for number, row in enumerate(rows, 1):
        if len(row) > MAX_COLUMNS or number > MAX_ROWS:
            raise WorkbookRefusedError(f"a sheet of more than {MAX_COLUMNS} columns or {MAX_ROWS:,} rows")
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        size += sum(map(len, cells))
        if size > MAX_TEXT:
            raise WorkbookRefusedError(f"a sheet of more than {MAX_TEXT // 1024**2} MB of text")
        yield cells


def _without_margin(lines: list[list[str]]) -> Iterator[str]:
    """Yield the lines of CSV, without the columns on the left that are empty in all rows; every row as wide."""
    first = min((next(i for i, cell in enumerate(cells) if cell) for cells in lines if cells), default=0)
    width = max(map(len, lines))
    for cells in lines:
        yield ",".join(_quoted(cell) for cell in [*cells, *[""] * (width - len(cells))][first:]) if cells else ""


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell


def _text(value: object) -> str:
    """Return a cell as a CSV file would hold it: plain decimals, ISO dates, one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() and abs(value) < 1e15 else f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return " ".join(str(value).split())
