"""An empty journal with the market tables and the exchange calendar, for the tests that import into it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.connection import as_database, connect_new, write
from db.market_store import Batch, add_batch
from db.migrations import migrate
from db.sessions import store_calendar
from tests.core.market.exchange import calendar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

TABLES = (
    "import_batch",
    "market_bar",
    "market_breadth",
    "market_before",
    "market_row_note",
    "market_quote",
    "option_quote",
    "column_mapping",
    "stored_array",
)


@contextmanager
def market_journal(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = connect_new(folder / "journal.db")
    try:
        migrate(as_database(connection))
        store_calendar(connection, calendar())
        yield connection
    finally:
        connection.close()


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Return every row of the market tables."""
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608


def new_batch(connection: sqlite3.Connection) -> int:
    """Record an import of nothing and return its number."""
    with write(connection):
        return add_batch(connection, Batch("x.csv", "", "bars", {}), datetime(2024, 1, 2, tzinfo=UTC))
