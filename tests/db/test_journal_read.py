"""Is an entry that cannot be read named, in words, and is reading quick enough for a start?"""

import sqlite3
import time
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


def test_two_thousand_entries_are_read_in_less_than_a_frame_or_four(ledger: Ledger) -> None:
    texts = ("+4 VIX 2018-03-21 C 25 @ 1.20", "-4 VIX 2018-03-21 C 35 @ 0.40")
    ledger.write(*(ledger.desk.draft(acts.open_layer, number=n % 4 + 1, fills=legs(*texts)) for n in range(2000)))
    took = []
    for _ in range(5):
        start = time.process_time()
        assert len(load_entries(ledger.connection)) == 2001
        took.append(time.process_time() - start)
    assert min(took) < 0.06
