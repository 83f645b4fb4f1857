"""How long until an entry is saved for good, and until a long journal is checked from its first entry?"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from core.journal.acts import acknowledge, close_layer, open_layer
from core.journal.chain import link, stored_row
from core.journal.entry import Stamp
from core.journal.replay import Replay
from core.positions.book import Book
from db.connection import connect_reader
from db.journal_store import append, create_journal, load_book
from db.opening import opened_writer
from db.projection import rebuild
from db.verify import verify
from tests.core.journal.desk import CALENDAR, MORNING, d, legs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.journal.entry import Draft

COMMITS, ENTRIES = 1000, 200_000
P99_MS, VERIFY_S, FACTOR = 20.0, 3.0, 3.0
STAMP = Stamp(2748.23, 9.82, 0.41, 0, "feed" * 16)


def run() -> list[str]:
    """Return the lines of the report: a commit beside the bare one of SQLite, and the check of 200,000 entries."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = _commits(Path(folder, "one.db")), _bare(Path(folder, "bare.db"))
        path = Path(folder, "many.db")
        _many(path, ENTRIES)
        start_ms, check_s = _start(path), _check(path)
    return [
        "journal: an act until it is acknowledged, and a whole check",
        (
            f"  commit, guard and anchor: p50 {np.median(ours):.2f} ms, p99 {np.percentile(ours, 99):.2f} ms "
            f"(goal {P99_MS:.0f}); bare SQLite p50 {np.median(bare):.2f}, p99 {np.percentile(bare, 99):.2f}"
        ),
        f"  opening {ENTRIES:,} entries with the quick checks: {start_ms:.1f} ms",
        f"  verify of {ENTRIES:,} entries: {check_s:.2f} s (goal {VERIFY_S:.0f})",
    ]


def _drafts() -> Iterator[Draft]:
    """Yield acts for ever: a hedge opened and closed, alerts seen in between, half of each."""
    at, terms = MORNING, {"number": 1, "fees": d("6.40")}
    opening = open_layer(Book(), CALENDAR, fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"), at=at, **terms)
    replay = Replay(Book())
    replay.take(link(opening, STAMP, seq=1, prev="", recorded_at=at))
    closing_ = close_layer(replay.book(), CALENDAR, fills=legs("-4 VIX 2018-03-21 C 25 @ 1.50"), at=at, **terms)
    seen = acknowledge(Book(), alert_key="rung:4:2018-01-10", at=at)
    number = 0
    while True:
        for draft in (opening, seen, closing_, seen):
            yield replace(draft, event_time=at + timedelta(seconds=number))
            number += 1


def _commits(path: Path) -> list[float]:
    """Return the milliseconds of each act from its draft to its acknowledgement."""
    create_journal(path, MORNING).close()
    times = []
    with closing(opened_writer(path, MORNING)) as opened:
        book = load_book(opened.connection)
        for _, draft in zip(range(COMMITS), _drafts(), strict=False):
            began = perf_counter()
            _, book = append(opened.connection, book, [draft], [STAMP], MORNING)
            times.append((perf_counter() - began) * 1000)
    return times


def _bare(path: Path) -> list[float]:
    """Return the milliseconds of a commit of as many bytes that knows nothing of a journal."""
    times = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT)")
        for _ in range(COMMITS):
            began = perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO entry (body) VALUES (?)", ("x" * 900,))
            connection.execute("COMMIT")
            times.append((perf_counter() - began) * 1000)
    return times


def _many(path: Path, count: int) -> None:
    """Make a long journal, all entries in one transaction."""
    with closing(create_journal(path, MORNING)) as connection:
        book = load_book(connection)
        seq, prev, rows = book.last_seq, book.last_hash, []
        for _, draft in zip(range(count - 1), _drafts(), strict=False):
            seq += 1
            entry = link(draft, STAMP, seq=seq, prev=prev, recorded_at=draft.event_time)
            rows.append(stored_row(entry))
            prev = entry.hash
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO journal_entry ({names}) VALUES ({marks})", rows)  # noqa: S608
        connection.execute("UPDATE meta SET value = ? WHERE key = 'head'", (f"{seq} {prev}",))
        connection.execute("COMMIT")
        rebuild(connection)


def _start(path: Path) -> float:
    """Return the milliseconds until a journal is open for work, its quick checks done."""
    began = perf_counter()
    with closing(opened_writer(path, MORNING)) as opened:
        if opened.read_only:
            raise RuntimeError(opened.read_only)
        return (perf_counter() - began) * 1000


def _check(path: Path) -> float:
    with closing(connect_reader(path)) as connection:
        began = perf_counter()
        report = verify(connection)
        took = perf_counter() - began
    if not report.ok or report.entries != ENTRIES:
        raise RuntimeError(f"{report.entries} entries: {report.problems[:1]}")
    return took
