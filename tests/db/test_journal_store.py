"""Is what was confirmed on the disk, whole, in order, once, and the same when read back?"""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from core.journal.acts import ActRefusedError
from core.journal.body import POSITION_KINDS
from core.journal.chain import GENESIS
from core.journal.entry import EntryKind, Stamp
from core.positions.book import Book
from db.connection import JournalError, connect_reader, connect_writer
from db.journal_store import (
    AlreadyRecordedError,
    JournalChangedError,
    append,
    create_journal,
    is_simulated,
    load_book,
    load_entries,
)
from tests.core.journal.desk import MORNING, d, legs
from tests.db.ledger import CALLS, STAMP, Ledger

ROOT = Path(__file__).parents[2]


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = ("journal_entry", "note", "condor", "layer", "leg", "fill", "meta")
    counted = (connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)  # noqa: S608
    return dict(zip(tables, counted, strict=True))


def test_a_new_journal_has_its_first_entry(ledger: Ledger, journal_path: Path) -> None:
    (first,) = load_entries(ledger.connection)
    assert (first.seq, first.kind, first.prev) == (1, EntryKind.JOURNAL_CREATED, GENESIS)
    assert first.recorded_at == first.event_time == MORNING
    assert ledger.desk.book == Book(last_seq=1, last_hash=first.hash)
    assert not is_simulated(ledger.connection)
    with pytest.raises(JournalError, match="exists already"):
        create_journal(journal_path, MORNING)


def test_a_simulated_journal_says_so_in_the_chain_too(tmp_path: Path) -> None:
    with closing(create_journal(tmp_path / "demo.db", MORNING, is_simulated=True)) as connection:
        assert is_simulated(connection)
        assert load_entries(connection)[0].body == {"is_simulated": True}


def test_a_journal_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    naive = MORNING.replace(tzinfo=None)
    with pytest.raises(ValueError, match="has no zone"):
        create_journal(tmp_path / "journal.db", naive)
    assert list(tmp_path.iterdir()) == []


def test_what_is_read_back_is_what_was_written(full_ledger: Ledger, journal_path: Path) -> None:
    written = full_ledger.desk.entries
    with closing(connect_reader(journal_path)) as reader:
        assert load_entries(reader, after_seq=1) == written
        assert load_entries(reader, after_seq=12) == written[11:]
        assert load_book(reader) == full_ledger.desk.book
    assert {entry.kind for entry in written} >= POSITION_KINDS | {EntryKind.NOTE_WRITTEN, EntryKind.LAYER_NAMED}
    assert written[0].note == "the first"
    assert written[0].stamp == STAMP
    assert [entry.prev for entry in written[1:]] == [entry.hash for entry in written[:-1]]


def test_notes_are_kept_apart_and_salted(full_ledger: Ledger) -> None:
    rows = full_ledger.connection.execute("SELECT hash, salt, text FROM note").fetchall()
    assert {text for _, _, text in rows} == {"the first", "Jänner", "watch CPI"}
    assert len({salt for _, salt, _ in rows}) == 3
    full_ledger.connection.execute("DELETE FROM note WHERE text = 'the first'")
    erased = load_entries(full_ledger.connection)[1]
    assert (erased.note, len(erased.note_hash)) == ("", 64)


def test_somebody_elses_entry_is_noticed(ledger: Ledger, journal_path: Path) -> None:
    stale = ledger.desk.book
    with closing(connect_writer(journal_path)) as other:
        Ledger(other).do(acts.state_account)
    draft = ledger.desk.draft(acts.open_condor)
    with pytest.raises(JournalChangedError, match="ends at entry 2, the book at 1"):
        append(ledger.connection, stale, [draft], [STAMP], ledger.now)
    assert counts(ledger.connection)["condor"] == 0
    entries, _ = append(ledger.connection, load_book(ledger.connection), [draft], [STAMP], ledger.now)
    assert entries[0].seq == 3


def test_a_batch_is_whole_or_not_at_all(ledger: Ledger) -> None:
    desk = ledger.desk
    good, note = desk.draft(acts.open_condor, note="n"), desk.draft(acts.write_note, text="m")
    before, book = counts(ledger.connection), desk.book
    with pytest.raises(ActRefusedError, match=r"^condor_id: condor 1 exists"):
        ledger.write(good, note, good)
    assert counts(ledger.connection) == before
    assert desk.book == book
    first, second = ledger.write(good, note)
    assert (first.batch, first.n_in_batch) == (second.batch, second.n_in_batch) == ("batch-2", 2)
    assert ledger.do(acts.acknowledge).batch == ""
    assert append(ledger.connection, desk.book, [], [], ledger.now) == ([], desk.book)
    with pytest.raises(ValueError, match="1 drafts but 0 stamps"):
        append(ledger.connection, desk.book, [good], [], ledger.now)


