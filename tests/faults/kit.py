"""What do the harnesses share? A writer that says what was acknowledged, a killer, and the reckoning."""

from __future__ import annotations

import json
import mmap
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.journal.acts import acknowledge, close_layer, open_layer
from core.journal.entry import Stamp
from core.market.quote import Quote
from db.backup import make_backup
from db.connection import connect_reader
from db.files import write_whole
from db.journal_store import append, create_journal, load_book
from db.lock import hold_journal
from db.market_store import add_quotes
from db.opening import opened_writer
from db.verify import verify
from tests.core.journal.desk import CALENDAR, MORNING, d, legs

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.journal.entry import Draft
    from core.positions.book import Book

PHASES = ("open", "commit", "import", "checkpoint", "backup", "export", "close")
SOUND = "sound"
ROWS = 100
"""Quotes that a piece of work called import writes in one transaction: all of them are there or none."""
PIPE_BYTES = 1 << 20
BATCH = 5
"""Entries that are written in one transaction."""


@dataclass
class Figures:
    """What a harness saw. `failures` are in words; none means that the promise was kept."""

    name: str
    build: str = SOUND
    runs: int = 0
    acks: int = 0
    lost: int = 0
    damaged: int = 0
    partial: int = 0
    phases: dict[str, int] = field(default_factory=dict)
    more: dict[str, int | float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def fail(self, text: str) -> None:
        """Note what went wrong; the first ten are kept in words."""
        if len(self.failures) < 10:
            self.failures.append(text)

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept."""
        return not (self.lost or self.damaged or self.partial or self.failures)

    def line(self) -> str:
        """Return the figures as one line of JSON."""
        return json.dumps(asdict(self) | {"kept": self.is_kept})


@contextmanager
def timed(figures: Figures) -> Iterator[Figures]:
    """Measure how long a harness takes."""
    began = time.perf_counter()
    yield figures
    figures.seconds = round(time.perf_counter() - began, 1)


class Phase:
    """Where a child is, seen by its parent however it dies."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 1)

    def begin(self, name: str) -> None:
        self._shared[0] = PHASES.index(name)

    @property
    def name(self) -> str:
        return PHASES[self._shared[0]]


class Acks:
    """A pipe through which a child says what it was told is saved; what was said outlives it."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        if sys.platform == "linux":  # a full pipe would hold up the writer
            import fcntl

            fcntl.fcntl(self.writing, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def say(self, seq: int, found: str) -> None:
        os.write(self.writing, f"{seq} {found}\n".encode("ascii"))

    def heard_text(self) -> str:
        """Return everything that was said, as it was; the child must be dead."""
        os.close(self.writing)
        with os.fdopen(self.reading, "rb") as pipe:
            return pipe.read().decode("ascii")

    def heard(self) -> list[tuple[int, str]]:
        """Return everything that was said; the child must be dead."""
        lines = self.heard_text().split("\n")[:-1]
        return [(int(seq), found) for seq, found in (line.split(" ") for line in lines)]


def now() -> datetime:
    return datetime.now(UTC)


def new_journal(path: Path) -> tuple[int, str]:
    """Make a journal and return its head."""
    connection = create_journal(path, now())
    head = connection.execute("SELECT seq, hash FROM journal_entry").fetchone()
    connection.close()
    return int(head[0]), str(head[1])


def next_draft(book: Book) -> Draft:
    """Return an act that fits the book: a hedge is opened and closed in turn, and alerts are seen."""
    layer = book.layers.get((1, None))
    if book.last_seq % 3 == 0:
        return acknowledge(book, alert_key=f"rung:4:{book.last_seq}", at=MORNING)
    terms = {"number": 1, "fees": d("1.30"), "at": MORNING}
    if layer is not None and layer.is_open:
        return close_layer(book, CALENDAR, fills=legs("-4 VIX 2018-03-21 C 25 @ 1.40"), **terms)
    return open_layer(book, CALENDAR, fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"), **terms)


def quotes_of(number: int) -> list[Quote]:
    return [Quote("SPX", 5000.0 + row / 100, now(), f"batch-{number}-{row}") for row in range(ROWS)]


def write_for_ever(path: Path, acks: Acks, phase: Phase, build: str, seed: int) -> None:
    """Open the journal and write until killed: entries, batches, quotes, checkpoints, backups, exports."""
    dice = random.Random(seed)
    phase.begin("open")
    with hold_journal(path), closing(opened_writer(path, now())) as opened:
        if opened.read_only:
            os._exit(9)
        connection, book = opened.connection, load_book(opened.connection)
        while True:
            book = _one_piece(connection, path, book, acks, phase, build, dice)


def _one_piece(  # noqa: PLR0917 - what a writer has in hand
    connection: sqlite3.Connection,
    path: Path,
    book: Book,
    acks: Acks,
    phase: Phase,
    build: str,
    dice: random.Random,
) -> Book:
    throw = dice.random()
    if throw < 0.70:
        return _append(connection, book, acks, phase, build)
    if throw < 0.82:
        phase.begin("import")
        if dice.random() < 0.5:
            add_quotes(connection, quotes_of(dice.randrange(10**9)), now())
            return book
        return _append_batch(connection, book, acks)
    if throw < 0.90:
        phase.begin("checkpoint")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    elif throw < 0.96:
        phase.begin("export")
        write_whole(path.with_name("log.csv"), b"x" * 20_000)
    else:
        phase.begin("backup")
        make_backup(connection, path, now())
    return book


def _append(connection: sqlite3.Connection, book: Book, acks: Acks, phase: Phase, build: str) -> Book:
    phase.begin("commit")
    draft = next_draft(book)
    if build == "ack_first":  # a broken build: it says "saved" before it is
        acks.say(book.last_seq + 1, "0" * 64)
    _, book = append(connection, book, [draft], [Stamp()], now())
    if build != "ack_first":
        acks.say(book.last_seq, book.last_hash)
    return book


def _append_batch(connection: sqlite3.Connection, book: Book, acks: Acks) -> Book:
    drafts = [acknowledge(book, alert_key=f"batch:{number}", at=MORNING) for number in range(BATCH)]
    entries, book = append(connection, book, drafts, [Stamp()] * BATCH, now())
    for entry in entries:
        acks.say(entry.seq, entry.hash)
    return book


def forked(work: Callable[[], None]) -> int:
    """Run work in a child; return its process number. An error of the child ends it with 8."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - a child must never come back
        os.write(2, f"child: {type(error).__name__}: {error}\n".encode())
        os._exit(8)
    os._exit(0)


def killed(child: int, delay_s: float) -> bool:
    """Kill a child after a time; return whether it was alive until then."""
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def reckon(path: Path, acks: list[tuple[int, str]], figures: Figures, *, whole: bool) -> tuple[int, str]:
    """Open a journal after a fault as the program would, count what is lost or damaged, and return its head."""
    with hold_journal(path), closing(opened_writer(path, now())) as opened:
        if opened.read_only:
            figures.damaged += 1
            figures.fail(opened.read_only)
        rows = dict(opened.connection.execute("SELECT seq, hash FROM journal_entry"))
        figures.lost += sum(rows.get(seq) != found for seq, found in acks)
        beyond = len([seq for seq in rows if seq > acks[-1][0]]) if acks else 0
        if beyond > BATCH:
            figures.fail(f"{beyond} entries nobody was told of")
        counts = Counter(
            source.rsplit("-", 1)[0] for (source,) in opened.connection.execute("SELECT source FROM market_quote")
        )
        figures.partial += sum(count != ROWS for count in counts.values())
        if whole:
            _reckon_whole(opened.connection, figures)
        head = max(rows)
        return head, rows[head]


def _reckon_whole(connection: sqlite3.Connection, figures: Figures) -> None:
    report = verify(connection)
    if not report.ok:
        figures.damaged += 1
        figures.fail(report.problems[0])


def verified(path: Path) -> bool:
    """Whether a journal file holds from its first entry."""
    with closing(connect_reader(path, any_schema=True)) as connection:
        return verify(connection).ok
