"""Is every kind of tampering and damage found, and the first bad entry named, without a traceback?"""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.journal import acts
from core.journal.chain import GENESIS, row_hash
from db.connection import JournalError, connect_reader
from db.verify import VerifyReport, verify
from tests.core.journal.desk import legs
from tests.db.ledger import CALLS, Ledger

TRIGGERS = ("journal_entry_keeps", "journal_entry_stays", "journal_entry_follows", "note_keeps")


@pytest.fixture
def closed(full_ledger: Ledger, journal_path: Path) -> Path:
    """A journal of 14 entries that no program has open, its log written back into the one file."""
    full_ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    full_ledger.connection.close()
    return journal_path


def tamper(path: Path, *statements: str | tuple[str, ...]) -> None:
    """Change the file as another program would: without the triggers, which are put back as they were."""
    with closing(sqlite3.connect(path)) as raw:
        rules = [
            raw.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone() for name in TRIGGERS
        ]
        for name in TRIGGERS:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            sql, *values = (statement,) if isinstance(statement, str) else statement
            raw.execute(sql, values)
        for (sql,) in rules:
            raw.execute(sql)
        raw.commit()


def checked(path: Path) -> VerifyReport:
    with closing(connect_reader(path)) as reader:
        report = verify(reader)
        assert not reader.in_transaction
    assert report.ok == (report.problems == ())
    return report


