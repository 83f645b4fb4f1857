"""How does the schema grow? By small named steps, each in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.lean_import import importing_without
from db.connection import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlite_utils import Database

JOURNAL_TABLES = (
    """
    CREATE TABLE journal_entry (
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        kind TEXT NOT NULL,
        event_time TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        clock_flag INTEGER NOT NULL DEFAULT 0,
        batch TEXT NOT NULL DEFAULT '',
        n_in_batch INTEGER NOT NULL DEFAULT 0,
        source_key TEXT,
        occurrence INTEGER NOT NULL DEFAULT 0,
        spx_e8 INTEGER, vix_e8 INTEGER, edr_pct_e8 INTEGER, rung INTEGER,
        playbook_hash TEXT NOT NULL,
        body TEXT NOT NULL,
        note_hash TEXT NOT NULL DEFAULT '',
        prev TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        UNIQUE (source_key, occurrence)
    ) STRICT
    """,
    """
    CREATE TRIGGER journal_entry_keeps BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed: write a correcting entry'); END
    """,
    """
    CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted: write a correcting entry'); END
    """,
    """
    CREATE TRIGGER journal_entry_follows BEFORE INSERT ON journal_entry
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal_entry)
        OR EXISTS (SELECT 1 FROM journal_entry WHERE hash = NEW.hash)
        OR EXISTS (SELECT 1 FROM journal_entry
                   WHERE source_key = NEW.source_key AND occurrence = NEW.occurrence)
    BEGIN SELECT RAISE(ABORT, 'a journal entry follows the last one and replaces none'); END
    """,
    "CREATE TABLE note (hash TEXT PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    """
    CREATE TRIGGER note_keeps BEFORE UPDATE ON note
    BEGIN SELECT RAISE(ABORT, 'a note is never changed: erase it or write another'); END
    """,
    """
    CREATE TABLE condor (
        id INTEGER PRIMARY KEY,
        root TEXT NOT NULL, expiry TEXT NOT NULL, quantity INTEGER NOT NULL,
        cash_e8 INTEGER NOT NULL, fees_e8 INTEGER NOT NULL,
        opened_at TEXT NOT NULL, is_open INTEGER NOT NULL, flags TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE layer (
        id TEXT PRIMARY KEY,
        number INTEGER NOT NULL, name TEXT NOT NULL, condor_id INTEGER,
        cash_e8 INTEGER NOT NULL, fees_e8 INTEGER NOT NULL,
        opened_at TEXT NOT NULL, is_open INTEGER NOT NULL, flags TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE leg (
        owner TEXT NOT NULL, position INTEGER NOT NULL,
        root TEXT NOT NULL, kind TEXT NOT NULL, expiry TEXT, "right" TEXT NOT NULL, strike_e8 INTEGER,
        quantity INTEGER NOT NULL, opened_points_e8 INTEGER,
        PRIMARY KEY (owner, position)
    ) STRICT
    """,
    """
    CREATE TABLE fill (
        owner TEXT NOT NULL, position INTEGER NOT NULL,
        seq INTEGER NOT NULL, act TEXT NOT NULL, time TEXT NOT NULL,
        root TEXT NOT NULL, kind TEXT NOT NULL, expiry TEXT, "right" TEXT NOT NULL, strike_e8 INTEGER,
        quantity INTEGER NOT NULL, price_e8 INTEGER,
        PRIMARY KEY (owner, position)
    ) STRICT
    """,
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)

MARKET_TABLES = (
    """
    CREATE TABLE import_batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file_name TEXT NOT NULL, file_hash TEXT NOT NULL, layout TEXT NOT NULL,
        imported_at TEXT NOT NULL, report TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE market_bar (
        symbol TEXT NOT NULL, interval TEXT NOT NULL, time TEXT NOT NULL, source TEXT NOT NULL,
        open REAL, high REAL, low REAL, close REAL,
        range_broken INTEGER NOT NULL DEFAULT 0,
        batch INTEGER NOT NULL REFERENCES import_batch (id),
        PRIMARY KEY (symbol, interval, time, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE market_breadth (
        universe TEXT NOT NULL, interval TEXT NOT NULL, time TEXT NOT NULL, source TEXT NOT NULL,
        advances REAL, declines REAL, unchanged REAL, net REAL,
        batch INTEGER NOT NULL REFERENCES import_batch (id),
        PRIMARY KEY (universe, interval, time, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE market_before (
        batch INTEGER NOT NULL REFERENCES import_batch (id),
        table_name TEXT NOT NULL, old_batch INTEGER NOT NULL, row TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE market_row_note (
        batch INTEGER NOT NULL REFERENCES import_batch (id), line INTEGER NOT NULL,
        symbol TEXT NOT NULL, day TEXT NOT NULL, field TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (batch, line, symbol, field)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE market_event (
        kind TEXT NOT NULL, day TEXT NOT NULL, actual REAL, consensus REAL, previous REAL,
        batch INTEGER NOT NULL REFERENCES import_batch (id),
        PRIMARY KEY (kind, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE option_quote (
        underlying TEXT NOT NULL, time TEXT NOT NULL, source TEXT NOT NULL,
        root TEXT NOT NULL, expiry TEXT NOT NULL, strike_e8 INTEGER NOT NULL, "right" TEXT NOT NULL,
        bid REAL, ask REAL, last REAL, iv REAL, delta REAL, gamma REAL, volume INTEGER, open_interest INTEGER,
        batch INTEGER NOT NULL REFERENCES import_batch (id),
        PRIMARY KEY (underlying, time, source, root, expiry, strike_e8, "right")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE column_mapping (
        header_hash TEXT PRIMARY KEY, header TEXT NOT NULL, mapping TEXT NOT NULL, saved_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE market_quote (
        symbol TEXT NOT NULL, time TEXT NOT NULL, source TEXT NOT NULL, value REAL NOT NULL,
        recorded_at TEXT NOT NULL,
        PRIMARY KEY (symbol, time, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE stored_array (
        name TEXT PRIMARY KEY, version TEXT NOT NULL, dtype TEXT NOT NULL, shape TEXT NOT NULL, data BLOB NOT NULL
    ) STRICT
    """,
)


class Step(NamedTuple):
    """One step of the schema, with the statements that make it. A step that was shipped is never changed."""

    name: str
    statements: tuple[str, ...]


STEPS = (Step("m001_journal_and_market", (*JOURNAL_TABLES, *MARKET_TABLES)),)
"""The schema of version n is made by the first n steps."""


def migrate(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Bring a journal file to the newest schema, one named step after the other, each in one transaction."""
    with importing_without("pandas"):
        from sqlite_utils import Migrations
    known = Migrations("condor-watch")
    for version, step in enumerate(steps, 1):
        known(name=step.name)(_work_of(step, version))
    known.apply(database)
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != len(steps):
        raise RuntimeError(f"the migrations end at schema {version}, not {len(steps)}")


def _work_of(step: Step, version: int) -> Callable[[Database], None]:
    """Return what makes one step: its statements, and the version last."""

    def work(database: Database) -> None:
        for statement in step.statements:
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        database.execute(f"PRAGMA user_version = {version:d}")

    return work


def statements_of(version: int, steps: Sequence[Step] = STEPS) -> Iterator[str]:
    """Yield the statements that make an empty journal of a version."""
    for step in steps[:version]:
        yield from step.statements
