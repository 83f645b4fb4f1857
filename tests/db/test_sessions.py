"""Is the stored calendar the one that the library makes, and does it reach far enough?"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.market.calendar import build_sessions
from db.connection import connect_reader
from db.sessions import ensure_calendar, load_calendar, new_calendar, store_calendar
from tests.core.market.exchange import calendar, utc
from tests.db.market_journal import market_journal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def test_what_is_loaded_is_what_was_stored(connection: sqlite3.Connection) -> None:
    loaded = load_calendar(connection)
    for name in ("days", "opens", "closes"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(calendar(), name))
    assert loaded.days.dtype == "datetime64[D]"
    assert loaded.close_of(date(2024, 7, 3)) == utc("2024-07-03T17:00")


def test_a_calendar_that_reaches_far_enough_is_kept(connection: sqlite3.Connection) -> None:
    before = connection.execute("SELECT data FROM stored_array").fetchall()
    assert ensure_calendar(connection, utc("2025-06-30T12:00")).last == date(2030, 12, 31)
    assert connection.execute("SELECT data FROM stored_array").fetchall() == before


def test_a_calendar_that_ends_too_soon_is_made_anew_and_kept(connection: sqlite3.Connection) -> None:
    now = utc("2025-06-30T12:00")
    store_calendar(connection, build_sessions(2020, 2026))  # ends 549 days later: enough
    assert ensure_calendar(connection, now).last == date(2026, 12, 31)
    store_calendar(connection, build_sessions(2020, 2025))  # ends 184 days later: not enough
    assert ensure_calendar(connection, now).last >= (now + timedelta(days=400)).date()
    assert load_calendar(connection).first == date(1970, 1, 2)
    assert load_calendar(connection).last == date(2027, 12, 31)


def test_a_reader_of_a_journal_without_a_calendar_gets_one(tmp_path: Path) -> None:
    with market_journal(tmp_path) as connection:
        connection.execute("DELETE FROM stored_array")
    reader = connect_reader(tmp_path / "journal.db")
    try:
        assert load_calendar(reader).close_of(date(2018, 2, 5)) == utc("2018-02-05T21:00")
    finally:
        reader.close()


@pytest.mark.parametrize("now", ["1999-11-27T00:00", "2024-11-26T12:00", "2027-01-01T12:00"])
def test_a_new_calendar_reaches_four_hundred_days(now: str) -> None:
    assert new_calendar(utc(now)).last >= (utc(now) + timedelta(days=400)).date()


def test_reading_the_calendar_loads_no_heavy_library(tmp_path: Path) -> None:
    with market_journal(tmp_path):
        pass
    code = (
        "import sys; from pathlib import Path; from db.connection import connect_reader;"
        "from db.sessions import load_calendar; from db.market_store import load_history;"
        "reader = connect_reader(Path(sys.argv[1])); load_history(reader, load_calendar(reader));"
        "print([m for m in ('pandas', 'exchange_calendars', 'sqlite_utils', 'scipy') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "journal.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
