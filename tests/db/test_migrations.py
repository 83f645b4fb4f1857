"""Does an empty file become a journal whose own rules refuse what must never happen?"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.journal import acts
from db.connection import APPLICATION_ID, SCHEMA_VERSION, as_database, connect_new
from db.migrations import migrate
from tests.db.ledger import Ledger

REST = "kind, event_time, recorded_at, playbook_hash"
ENTRY = f"journal_entry (seq, {REST}, body, prev, hash)"
SECOND = "FROM journal_entry WHERE seq = 2"


def objects(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_a_second_migration_changes_nothing(tmp_path: Path) -> None:
    with closing(connect_new(tmp_path / "journal.db")) as connection:
        migrate(as_database(connection))
        first = objects(connection)
        migrate(as_database(connection))
        assert objects(connection) == first
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        names = {name for kind, name, _ in first if kind == "table"}
        assert {"journal_entry", "note", "condor", "layer", "leg", "fill", "meta", "market_bar"} <= names


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE journal_entry SET body = '{}' WHERE seq = 2", "never changed"),
        ("UPDATE journal_entry SET seq = 99 WHERE seq = 2", "never changed"),
        ("DELETE FROM journal_entry WHERE seq = 2", "never deleted"),
        ("DELETE FROM journal_entry", "never deleted"),
        ("UPDATE note SET text = 'other'", "never changed"),
        ("INSERT INTO journal_entry SELECT * FROM journal_entry WHERE seq = 2", "follows the last one"),
        ("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 2", "replaces none"),
        (f"INSERT OR REPLACE INTO {ENTRY} SELECT 4, {REST}, '{{}}', prev, hash {SECOND}", "replaces none"),
        (f"INSERT INTO {ENTRY} SELECT 9, {REST}, '{{}}', prev, 'another' {SECOND}", "follows the last one"),
    ],
)
def test_the_tables_own_rules_keep_the_entries(ledger: Ledger, statement: str, reason: str) -> None:
    ledger.do(acts.open_condor, note="kept")
    ledger.do(acts.state_account)
    ledger.connection.execute("PRAGMA recursive_triggers = off")  # as any other program would have it
    before = ledger.connection.execute("SELECT * FROM journal_entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=reason):
        ledger.connection.execute(statement)
    assert ledger.connection.execute("SELECT * FROM journal_entry").fetchall() == before


def test_a_float_finds_no_place_among_the_money(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store REAL"):
        ledger.connection.execute("INSERT INTO leg VALUES ('C1', 0, 'SPX', 'option', '', 'P', 1.5, 1, NULL)")
