"""G5: what if another program takes the journal or its log away while it is open? Not one more acknowledgement."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from db.connection import JournalReplacedError
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.opening import opened_writer
from tests.faults.kit import SOUND, Figures, new_journal, next_draft, now, timed, verified

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.connection import JournalConnection

MUTANT = "no_guard"


def _unlink(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("moved.db"))


def _log_deleted(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def _restored_over(path: Path) -> None:
    shutil.copy(path, f"{path}.older")
    Path(f"{path}.older").replace(path)


def _closed_by_another(path: Path) -> None:
    """Read the file in this process, as a naive backup does, and let another program open and close it."""
    path.read_bytes()  # drops every lock of SQLite in this process
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM meta'); c.close()"
    )
    subprocess.run([sys.executable, "-S", "-c", code, str(path)], check=True)


KINDS: dict[str, Callable[[Path], None]] = {
    "unlinked": _unlink,
    "renamed": _rename,
    "log deleted": _log_deleted,
    "restored over": _restored_over,
    "log taken by another program": _closed_by_another,
}


def run(runs: int, seed: int = 6, build: str = SOUND) -> Figures:
    """Take files away under a writer `runs` times; what it had saved must be whole in the rescued copy."""
    dice, figures = random.Random(seed), Figures("files replaced", build)
    figures.more = dict.fromkeys(KINDS, 0) | {"acks_after": 0, "rescued": 0, "not_replaced": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        for number in range(runs):
            kind = list(KINDS)[number % len(KINDS)]
            _one(Path(folder, str(number), "journal.db"), kind, dice.randrange(1, 20), figures)
    return figures


def _one(path: Path, kind: str, count: int, figures: Figures) -> None:
    new_journal(path)
    figures.runs += 1
    figures.more[kind] += 1
    with hold_journal(path):
        opened = opened_writer(path, now())
        connection: JournalConnection = opened.connection  # type: ignore[assignment]
        book = load_book(connection)
        for _ in range(count):
            _, book = append(connection, book, [next_draft(book)], [Stamp()], now())
            figures.acks += 1
        guard = connection.guard
        if figures.build == MUTANT:
            connection.guard = None
        KINDS[kind](path)
        replaced = bool(list(guard.replaced())) if guard is not None else False
        figures.more["not_replaced"] += not replaced
        with suppress(JournalReplacedError):
            append(connection, book, [next_draft(book)], [Stamp()], now())
            figures.more["acks_after"] += replaced
            figures.lost += replaced
        _reckon_copy(path, book.last_seq, figures, was_replaced=replaced)
        connection.close()


def _reckon_copy(path: Path, last: int, figures: Figures, *, was_replaced: bool) -> None:
    copies = list(path.parent.glob("damaged/*/rescued.db"))
    if not was_replaced or figures.build == MUTANT:
        return
    if not copies or not verified(copies[0]):
        figures.damaged += 1
        figures.fail("no whole copy was saved")
        return
    with closing(sqlite3.connect(copies[0])) as copy:
        (there,) = copy.execute("SELECT max(seq) FROM journal_entry").fetchone()
    if there < last:
        figures.lost += last - there
    figures.more["rescued"] += 1
