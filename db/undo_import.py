"""Which imports are there, and how is one taken back? Exactly its rows, and what it wrote over comes back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.refusal import RefusedError
from db.connection import write
from db.event_rows import EVENT_TABLE, REPLACE_EVENT
from db.market_store import refresh_history
from db.market_tables import BARS, BREADTH
from db.option_rows import OPTION_TABLE, REPLACE_OPTION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from core.market.calendar import SessionCalendar

_IMPORTS = """
    SELECT id, file_name, layout, imported_at, report,
        (SELECT count(*) FROM market_bar WHERE batch = id)
        + (SELECT count(*) FROM market_breadth WHERE batch = id)
        + (SELECT count(*) FROM market_event WHERE batch = id)
        + (SELECT count(*) FROM option_quote WHERE batch = id)
    FROM import_batch ORDER BY id
"""
_NEWEST = "SELECT max(id) FROM import_batch"
_NAME = "SELECT file_name FROM import_batch WHERE id = ?"
_WROTE_OVER = "SELECT batch, count(*) FROM market_before WHERE old_batch = ? GROUP BY batch ORDER BY batch"
_KEPT = "SELECT table_name, row FROM market_before WHERE batch = ? ORDER BY rowid"
_DELETE_ROWS = (
    "DELETE FROM market_bar WHERE batch = ?",
    "DELETE FROM market_breadth WHERE batch = ?",
    "DELETE FROM market_event WHERE batch = ?",
    "DELETE FROM option_quote WHERE batch = ?",
)
_DELETE_REST = (
    "DELETE FROM market_before WHERE batch = ?",
    "DELETE FROM market_row_note WHERE batch = ?",
    "DELETE FROM import_batch WHERE id = ?",
)
_RESTORE = {
    BARS.name: BARS.replace,
    BREADTH.name: BREADTH.replace,
    EVENT_TABLE: REPLACE_EVENT,
    OPTION_TABLE: REPLACE_OPTION,
}


class UndoRefusedError(RefusedError):
    """An import that cannot be taken back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import as it is listed: `rows` are those that stand in the tables with its values."""

    batch: int
    file: str
    layout: str
    imported_at: str
    symbols: tuple[str, ...]
    rows: int

    def as_record(self) -> dict[str, Any]:
        """Return the import for JSON."""
        return asdict(self) | {"symbols": list(self.symbols)}


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo did: rows taken out, rows that are again as they were before, and what to know."""

    batch: int
    file: str
    removed: int
    restored: int
    notes: tuple[str, ...]


def list_imports(connection: sqlite3.Connection) -> tuple[ImportRecord, ...]:
    """Return the imports that stand, the oldest first."""
    return tuple(
        ImportRecord(number, file, layout, at, _symbols(json.loads(report)), rows)
        for number, file, layout, at, report, rows in connection.execute(_IMPORTS)
    )


def undo_import(connection: sqlite3.Connection, calendar: SessionCalendar, batch: int | None = None) -> UndoResult:
    """Take an import back in one transaction, the newest if none is named, and pack the history anew.

    Its rows go; those that it wrote over are as they were. Raises UndoRefusedError where there is no such
    import, and where a later one wrote over its rows: that one has to be taken back first.
    """
    with write(connection):
        number, file = _named(connection, batch)
        _refuse_if_written_over(connection, number)
        notes = tuple(_held_by_later_files(connection, number))
        kept = connection.execute(_KEPT, (number,)).fetchall()
        removed = sum(connection.execute(statement, (number,)).rowcount for statement in _DELETE_ROWS)
        for table, row in kept:
            connection.execute(_RESTORE[table], json.loads(row))
        for statement in _DELETE_REST:
            connection.execute(statement, (number,))
        refresh_history(connection, calendar)
    return UndoResult(number, file, removed - len(kept), len(kept), notes)


def _named(connection: sqlite3.Connection, batch: int | None) -> tuple[int, str]:
    number = batch if batch is not None else connection.execute(_NEWEST).fetchone()[0]
    if number is None:
        raise UndoRefusedError("nothing was imported, so there is nothing to take back")
    row = connection.execute(_NAME, (number,)).fetchone()
    if row is None:
        raise UndoRefusedError(f"there is no import {number}: the list of imports names those there are")
    return number, str(row[0])


def _refuse_if_written_over(connection: sqlite3.Connection, number: int) -> None:
    over = connection.execute(_WROTE_OVER, (number,)).fetchall()
    if not over:
        return
    later = ", ".join(f"import {batch} ({rows} rows)" for batch, rows in over)
    raise UndoRefusedError(
        f"import {number} cannot be taken back yet: {later} wrote over its rows; take that back first"
    )


def _held_by_later_files(connection: sqlite3.Connection, number: int) -> Iterator[str]:
    """Say which later files held the same rows: they were not written twice, so they go with this import."""
    reports = {record: json.loads(report) for record, _, _, _, report, _ in connection.execute(_IMPORTS)}
    mine = set(_series_keys(reports[number]))
    for later, report in reports.items():
        same = sum(one["same"] for key, one in _series_keys(report).items() if key in mine)
        if later > number and same:
            yield (
                f"import {later} ({report['file']}) held {same} rows as they were stored already: "
                "import that file again if any of them should stay"
            )


def _series_keys(report: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    source = report.get("source", "")
    return {(one["symbol"], source): one for one in report.get("series", ())}


def _symbols(report: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            [one["symbol"] for one in report.get("series", ())]
            + list((report.get("events") or {}).get("kinds", ()))
            + list((report.get("chain") or {}).get("roots", ()))
        )
    )
