"""G6: what if the program is killed while it brings a journal to a newer schema? Wholly old or wholly new."""

from __future__ import annotations

import random
import shutil
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from core.journal.entry import Stamp
from db.backup import backups_of
from db.connection import as_database, connect_reader, connect_writer
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.migrations import STEPS, Step
from db.opening import migrate_safely, opened_writer
from db.verify import verify
from tests.faults.kit import SOUND, Figures, forked, killed, new_journal, next_draft, now, timed, verified

MUTANT = "step_by_step"
ENTRIES, ROWS = 60, 400
NEXT = Step(
    "next_step_of_a_test",
    (
        "CREATE TABLE tag (seq INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        *(f"INSERT INTO tag VALUES ({number}, 'tag {number}')" for number in range(ROWS)),  # noqa: S608
        "CREATE INDEX tag_by_name ON tag (name)",
    ),
)
LONGEST_S = 0.2


def run(runs: int, seed: int = 7, build: str = SOUND) -> Figures:
    """Kill a migration to a made-up next schema `runs` times at random instants."""
    dice, figures = random.Random(seed), Figures("migration killed", build)
    figures.more = {"old": 0, "new": 0, "mixed": 0, "new_without_backup": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        good = Path(folder, "good", "journal.db")
        new_journal(good)
        with closing(opened_writer(good, now())) as opened:
            book = load_book(opened.connection)
            for _ in range(ENTRIES):
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
        for number in range(runs):
            path = Path(folder, str(number), "journal.db")
            shutil.copytree(good.parent, path.parent)
            killed(forked(partial(_migrate, path, build)), dice.random() * LONGEST_S)
            _judge(path, book.last_hash, figures)
            shutil.rmtree(path.parent)
    return figures


def _migrate(path: Path, build: str) -> None:
    with hold_journal(path), closing(connect_writer(path)) as connection:
        if build == MUTANT:  # a broken build: no transaction around the step, and no backup
            for statement in NEXT.statements:
                as_database(connection).execute(statement)
            connection.execute("PRAGMA user_version = 2")
        else:
            migrate_safely(connection, path, now(), (*STEPS, NEXT))


def _judge(path: Path, head: str, figures: Figures) -> None:
    figures.runs += 1
    with closing(connect_reader(path, any_schema=True)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'tag%'").fetchone()
        rows = connection.execute("SELECT count(*) FROM tag").fetchone()[0] if tables else 0
        report = verify(connection, steps=(*STEPS, NEXT))
    is_old, is_new = (version, tables) == (1, 0), (version, tables, rows) == (2, 2, ROWS)
    figures.more["old" if is_old else "new" if is_new else "mixed"] += 1
    if not (is_old or is_new):
        figures.partial += 1
    if not report.ok or report.head_hash != head:
        figures.damaged += 1
        figures.fail(report.problems[0] if report.problems else "another head")
    backups = backups_of(path)
    if is_new and not (backups and verified(backups[0].path)):
        figures.more["new_without_backup"] += 1
        figures.fail("migrated without a verified backup")
