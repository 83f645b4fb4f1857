"""Which text does a file hold? Plain UTF-8 of sane size; anything else is refused by its name."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.parsing.blocks import BLOCK_BYTES, BlockCheck
from core.parsing.table import ParseRefusedError
from core.refusal import RefusedError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MAX_BYTES = 200 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_XML = (b"<", b"\xef\xbb\xbf<")
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save the sheet as CSV"),
    (b"%PDF", "a PDF: export the data as CSV"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"SQLite format 3\x00", "a database, not a file of rows"),
    (b"\xff\xfe", "UTF-16 text: save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text: save it as UTF-8"),
)


class ImportRefusedError(RefusedError):
    """A file that is not imported; the message names the file and the reason, in one line."""


@dataclass(frozen=True)
class FileText:
    """A file as it was read: its name for messages, its text, and the SHA-256 of its bytes.

    The text of a workbook is that of its first sheet; `left_out` says what else there was in it.
    """

    name: str
    text: str
    sha256: str
    left_out: tuple[str, ...] = ()

    @classmethod
    def pasted(cls, name: str, text: str) -> FileText:
        """Return a text that was pasted, as if it had been read from a file of that name."""
        return cls(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read_file(path: Path) -> FileText:
    """Return the text of a file; raises ImportRefusedError for one that cannot be read or is no text."""
    name = printable(path.name)
    return file_text(name, _read_bytes(path, name))


def file_text(name: str, data: bytes) -> FileText:
    """Return the text of a file's bytes; raises ImportRefusedError where they are none."""
    if data.startswith(_ZIP):
        return _workbook(name, data)
    for magic, words in _MAGIC:
        if data.startswith(magic):
            raise ImportRefusedError(f"{name}: this is {words}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02X}"
        raise ImportRefusedError(
            f"{name}: line {line}: byte {byte} is not UTF-8: save the file as UTF-8"
        ) from None
    return FileText(name, text, hashlib.sha256(data).hexdigest())


def _workbook(name: str, data: bytes) -> FileText:
    from db.workbook import WorkbookRefusedError, workbook_text

    try:
        text, left_out = workbook_text(data)
    except WorkbookRefusedError as error:
        raise ImportRefusedError(f"{name}: this is {error}") from None
    return FileText(name, text, hashlib.sha256(data).hexdigest(), left_out)


def printable(name: str) -> str:
    """Return a file name as it may stand in a one-line message."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _read_bytes(path: Path, name: str) -> bytes:
    if path.exists() and not path.is_file():
        raise ImportRefusedError(f"{name or path}: not a file")
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            too_large = size > MAX_BYTES
            if not too_large:
                _look_through(file)
            data = b"" if too_large else file.read(MAX_BYTES + 1 if size == 0 else size + 1)
    except ParseRefusedError as error:
        raise ImportRefusedError(f"{name}: {error}") from None
    except OSError as error:
        raise ImportRefusedError(f"{name}: {error.strerror or error}") from None
    except ValueError as error:
        raise ImportRefusedError(f"{name}: {error}") from None
    if too_large or len(data) > MAX_BYTES:
        raise ImportRefusedError(f"{name}: larger than {MAX_BYTES // 1024**2} MB")
    return data


def _look_through(file: BinaryIO) -> None:
    """Read a large text once without keeping it, then go back to its beginning; raises ParseRefusedError."""
    block = file.read(BLOCK_BYTES)
    is_table = not block.startswith((_ZIP, *(magic for magic, _ in _MAGIC), *_XML))
    if is_table and len(block) == BLOCK_BYTES:
        check = BlockCheck()
        while block:
            check.feed(block)
            block = file.read(BLOCK_BYTES)
    file.seek(0)
