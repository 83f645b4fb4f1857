"""F9: what if two programs want the journal, or the one that has it is killed? One writes, nobody waits long."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from db.journal_store import append, load_book
from db.lock import LOOK_S, JournalInUseError, hold_journal
from db.opening import opened_writer
from tests.faults.kit import (
    SOUND,
    Acks,
    Figures,
    Phase,
    forked,
    killed,
    new_journal,
    next_draft,
    now,
    reckon,
    timed,
    write_for_ever,
)

if TYPE_CHECKING:
    import sqlite3

MUTANT = "no_lock"


def run(runs: int, build: str = SOUND, processes: int = 3) -> Figures:
    """Let processes append `runs` entries each, in turn by the lock; then kill a holder and take over at once."""
    figures = Figures("two processes", build)
    figures.more = {"processes": processes, "taken_over_ms": 0.0, "refused_while_held": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        path = Path(folder, "journal.db")
        first = new_journal(path)
        acks = Acks()
        children = [forked(partial(_append, path, acks, runs, build)) for _ in range(processes)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        if any(codes):
            figures.fail(f"processes ended with {codes}")
        heard = [first, *sorted(acks.heard())]
        figures.runs, figures.acks = runs * processes, len(heard)
        if len(heard) != runs * processes + 1:
            figures.fail(f"{len(heard)} entries were acknowledged, not {runs * processes + 1}")
        reckon(path, heard, figures, whole=True)
        _take_over(path, figures)
    return figures


def _append(path: Path, acks: Acks, count: int, build: str) -> None:
    for _ in range(count):
        if build == MUTANT:  # a broken build: whoever comes writes, on a book that it read before
            with closing(opened_writer(path, now())) as opened:
                book = load_book(opened.connection)
                time.sleep(0.002)
                _write(opened.connection, book, acks)
        else:
            with hold_journal(path, 60.0), closing(opened_writer(path, now())) as opened:
                _write(opened.connection, load_book(opened.connection), acks)
            time.sleep(LOOK_S * 1.5)  # a command comes and goes: whoever waits looks again meanwhile


def _write(connection: sqlite3.Connection, book: object, acks: Acks) -> None:
    _, after = append(connection, book, [next_draft(book)], [Stamp()], now())  # type: ignore[arg-type]
    acks.say(after.last_seq, after.last_hash)


def _take_over(path: Path, figures: Figures) -> None:
    """Hold the journal in another process, be refused, kill it, and have the journal at once."""
    acks = Acks()
    child = forked(partial(write_for_ever, path, acks, Phase(), SOUND, 1))
    os.read(acks.reading, 1)
    try:
        with hold_journal(path):
            figures.fail("two processes hold the journal")
    except JournalInUseError:
        figures.more["refused_while_held"] += 1
    killed(child, 0.0)
    began = time.perf_counter()
    with hold_journal(path):
        figures.more["taken_over_ms"] = round((time.perf_counter() - began) * 1000, 2)