def test_an_untouched_journal_is_whole(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as raw:
        last = raw.execute("SELECT seq, hash FROM journal_entry ORDER BY seq DESC").fetchone()
    report = checked(closed)
    assert report == VerifyReport(14, True, None, (), *last)
    assert last[0] == 14


def test_a_live_journal_is_whole_too(full_ledger: Ledger) -> None:
    assert verify(full_ledger.connection).ok
    full_ledger.do(acts.open_layer, number=3, fills=legs(CALLS))
    full_ledger.write(*(full_ledger.desk.draft(acts.acknowledge, alert_key=key) for key in "ab"))
    assert verify(full_ledger.connection).entries == 17


@pytest.mark.parametrize(
    ("statement", "first_bad", "words"),
    [
        (
            "UPDATE journal_entry SET body = replace(body, '520000000', '530000000') WHERE seq = 2",
            2,
            "was changed",
        ),
        ("UPDATE journal_entry SET body = body || ' ' WHERE seq = 5", 5, "was changed"),
        ("UPDATE journal_entry SET event_time = '2018-01-09T15:00:00Z' WHERE seq = 3", 3, "was changed"),
        ("UPDATE journal_entry SET recorded_at = '2018-01-09T15:00:00Z' WHERE seq = 3", 3, "was changed"),
        ("UPDATE journal_entry SET vix_e8 = 4000000000 WHERE seq = 4", 4, "was changed"),
        ("UPDATE journal_entry SET rung = NULL WHERE seq = 4", 4, "was changed"),
        ("UPDATE journal_entry SET playbook_hash = 'other' WHERE seq = 4", 4, "was changed"),
        ("UPDATE journal_entry SET kind = 'note_written' WHERE seq = 2", 2, "was changed"),
        ("UPDATE journal_entry SET kind = 'nonsense' WHERE seq = 6", 6, "cannot be read"),
        ("UPDATE journal_entry SET body = CAST(x'ff80' AS TEXT) WHERE seq = 7", 7, "cannot be read"),
        ("UPDATE journal_entry SET note_hash = '' WHERE seq = 2", 2, "was changed"),
        ("UPDATE journal_entry SET hash = 'x' WHERE seq = 9", 9, "was changed"),
        ("DELETE FROM journal_entry WHERE seq = 1", 1, "entry 1 is missing"),
        ("DELETE FROM journal_entry WHERE seq = 8", 8, "entry 8 is missing"),
        ("DELETE FROM journal_entry WHERE seq = 14", 14, "written up to 14"),
        ("DELETE FROM journal_entry WHERE seq > 11", 12, "written up to 14"),
        ("DELETE FROM journal_entry", 1, "entry 1 is missing"),
        ("UPDATE journal_entry SET seq = 99 WHERE seq = 14", 14, "entry 14 is missing"),
        ("UPDATE note SET text = 'never mind' WHERE text = 'the first'", 2, "its note was changed"),
        ("UPDATE note SET salt = '00' WHERE text = 'the first'", 2, "its note was changed"),
    ],
)
def test_a_changed_entry_is_named(closed: Path, statement: str, first_bad: int, words: str) -> None:
    tamper(closed, statement)
    report = checked(closed)
    assert report.first_bad_seq == first_bad
    assert any(words in problem for problem in report.problems), report.problems
    assert report.head_seq == first_bad - 1 or "note" in statement


def test_two_entries_that_changed_places_are_noticed(closed: Path) -> None:
    swap = ("SET seq = 100 WHERE seq = 4", "SET seq = 4 WHERE seq = 5", "SET seq = 5 WHERE seq = 100")
    tamper(closed, *(f"UPDATE journal_entry {one}" for one in swap))
    assert checked(closed).first_bad_seq == 4


def test_a_forger_who_mends_the_hash_is_given_away_by_the_next_entry(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as raw:
        raw.row_factory = sqlite3.Row
        row = dict(raw.execute("SELECT * FROM journal_entry WHERE seq = 8").fetchone())
    row["body"] = row["body"].replace('"equity_e8":25000000000000', '"equity_e8":99000000000000')
    forged = row_hash(row)
    tamper(closed, ("UPDATE journal_entry SET body = ?, hash = ? WHERE seq = 8", row["body"], forged))
    report = checked(closed)
    assert report.first_bad_seq == 9
    assert "entry 9: does not follow from the entry before it" in report.problems


def test_a_forged_act_with_a_perfect_chain_does_not_fit_the_book(closed: Path) -> None:
    """Rewrite the last entry and every trace of it that a forger would think of."""
    with closing(sqlite3.connect(closed)) as raw:
        raw.row_factory = sqlite3.Row
        row = dict(raw.execute("SELECT * FROM journal_entry WHERE seq = 13").fetchone())
        last = dict(raw.execute("SELECT * FROM journal_entry WHERE seq = 14").fetchone())
    row["body"] = row["body"].replace('"quantity":-6', '"quantity":-7')
    row["hash"] = row_hash(row)
    last["prev"] = row["hash"]
    last["hash"] = row_hash(last)
    tamper(
        closed,
        ("UPDATE journal_entry SET body = ?, hash = ? WHERE seq = 13", row["body"], row["hash"]),
        ("UPDATE journal_entry SET prev = ?, hash = ? WHERE seq = 14", last["prev"], last["hash"]),
        ("UPDATE meta SET value = ? WHERE key = 'head'", f"14 {last['hash']}"),
    )
    report = checked(closed)
    assert report.first_bad_seq == 13
    assert report.problems[0].startswith("entry 13 does not fit the book: ")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("body", '{"alert": "rung-5"}', "not in canonical form"),
        ("body", '{"alert":1.5}', "a float has no canonical form"),
        ("event_time", "2018-01-10T10:00:00-05:00", "is not written in UTC"),
    ],
)
def test_an_entry_in_another_form_is_told_even_where_its_hash_is_right(
    closed: Path, column: str, value: str, words: str
) -> None:
    with closing(sqlite3.connect(closed)) as raw:
        raw.row_factory = sqlite3.Row
        row = dict(raw.execute("SELECT * FROM journal_entry WHERE seq = 14").fetchone()) | {column: value}
    tamper(
        closed,
        (f"UPDATE journal_entry SET {column} = ?, hash = ? WHERE seq = 14", value, row_hash(row)),  # noqa: S608
        ("UPDATE meta SET value = ? WHERE key = 'head'", f"14 {row_hash(row)}"),
    )
    report = checked(closed)
    assert report.first_bad_seq == 14
    assert words in report.problems[0]


