"""Is an entry that cannot be read named, in words, and is no more done than once for each?"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.journal import acts
from db.journal_read import DamagedJournalError, load_book, load_entries
from tests.core.journal.desk import legs
from tests.db.ledger import Ledger


def damage(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER journal_entry_keeps")
        raw.execute(f"UPDATE journal_entry SET {change} WHERE seq = 5")  # noqa: S608 - written in this file
        raw.commit()


@pytest.mark.parametrize(
    "change",
    ["kind = 'nonsense'", "body = '{'", "body = '[]'", "event_time = 'noon'", "body = CAST(x'ff' AS TEXT)"],
)
def test_an_entry_that_cannot_be_read_is_named(full_ledger: Ledger, journal_path: Path, change: str) -> None:
    damage(journal_path, change)
    for load in (load_entries, load_book):
        with pytest.raises(DamagedJournalError, match=r"^entry 5 cannot be read .*run verify"):
            load(full_ledger.connection)
    assert len(load_entries(full_ledger.connection, after_seq=5)) == 9


def test_entries_that_make_no_book_are_said_so(full_ledger: Ledger, journal_path: Path) -> None:
    damage(journal_path, "body = '{}'")
    assert len(load_entries(full_ledger.connection)) == 14
    with pytest.raises(DamagedJournalError, match="do not make a book"):
        load_book(full_ledger.connection)


def calls_to_read(connection: sqlite3.Connection, entries: int) -> tuple[int, int]:
    """Return how many calls of Python and how many statements of SQL it takes to read so many entries."""
    statements: list[str] = []
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    connection.set_trace_callback(statements.append)
    sys.setprofile(count)
    try:
        assert len(load_entries(connection)) == entries
    finally:
        sys.setprofile(None)
        connection.set_trace_callback(None)
    return calls, len(statements)


def test_the_work_of_reading_grows_with_the_entries_and_no_faster(ledger: Ledger) -> None:
    texts = ("+4 VIX 2018-03-21 C 25 @ 1.20", "-4 VIX 2018-03-21 C 35 @ 0.40")
    taken = []
    for _ in range(2):
        ledger.write(
            *(ledger.desk.draft(acts.open_layer, number=n % 4 + 1, fills=legs(*texts)) for n in range(500))
        )
        taken.append(calls_to_read(ledger.connection, 1 + 500 * (len(taken) + 1)))
    (first, statements), (second, again) = taken
    assert statements == again  # one query, however many there are
    assert second < 2.05 * first
    assert second / 1000 < 60  # calls for an entry of two legs
