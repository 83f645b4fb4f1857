"""Does a receipt that was kept show that a journal was cut, rolled back or written anew?"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.journal.chain import row_hash
from db.exports.formats import LogFormat
from db.exports.receipts import ReceiptRefusedError, compare_receipt, read_receipt, receipt_text, stored_receipt
from db.verify import verify

if TYPE_CHECKING:
    from tests.db.exports.handed import Handed


def test_a_receipt_comes_back_from_its_file_and_from_an_exported_log(handed: Handed) -> None:
    kept = stored_receipt(handed.ledger.connection)
    assert (kept.sequence, kept.hash) == (15, handed.ledger.desk.entries[-1].hash)
    assert read_receipt(receipt_text(kept)) == kept
    assert read_receipt(handed.text(LogFormat.JSON)) == kept
    assert compare_receipt(kept, handed.ledger.connection) == []


def copied(handed: Handed) -> sqlite3.Connection:
    """Return a copy of the journal that its owner can write as he likes."""
    other = sqlite3.connect(":memory:")
    handed.ledger.connection.backup(other)
    for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        other.execute(f"DROP TRIGGER {name}")
    return other


def test_a_tail_that_was_cut_off_is_missing(handed: Handed) -> None:
    kept = stored_receipt(handed.ledger.connection)
    with closing(copied(handed)) as other:
        other.execute("DELETE FROM journal_entry WHERE seq > 12")
        assert "entry 15 is missing" in compare_receipt(kept, other)[0]


def test_a_journal_written_anew_verifies_by_itself_but_not_against_the_receipt(handed: Handed) -> None:
    kept = stored_receipt(handed.ledger.connection)
    with closing(copied(handed)) as other:
        other.row_factory = sqlite3.Row
        rows = [dict(row) for row in other.execute("SELECT * FROM journal_entry WHERE seq >= 14 ORDER BY seq")]
        before = rows[0]["prev"]
        for row in rows:
            row |= {"event_time": "2018-01-10T15:00:01Z", "prev": before}
            before = row["hash"] = row_hash(row)
            other.execute(
                "UPDATE journal_entry SET event_time = :event_time, prev = :prev, hash = :hash WHERE seq = :seq",
                row,
            )
        other.execute("UPDATE meta SET value = ? WHERE key = 'head'", (f"15 {before}",))
        other.commit()
        other.row_factory = None
        chain_problems = [text for text in verify(other).problems if "trigger" not in text]
        assert chain_problems == []
        assert "another hash than the receipt" in compare_receipt(kept, other)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"receipt": 5}',
        json.dumps(
            {"format": "condor-watch-receipt-1", "sequence": 0, "hash": "0" * 64, "recorded_at": "2018-01-10"}
        ),
        json.dumps({"format": "condor-watch-receipt-1", "sequence": 1, "hash": "x", "recorded_at": "2018-01-10"}),
        json.dumps(
            {"format": "condor-watch-receipt-1", "sequence": 1, "hash": "0" * 64, "recorded_at": "2018-01-10"}
        ),
        json.dumps({"format": "condor-watch-receipt-2", "sequence": 1, "hash": "0" * 64, "recorded_at": None}),
    ],
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(ReceiptRefusedError):
        read_receipt(text)