def test_a_draft_made_on_an_older_book_does_not_close_twice(ledger: Ledger) -> None:
    ledger.do(acts.open_layer, fills=legs(CALLS))
    closing_twice = [
        ledger.desk.draft(acts.close_layer, fills=legs("-4 VIX 2018-03-21 C 25 @ 2")) for _ in range(2)
    ]
    ledger.write(closing_twice[0])
    with pytest.raises(ActRefusedError, match=r"^leg: "):
        ledger.write(closing_twice[1])
    assert ledger.connection.execute("SELECT cash_e8 FROM layer").fetchall() == [(32_000_000_000,)]


def test_an_import_is_taken_once_and_its_twins_are_kept(ledger: Ledger) -> None:
    note = replace(ledger.desk.draft(acts.write_note, text="fill"), source_key="broker:17")
    entries = ledger.write(note, note)
    assert [(entry.source_key, entry.occurrence) for entry in entries] == [("broker:17", 0), ("broker:17", 1)]
    with pytest.raises(AlreadyRecordedError, match="broker:17"):
        ledger.write(note)
    assert len(load_entries(ledger.connection)) == 3


def test_a_clock_that_went_back_is_marked(ledger: Ledger) -> None:
    assert not ledger.do(acts.acknowledge).clock_flag
    ledger.now -= timedelta(minutes=1)
    assert ledger.do(acts.acknowledge).clock_flag
    assert [entry.clock_flag for entry in load_entries(ledger.connection)] == [False, False, True]


def test_an_unknown_market_is_stamped_unknown(ledger: Ledger) -> None:
    stamp = Stamp(float("nan"), None, 1 / 3, None, "feed")
    draft = ledger.desk.draft(acts.open_condor)
    (entry,), _ = append(ledger.connection, ledger.desk.book, [draft], [stamp], ledger.now)
    row = ledger.connection.execute("SELECT spx_e8, vix_e8, edr_pct_e8, rung FROM journal_entry WHERE seq = 2")
    assert row.fetchone() == (None, None, 33_333_333, None)
    assert load_entries(ledger.connection)[1].stamp == entry.stamp == Stamp(None, None, 0.33333333, None, "feed")


def test_reading_imports_nothing_heavy(full_ledger: Ledger, journal_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from db.connection import connect_reader
        from db.journal_store import load_book, load_entries
        connection = connect_reader(Path(sys.argv[1]))
        assert len(load_entries(connection)) == 14 and load_book(connection).last_seq == 14
        print(sorted({"pandas", "sqlite_utils", "scipy", "exchange_calendars", "PySide6"} & set(sys.modules)))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(journal_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_what_was_confirmed_survives_a_kill(ledger: Ledger, journal_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from core.journal import acts
        from db.connection import connect_writer
        from tests.db.ledger import Ledger
        ledger = Ledger(connect_writer(Path(sys.argv[1])))
        while True:
            entry = ledger.do(acts.open_condor, note="n")
            print(entry.seq, entry.hash, flush=True)
    """
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code), str(journal_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with child:
        assert child.stdout is not None
        confirmed = [child.stdout.readline().split() for _ in range(25)]
        child.send_signal(signal.SIGKILL)
        confirmed += [line.split() for line in child.stdout if len(line.split()) == 2]
    entries = load_entries(ledger.connection)
    assert [[str(entry.seq), entry.hash] for entry in entries[1 : len(confirmed) + 1]] == confirmed
    assert len(entries) - 1 - len(confirmed) in {0, 1}
    assert counts(ledger.connection)["condor"] == counts(ledger.connection)["note"] == len(entries) - 1


def test_money_stays_exact_on_the_disk(ledger: Ledger) -> None:
    for cents in range(1, 40):
        price = d(f"0.{cents:02d}")
        ledger.do(acts.open_layer, fills=[replace(legs(CALLS)[0], quantity=1, price=price)], fees=d("0.01"))
    total = sum(range(1, 40))  # cents a point, 100 dollars a point: so many dollars
    assert ledger.connection.execute("SELECT cash_e8, fees_e8 FROM layer").fetchall() == [
        (-total * 10**8, 39 * 10**6)
    ]
    (opened,) = ledger.connection.execute("SELECT opened_points_e8 FROM leg").fetchone()
    assert opened == total * 10**6
