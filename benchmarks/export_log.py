"""How long does a log of 100,000 entries take to leave in each form, and how long does the window stand still?"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QObject

    from core.journal.entry import Draft
    from core.positions.book import Book
    from db.exports.formats import LogFormat
    from gui.jobs import OpenJournal, Rules
    from gui.tasks import DatabaseThread

ENTRIES, A_BATCH, A_PAIR = 100_000, 5_000, 20
MOST_GAP_MS = 200.0
BEAT_MS, IDLE_S = 10, 3.0
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
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from core.market.snapshot import Ages
    from db.exports.formats import FILES, SUFFIXES
    from db.playbooks import load_playbook
    from gui.jobs import Rules, open_journal
    from gui.log.calm import Calm
    from gui.tasks import DatabaseThread

    app = QApplication.instance() or QApplication(["bench"])
    thread = DatabaseThread(lambda: open_journal(journal, BEGUN), QObject(app))
    thread.begin()
    calm = Calm(app)
    rules, now = Rules(load_playbook(), Ages()), BEGUN + timedelta(days=5)
    works: dict[str, Callable[[OpenJournal, list[object]], object]] = {
        "(nothing)": lambda _held, told: time.sleep(IDLE_S),  # noqa: ARG005 - every work has the same form
        **{form: partial(_export, journal, form, rules, now) for form in FILES},
    }
    for name, work in works.items():
        told: list[object] = []
        calm.begin()
        took, gaps = _watch(app, thread, partial(work, told=told))
        calm.end()
        path = journal.with_name(f"log-{name}{SUFFIXES[name]}") if name in FILES else journal  # type: ignore[index]
        size = path.stat().st_size / 1e6 if name in FILES else 0.0
        p99, longest = 1000 * gaps[int(len(gaps) * 0.99)], 1000 * gaps[-1]
        yield (
            f"{name:>10}: {took:6.1f} s, {size:7.1f} MB, {len(told):4} reports of progress; "
            f"window's gaps p99 {p99:5.1f} ms, longest {longest:6.1f} ms"
        )
    thread.stop()


def _export(  # noqa: PLR0913, PLR0917 - what is written of what, by which rules
    journal: Path, form: LogFormat, rules: Rules, now: datetime, held: OpenJournal, told: list[object]
) -> int:
    from core.journal.log_choice import LogChoice
    from db.exports.formats import SUFFIXES
    from gui.log.export_job import ExportWish, export_log

    wish = ExportWish(journal.with_name(f"log-{form}{SUFFIXES[form]}"), form, LogChoice())
    return export_log(held, wish, rules, now, lambda *done: told.append(done))


def _watch(
    app: QObject, thread: DatabaseThread, work: Callable[[OpenJournal], object]
) -> tuple[float, list[float]]:
    """Do the work in the thread while the window's own beats; return the seconds, and its pauses, ascending."""
    from PySide6.QtCore import QEventLoop, QTimer

    beats = [time.perf_counter()]
    loop, timer = QEventLoop(), QTimer(app, interval=BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    thread.submit(work, lambda _answer: loop.quit(), lambda _error: loop.quit())
    loop.exec()
    timer.stop()
    return beats[-1] - beats[0], sorted(after - before for before, after in pairwise(beats))
