"""G4: is every harmful change of the file noticed, of seven kinds, and every loss of the log beside it?"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from db.connection import connect_reader
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.opening import opened_writer
from db.start_state import quick_check
from db.verify import verify
from tests.faults.kit import (
    SOUND,
    Acks,
    Figures,
    forked,
    new_journal,
    next_draft,
    now,
    timed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MUTANT = "integrity_check_only"
LOG_MUTANT = "no_anchor"
PAGE, SECTOR = 4096, 512
ENTRIES = 40
TABLES = ("journal_entry", "note", "condor", "layer", "leg", "fill", "meta")


def _bit(data: bytearray, dice: random.Random) -> None:
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _byte(data: bytearray, dice: random.Random) -> None:
    data[dice.randrange(len(data))] ^= dice.randrange(1, 256)


def _sector(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data) // SECTOR) * SECTOR
    data[at : at + SECTOR] = bytes(SECTOR)


def _page(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def _swapped(data: bytearray, dice: random.Random) -> None:
    one, two = (dice.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[two : two + PAGE] = data[two : two + PAGE], data[one : one + PAGE]


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def _tail(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:] = dice.randbytes(len(data) - at)


KINDS: dict[str, Callable[[bytearray, random.Random], None]] = {
    "bit": _bit,
    "byte": _byte,
    "sector zeroed": _sector,
    "page zeroed": _page,
    "pages swapped": _swapped,
    "cut off": _cut,
    "garbage tail": _tail,
}


def run(runs: int, seed: int = 4, build: str = SOUND) -> Figures:
    """Change a journal until `runs` changes were harmful: what it answers is not what it answered before."""
    dice, figures = random.Random(seed), Figures("damage", build)
    figures.more = dict.fromkeys(KINDS, 0) | {"changes": 0, "at_start": 0, "crashes": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        good = _written(Path(folder, "good", "journal.db"))
        data, wanted = good.read_bytes(), _answers(good)
        copy = Path(folder, "copy", "journal.db")
        copy.parent.mkdir()
        shutil.copy(f"{good}.anchor", f"{copy}.anchor")
        while figures.runs < runs:
            kind = dice.choice(list(KINDS))
            changed = bytearray(data)
            KINDS[kind](changed, dice)
            copy.write_bytes(changed)
            _judge(copy, wanted, kind, figures)
    return figures


def _written(path: Path) -> Path:
    """Return a closed journal of some dozen entries."""
    new_journal(path)
    with closing(opened_writer(path, now())) as opened:
        book = load_book(opened.connection)
        for _ in range(ENTRIES):
            _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
    return path


def _answers(path: Path) -> list[object] | None:
    """Return all that the journal's tables say, None where they cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            return [connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES]  # noqa: S608
    except Exception:  # noqa: BLE001 - unreadable is harmful, whatever it is called
        return None


def _judge(copy: Path, wanted: list[object] | None, kind: str, figures: Figures) -> None:
    figures.more["changes"] += 1
    if _answers(copy) == wanted:
        return
    figures.runs += 1
    figures.more[kind] += 1
    try:
        at_start, wholly = _noticed(copy, figures.build)
    except Exception as error:  # noqa: BLE001 - the checker must not die of what it checks
        figures.more["crashes"] += 1
        figures.fail(f"{kind}: the checker died: {type(error).__name__}: {error}")
        return
    figures.more["at_start"] += at_start
    if not (at_start or wholly):
        figures.damaged += 1
        figures.fail(f"{kind}: not noticed")


def _noticed(copy: Path, build: str) -> tuple[bool, bool]:
    """Return whether a look at the start notices the change, and whether a whole check does."""
    from core.refusal import RefusedError

    try:
        connection = connect_reader(copy, any_schema=True)
    except RefusedError:
        return True, True
    with closing(connection):
        if build == MUTANT:
            rows = connection.execute("PRAGMA integrity_check").fetchall()
            return False, rows != [("ok",)]
        return quick_check(connection, copy) is not None, not verify(connection).ok


def run_untouched(runs: int) -> Figures:
    """Start `runs` times on a journal that nobody touched: no alarm may be raised."""
    figures = Figures("false alarms")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        path = _written(Path(folder, "journal.db"))
        for _ in range(runs):
            figures.runs += 1
            with closing(opened_writer(path, now())) as opened:
                if opened.read_only or opened.was_left_open:
                    figures.fail(opened.read_only or "taken for left open")
    return figures


def run_log(runs: int, seed: int = 5, build: str = SOUND) -> Figures:
    """Kill a writer, then flip a bit of its log, cut it or take it away: a loss must be told at the start."""
    dice, figures = random.Random(seed), Figures("log faults", build)
    figures.more = {"bit": 0, "cut": 0, "deleted": 0, "entries_lost": 0, "harmless": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        for number in range(runs):
            _one_log(Path(folder, str(number), "journal.db"), dice, figures)
            shutil.rmtree(Path(folder, str(number)))
    return figures


def _one_log(path: Path, dice: random.Random, figures: Figures) -> None:
    new_journal(path)
    acks, count = Acks(), dice.randrange(5, 30)
    child = forked(partial(_write_and_die, path, acks, count))
    os.waitpid(child, 0)
    heard = acks.heard()
    log = Path(f"{path}-wal")
    kind = dice.choice(["bit", "cut", "deleted"])
    data = bytearray(log.read_bytes())
    if kind == "bit":
        _bit(data, dice)
        log.write_bytes(data)
    elif kind == "cut":
        log.write_bytes(data[: dice.randrange(len(data))])
    else:
        log.unlink()
    if figures.build == LOG_MUTANT:
        Path(f"{path}.anchor").unlink()
    figures.runs += 1
    figures.acks += len(heard)
    figures.more[kind] += 1
    with hold_journal(path), closing(opened_writer(path, now())) as opened:
        there = {seq for (seq,) in opened.connection.execute("SELECT seq FROM journal_entry")}
        gone = sum(seq not in there for seq, _ in heard)
        figures.more["entries_lost"] += gone
        figures.more["harmless"] += not gone
        if gone and not opened.read_only:
            figures.damaged += 1
            figures.fail(f"{kind}: {gone} entries are gone and nothing was said")
        if not gone and opened.read_only:
            figures.fail(f"{kind}: nothing is gone, but: {opened.read_only}")


def _write_and_die(path: Path, acks: Acks, count: int) -> None:
    opened = opened_writer(path, now())
    opened.connection.execute("PRAGMA wal_autocheckpoint = 0")
    book = load_book(opened.connection)
    for _ in range(count):
        _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
        acks.say(book.last_seq, book.last_hash)
    os.kill(os.getpid(), 9)