def test_a_batch_that_lost_a_part_is_noticed(ledger: Ledger, journal_path: Path) -> None:
    ledger.write(*(ledger.desk.draft(acts.acknowledge, alert_key=key) for key in "abc"))
    head = ledger.desk.entries[-2]
    tamper(
        journal_path,
        "DELETE FROM journal_entry WHERE seq = 4",
        ("UPDATE meta SET value = ? WHERE key = 'head'", f"3 {head.hash}"),
    )
    report = checked(journal_path)
    assert report.problems == ("entry 2: 2 of the 3 entries written with it are here",)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE condor SET cash_e8 = cash_e8 + 1", "table condor differs"),
        ("UPDATE layer SET name = 'x'", "table layer differs"),
        ("DELETE FROM leg WHERE owner = 'L1'", "table leg differs"),
        ("UPDATE fill SET price_e8 = 1 WHERE position = 2", "table fill differs"),
        ("INSERT INTO condor VALUES (9, 'SPX', '2018-02-16', 1, 0, 0, '', 1, '[]')", "table condor differs"),
        ("UPDATE leg SET quantity = 99", "table leg differs"),
        ("UPDATE meta SET value = '1' WHERE key = 'is_simulated'", "simulated was changed"),
        ("UPDATE meta SET value = '14 x' WHERE key = 'head'", "written up to 14"),
        ("DELETE FROM meta", "written up to 0"),
        ("INSERT INTO note VALUES ('ff', '00', 'slipped in')", "belongs to no entry"),
        ("DROP TRIGGER journal_entry_keeps", "trigger journal_entry_keeps is missing"),
        ("DROP TRIGGER journal_entry_stays", "trigger journal_entry_stays is missing"),
        ("DROP TABLE leg", "table leg is missing"),
        ("CREATE VIEW shown AS SELECT 1", "view shown is not ours"),
        ("CREATE TRIGGER sly AFTER INSERT ON condor BEGIN DELETE FROM leg; END", "trigger sly is not ours"),
        ("ALTER TABLE condor ADD COLUMN extra TEXT", "table condor was changed"),
        ("CREATE INDEX fast ON fill (seq)", "index fast is not ours"),
        ("PRAGMA application_id = 7", "the file says it is"),
    ],
)
def test_whatever_else_was_changed_is_told(
    full_ledger: Ledger, journal_path: Path, statement: str, words: str
) -> None:
    with closing(sqlite3.connect(journal_path, isolation_level=None)) as raw:
        raw.execute(statement)
        report = verify(raw)
    assert not report.ok
    assert any(words in problem for problem in report.problems), report.problems
    assert report.first_bad_seq is None
    assert report.head_seq == 14


def test_an_erased_note_is_no_damage(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as raw:
        raw.execute("DELETE FROM note WHERE text = 'the first'")
        raw.commit()
    assert checked(closed).ok


def test_no_flipped_bit_of_an_entry_or_a_table_goes_unseen_and_none_is_a_traceback(closed: Path) -> None:
    """Flip one bit in 400 places; what changes any answer must be found, in whatever way it shows."""
    good = closed.read_bytes()
    with closing(sqlite3.connect(closed)) as raw:
        wanted = dump(raw)
    random_bit = random.Random(8)
    harmful = 0
    for _ in range(400):
        at, bit = random_bit.randrange(100, len(good)), 1 << random_bit.randrange(8)
        copy = closed.with_name("copy.db")
        copy.write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
        report = verdict(copy)
        if answers(copy) != wanted:
            harmful += 1
            assert report is None or not report.ok, f"byte {at}, bit {bit}"
    assert harmful > 20


def dump(connection: sqlite3.Connection) -> list[list[tuple]]:
    names = ("journal_entry", "condor", "layer", "leg", "fill", "meta", "note")
    selects = (f"SELECT * FROM {name} ORDER BY 1, 2" for name in names)  # noqa: S608 - names written above
    return [connection.execute(select).fetchall() for select in selects]


def answers(path: Path) -> object:
    """Return all that the tables answer; a note's own row may be gone, that is allowed."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            return dump(raw)
    except (sqlite3.Error, ValueError) as error:
        return repr(error)


def verdict(path: Path) -> VerifyReport | None:
    """Return what verify says, None where the file is refused when it is opened."""
    try:
        return checked(path)
    except JournalError:
        return None


@pytest.mark.parametrize("cut", [4096, 20_000, 60_000])
def test_a_file_cut_short_is_damaged_not_a_traceback(closed: Path, cut: int) -> None:
    copy = closed.with_name("copy.db")
    shutil.copy(closed, copy)
    with copy.open("r+b") as file:
        file.truncate(cut)
    report = verdict(copy)
    assert report is None or not report.ok


def test_an_empty_database_is_reported_as_such() -> None:
    with closing(sqlite3.connect(":memory:")) as nothing:
        report = verify(nothing)
    assert not report.ok
    assert (report.entries, report.head_seq, report.head_hash) == (0, 0, GENESIS)
    assert len(report.problems) > 5
