"""What if the journal's files are replaced while it is open? Everything that SQLite still holds goes to a copy."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

from db.files import OWNER_ONLY, make_folder, sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.connection import JournalConnection

RESCUED = "rescued.db"


def rescued(connection: JournalConnection, names: Sequence[str]) -> str:
    """Save what the connection holds to a new file beside the journal, and return the sentence that says so."""
    if connection.guard is None:
        raise ValueError("a reader has nothing to rescue")
    journal = connection.guard.path
    said = f"{' and '.join(names)} in {journal.parent} was replaced or removed by another program while open"
    try:
        copy = _copied(connection, journal)
    except (OSError, sqlite3.Error) as error:
        return (
            f"{said}, and no copy could be saved ({error}); leave the program open and make room, then try again"
        )
    return (
        f"{said}. Nothing more is written there. Everything that was saved until then is in {copy}; "
        "the entry in hand may be in it too. Look what replaced the file, then restore that copy"
    )


def _copied(connection: sqlite3.Connection, journal: Path) -> Path:
    folder = make_folder(kept_folder(journal))
    copy = folder / RESCUED
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    connection.execute("VACUUM INTO ?", (str(copy),))
    sync_file(copy)
    sync_folder(folder)
    return copy


def kept_folder(journal: Path) -> Path:
    """Return a folder of this moment for what must not be lost: beside the journal, under `damaged`."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    folder = journal.parent / "damaged" / stamp
    number = 1
    while folder.exists():
        number += 1
        folder = journal.parent / "damaged" / f"{stamp}-{number}"
    return folder
