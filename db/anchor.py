"""How far had the journal come? Told by a file of its own, for a journal that lost its end looks whole by itself.

One line an acknowledgement: sequence number, count of entries, hash, time. It is written after the commit and
never synced by force, so it may lag behind the journal but never lead it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.times import iso_utc
from db.files import OWNER_ONLY, write_whole

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

MAX_BYTES = 256 * 1024
"""Beyond this the file begins anew with its last line."""
_LINE = re.compile(r"(\d{1,12}) (\d{1,12}) ([0-9a-f]{64}) (\S{1,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry that was acknowledged: its number, hash, and when, as ISO text in UTC."""

    seq: int
    hash: str
    at: str


class Anchor:
    """The anchor of one journal. `trouble` says why the last line could not be written, "" where it was."""

    def __init__(self, journal: Path) -> None:
        self.path = anchor_path(journal)
        self.trouble = ""

    def append(self, seq: int, found: str, at: datetime) -> None:
        """Note the head. A disk that refuses makes the anchor lag, no more: the entry itself is committed."""
        line = f"{seq} {seq} {found} {iso_utc(at)}\n"
        try:
            if self._size() > MAX_BYTES:
                write_whole(self.path, line.encode("ascii"))
            else:
                self._add(line.encode("ascii"))
            self.trouble = ""
        except OSError as error:
            self.trouble = f"{self.path}: {error.strerror}"

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _add(self, line: bytes) -> None:
        descriptor = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, OWNER_ONLY)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)


def anchor_path(journal: Path) -> Path:
    """Return the path of a journal's anchor, the same for every name that leads to the journal."""
    resolved = journal.resolve()
    return resolved.with_name(resolved.name + ".anchor")


def anchored_head(journal: Path) -> Head | None:
    """Return the last whole line of a journal's anchor, None where there is none. Raises OSError."""
    path = anchor_path(journal)
    if not path.exists():
        return None
    for line in reversed(path.read_text("ascii", errors="replace").splitlines()):
        match = _LINE.fullmatch(line)
        if match:
            return Head(int(match[1]), match[3], match[4])
    return None


def anchor_now(journal: Path, connection: sqlite3.Connection, at: datetime) -> None:
    """Take the journal's present head as what was acknowledged: after a restore, or when a loss was accepted."""
    head = journal_head(connection)
    if head is not None:
        anchor = Anchor(journal)
        anchor.append(head.seq, head.hash, at)
        if anchor.trouble:
            raise OSError(anchor.trouble)


def journal_head(connection: sqlite3.Connection) -> Head | None:
    """Return the last entry of an open journal."""
    row = connection.execute(
        "SELECT seq, hash, recorded_at FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return None if row is None else Head(*row)
