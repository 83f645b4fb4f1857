"""How long does a log of 100,000 entries take to leave in each form, and how long does the window stand still?"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.journal.entry import Draft
    from core.positions.book import Book

ENTRIES, A_BATCH, A_PAIR = 100_000, 5_000, 20
MOST_GAP_MS = 200.0
BEAT_MS = 10
BEGUN = datetime(2018, 1, 10, 15, 0, tzinfo=UTC)


def run() -> list[str]:
    """Return one line a form: seconds from the wish to the file, its size, and the longest pause of the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="condor-watch-bench-") as folder:
        journal = Path(folder, "journal.db")
        _fill(journal)
        return [f"export of {ENTRIES:,} entries (goal: no pause above {MOST_GAP_MS:g} ms)", *_measure(journal)]


def _fill(journal: Path) -> None:
    """Write a journal of notes and of a layer that is opened and closed again and again."""
    from core.journal.entry import Stamp
    from db.journal_store import append, create_journal, load_book
    from db.sessions import ensure_calendar, load_calendar

    with closing(create_journal(journal, BEGUN)) as connection:
        ensure_calendar(connection, BEGUN)
        calendar = load_calendar(connection)
        for first in range(1, ENTRIES, A_BATCH):
            book = load_book(connection)
            drafts = list(_drafts(book, calendar, first, min(A_BATCH, ENTRIES - first)))
            append(connection, book, drafts, [Stamp(2748.23, 9.82, 0.41, 0, "ab" * 32)] * len(drafts), BEGUN)


def _drafts(book: Book, calendar: object, first: int, count: int) -> Iterator[Draft]:
    from core.journal.acts import close_layer, open_layer, write_note
    from core.journal.chain import GENESIS, link
    from core.journal.entry import Stamp
    from core.journal.fold import apply
    from core.positions.leg import parse_fill

    held = book
    for number in range(first, first + count):
        at = BEGUN + timedelta(seconds=number)
        if number % A_PAIR > 1:
            yield write_note(held, text=f"note {number}: watched CPI, nothing to do", layer=1, at=at)
            continue
        act, leg = (open_layer, "+4") if number % A_PAIR == 1 else (close_layer, "-4")
        fill = parse_fill(f"{leg} VIX 2018-03-21 C 25 @ 1.2{number % 10}")
        draft = act(held, calendar, number=1, fills=[fill], fees=Decimal("2.60"), at=at)  # type: ignore[arg-type]
        entry = link(draft, Stamp(), seq=held.last_seq + 1, prev=held.last_hash or GENESIS, recorded_at=at)
        held = apply(held, entry)
        yield draft


def _measure(journal: Path) -> Iterator[str]:
    from PySide6.QtCore import QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from core.journal.log_choice import LogChoice
    from core.market.snapshot import Ages
    from db.exports.formats import FILES, SUFFIXES
    from db.playbooks import load_playbook
    from gui.jobs import Rules, open_journal
    from gui.log.calm import Calm
    from gui.log.export_job import ExportWish, export_log
    from gui.tasks import DatabaseThread

    app = QApplication.instance() or QApplication(["bench"])
    thread = DatabaseThread(lambda: open_journal(journal, BEGUN), QObject(app))
    thread.begin()
    calm = Calm(app)
    rules, now = Rules(load_playbook(), Ages()), BEGUN + timedelta(days=5)
    for form in FILES:
        path = journal.with_name(f"log-{form}{SUFFIXES[form]}")
        wish, loop, told, gaps = ExportWish(path, form, LogChoice()), QEventLoop(), [], []
        last = [time.perf_counter()]

        def beat(last: list[float] = last, gaps: list[float] = gaps) -> None:
            gaps.append(time.perf_counter() - last[0])
            last[0] = time.perf_counter()

        timer = QTimer(app, interval=BEAT_MS)
        timer.timeout.connect(beat)
        timer.start()
        calm.begin()
        begun = time.perf_counter()
        thread.submit(
            lambda held, wish=wish, told=told: export_log(held, wish, rules, now, lambda *done: told.append(done)),
            lambda _rows, loop=loop: loop.quit(),
            lambda error, loop=loop: (print(error), loop.quit()),
        )
        loop.exec()
        timer.stop()
        calm.end()
        took, size = time.perf_counter() - begun, path.stat().st_size if path.exists() else 0
        ordered = sorted(gaps)
        p99 = 1000 * ordered[int(len(ordered) * 0.99)] if ordered else 0.0
        longest = 1000 * max(gaps, default=0.0)
        yield (
            f"{form:>10}: {took:6.1f} s, {size / 1e6:7.1f} MB, {len(told):4} reports of progress; "
            f"window's gaps p99 {p99:5.1f} ms, longest {longest:6.1f} ms"
        )
    thread.stop()
