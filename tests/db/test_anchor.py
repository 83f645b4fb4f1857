"""Does the anchor tell how far the journal had come, and does it never say more than was committed?"""

from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from db.anchor import MAX_BYTES, Anchor, anchor_now, anchor_path, anchored_head, journal_head
from db.connection import JournalNotWrittenError
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger


def test_every_commit_leaves_its_head_in_the_anchor(ledger: Ledger, journal_path: Path) -> None:
    for count in range(2, 5):
        entry = ledger.do(acts.acknowledge, alert_key=f"key {count}")
        head = anchored_head(journal_path)
        assert head is not None
        assert (head.seq, head.hash) == (count, entry.hash)
        found = journal_head(ledger.connection)
        assert found is not None
        assert (found.seq, found.hash) == (head.seq, head.hash)
    path = anchor_path(journal_path)
    assert path.name == "journal.db.anchor"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_text().splitlines()) == 4


def fill_up(ledger: Ledger) -> None:
    for number in range(1000):
        ledger.do(acts.write_note, text="x" * 5000, layer=1 + number % 4)


def test_what_was_not_committed_is_not_in_it(ledger: Ledger, journal_path: Path) -> None:
    ledger.connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(JournalNotWrittenError):
        fill_up(ledger)
    head, last = anchored_head(journal_path), journal_head(ledger.connection)
    assert head is not None
    assert last is not None
    assert head.seq == last.seq


def test_a_line_that_was_cut_off_is_passed_over(journal_path: Path, ledger: Ledger) -> None:
    ledger.do(acts.acknowledge)
    path = anchor_path(journal_path)
    path.write_text(path.read_text() + "3 3 abc")
    head = anchored_head(journal_path)
    assert head is not None
    assert head.seq == 2
    path.write_bytes(b"\xff\x00 nonsense\n")
    assert anchored_head(journal_path) is None


def test_a_long_anchor_begins_anew_with_its_last_line(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    anchor = Anchor(journal)
    for number in range(1, 3001):
        anchor.append(number, f"{number:064x}", MORNING)
        assert anchor.path.stat().st_size <= MAX_BYTES + 200
    head = anchored_head(journal)
    assert head is not None
    assert (head.seq, int(head.hash, 16), head.at) == (3000, 3000, "2018-01-10T15:00:00Z")


def test_a_disk_that_refuses_makes_it_lag_and_says_so(tmp_path: Path) -> None:
    anchor = Anchor(tmp_path / "journal.db")
    anchor.path.mkdir()
    anchor.append(1, "0" * 64, MORNING)
    assert "Is a directory" in anchor.trouble
    anchor.path.rmdir()
    anchor.append(2, "0" * 64, MORNING)
    assert anchor.trouble == ""


def test_the_journal_as_it_is_can_be_anchored(ledger: Ledger, journal_path: Path) -> None:
    entry = ledger.do(acts.acknowledge)
    anchor_path(journal_path).unlink()
    anchor_now(journal_path, ledger.connection, MORNING + timedelta(hours=1))
    head = anchored_head(journal_path)
    assert head is not None
    assert (head.seq, head.hash, head.at) == (2, entry.hash, "2018-01-10T16:00:00Z")
