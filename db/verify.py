"""Is the journal whole? The chain from its first entry, the notes, the schema, the tables, the file itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.journal.canonical import canonical, parse_canonical
from core.journal.replay import Replay
from core.journal.undo import taken_back
from core.positions.book import Book
from db.connection import APPLICATION_ID, SCHEMA_VERSION
from db.journal_errors import CancelledError
from db.journal_read import SIMULATED_KEY
from db.journal_store import CREATED_KEY, HEAD_KEY
from db.migrations import STEPS, statements_of
from db.projection import TABLES, owners, rows_of
from db.verify_chain import MAX_PROBLEMS, STEP, Findings, check_batches, check_chain, check_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.migrations import Step

_OTHERS_OBJECTS = ("_sqlite_migrations", "sqlite_")
"""What sqlite-utils and SQLite keep for themselves."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was found. `entries` were read; `first_bad_seq` is the first that fails, or that is missing.

    `head_seq`, `head_hash`: the last entry whose chain holds; with them a later cut can be proved.
    """

    entries: int
    ok: bool
    first_bad_seq: int | None
    problems: tuple[str, ...]
    head_seq: int
    head_hash: str


def verify(
    connection: sqlite3.Connection, tell: Callable[[int], None] | None = None, steps: Sequence[Step] = STEPS
) -> VerifyReport:
    """Check a journal through a connection of its own; whatever goes wrong is damage that is reported.

    `tell` is called now and then with the entries done, each counted twice: chain and book. It may raise
    CancelledError, which ends the check.
    """
    is_inside = connection.in_transaction
    findings = Findings(tell=tell or (lambda _count: None), steps=steps)
    for name, check in CHECKS:
        try:
            if not connection.in_transaction:
                connection.execute("BEGIN")  # every check sees the same moment
            findings.tell(findings.entries)
            check(connection, findings)
        except CancelledError:
            if not is_inside:
                _end(connection)
            raise
        except Exception as error:  # noqa: BLE001 - an error in the checker is damage, of whatever type
            findings.bad(f"{name} could not be checked: {type(error).__name__}: {error}")
    if not is_inside:
        _end(connection)
    return VerifyReport(
        entries=findings.entries,
        ok=not findings.problems,
        first_bad_seq=findings.first_bad,
        problems=tuple(findings.problems),
        head_seq=findings.head_seq,
        head_hash=findings.head_hash,
    )


def _end(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _check_file(connection: sqlite3.Connection, findings: Findings) -> None:
    application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if application != APPLICATION_ID or not 1 <= version <= len(findings.steps):
        findings.bad(f"the file says it is {(application, version)}, not {(APPLICATION_ID, SCHEMA_VERSION)}")
    for (said,) in connection.execute(f"PRAGMA integrity_check({MAX_PROBLEMS:d})"):
        if said != "ok":
            findings.bad(f"the file is damaged: {said}")
    for row in connection.execute("PRAGMA foreign_key_check"):
        findings.bad(f"table {row[0]} row {row[1]} refers to a missing row of {row[2]}")


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _check_schema(connection: sqlite3.Connection, findings: Findings) -> None:
    for said in schema_differences(connection, findings.steps):
        findings.bad(said)


def schema_differences(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> Iterator[str]:
    """Compare every table, index, trigger and view with those of an empty journal of the same version."""
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in statements_of(_pragma(connection, "user_version"), steps):
            empty.execute(statement)
        ours = _schema(empty)
    found = _schema(connection)
    for name in sorted(ours.keys() | found.keys()):
        if name not in found:
            yield f"{name} is missing"
        elif name not in ours:
            yield f"{name} is not ours"
        elif ours[name] != found[name]:
            yield f"{name} was changed"


def _schema(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {f"{kind} {name}": sql or "" for kind, name, of, sql in rows if not of.startswith(_OTHERS_OBJECTS)}


def _check_meta(connection: sqlite3.Connection, findings: Findings) -> None:
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    written, _, found = meta.get(HEAD_KEY, "0 ").partition(" ")
    row = connection.execute("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1").fetchone()
    seq, last = row or (0, "")
    if (int(written), found) != (seq, last):
        missing = seq + 1 if int(written) > seq else None
        findings.bad(f"entries were written up to {written}; the last one here is {seq}", missing)
    first = connection.execute("SELECT body, recorded_at FROM journal_entry WHERE seq = 1").fetchone()
    if first is None:
        return
    if str(int(bool(parse_canonical(first[0])["is_simulated"]))) != meta.get(SIMULATED_KEY):
        findings.bad("whether the journal is simulated was changed")
    if first[1] != meta.get(CREATED_KEY):
        findings.bad("when the journal was begun was changed")


def _check_tables(connection: sqlite3.Connection, findings: Findings) -> None:
    """Replay every entry, checking that each act fits the book it met, and compare the readable tables."""
    if findings.first_bad is not None and len(findings.read) < findings.entries:
        raise ValueError(f"entry {findings.first_bad} is missing or cannot be read")
    book = _replayed(findings)
    if book is None:
        return
    expected = rows_of(book, owners(book))
    for table in TABLES:
        names, found = _rows(connection, table)
        for row in sorted(found ^ {tuple(row[name] for name in names) for row in expected[table]}, key=repr):
            shown = canonical(dict(zip(names, row, strict=True)))
            findings.bad(f"table {table} differs from the entries: {shown}")


def _replayed(findings: Findings) -> Book | None:
    """Return the book that follows from the entries that stand, None where one does not fit it."""
    gone = taken_back(findings.read)
    replay = Replay(Book())
    for count, entry in enumerate(findings.read, 1):
        try:
            if entry.seq in gone:
                replay.pass_over(entry)
            else:
                replay.take(entry, confirms=True)
        except Exception as error:  # noqa: BLE001 - whatever its body holds
            findings.bad(f"entry {entry.seq} does not fit the book: {error}", entry.seq)
            return None
        if count % STEP == 0:
            findings.tell(findings.entries + count)
    return replay.book()


def _rows(connection: sqlite3.Connection, table: str) -> tuple[list[str], set[tuple[Any, ...]]]:
    cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of TABLES
    return [column[0] for column in cursor.description], set(cursor)


CHECKS: tuple[tuple[str, Callable[[sqlite3.Connection, Findings], None]], ...] = (
    ("the file", _check_file),
    ("the schema", _check_schema),
    ("the chain", check_chain),
    ("the batches", check_batches),
    ("the notes", check_notes),
    ("the head", _check_meta),
    ("the book", _check_tables),
)
