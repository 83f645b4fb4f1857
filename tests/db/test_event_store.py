"""Do lists of events come in whole, agree in any order, and go again without a trace?"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from core.market.events import MarketEvent
from db.event_store import commit_events, load_events, plan_events
from db.file_text import ImportRefusedError
from db.undo_import import list_imports, undo_import
from tests.core.market.exchange import calendar, real_file, utc
from tests.db.market_journal import market_journal

NOW = utc("2018-03-01T12:00")
DATES = "date\n2018-02-14\n2018-03-13\n"
NUMBERS = "date,kind,actual,consensus\n2018-02-14,CPI,0.5,0.3\n"
PREVIOUS = "date,kind,previous\n2018-02-14,CPI,0.2\n2018-01-12,CPI,0.4\n"
WHOLE = [
    MarketEvent(date(2018, 1, 12), "CPI", previous=0.4),
    MarketEvent(date(2018, 2, 14), "CPI", 0.5, 0.3, 0.2),
    MarketEvent(date(2018, 3, 13), "CPI"),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def put(connection: sqlite3.Connection, folder: Path, text: str, *, replace_changed: bool = False) -> int | None:
    path = folder / "cpi.csv"
    path.write_text(text, encoding="utf-8")
    return commit_events(connection, plan_events(connection, path), NOW, replace_changed=replace_changed)


@pytest.mark.parametrize("order", [*permutations([DATES, NUMBERS, PREVIOUS])])
def test_lists_that_agree_give_the_same_events_in_any_order(
    connection: sqlite3.Connection, tmp_path: Path, order: tuple[str, ...]
) -> None:
    for text in (*order, *order):
        put(connection, tmp_path, text)
    assert load_events(connection) == WHOLE


def test_a_second_import_adds_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    assert put(connection, tmp_path, NUMBERS) == 1
    assert put(connection, tmp_path, NUMBERS) is None
    assert put(connection, tmp_path, "date,kind\n2018-02-14,CPI\n") is None  # it says less, and nothing else
    assert len(list_imports(connection)) == 1


def test_another_number_is_shown_and_not_taken_unasked(connection: sqlite3.Connection, tmp_path: Path) -> None:
    put(connection, tmp_path, NUMBERS)
    revised = NUMBERS.replace("0.5", "0.4")
    path = tmp_path / "cpi.csv"
    path.write_text(revised, encoding="utf-8")
    plan = plan_events(connection, path)
    assert [(one.stored.actual, one.file.actual) for one in plan.changed] == [(0.5, 0.4)]
    assert put(connection, tmp_path, revised) is None
    assert load_events(connection)[0].actual == 0.5
    assert put(connection, tmp_path, revised, replace_changed=True) == 2
    assert load_events(connection)[0].actual == 0.4


def test_an_undo_brings_back_what_was_there(connection: sqlite3.Connection, tmp_path: Path) -> None:
    put(connection, tmp_path, DATES)
    before = load_events(connection)
    put(connection, tmp_path, NUMBERS)
    put(connection, tmp_path, NUMBERS.replace("0.5", "0.9"), replace_changed=True)
    undo_import(connection, calendar())
    assert load_events(connection)[0] == MarketEvent(date(2018, 2, 14), "CPI", 0.5, 0.3)
    result = undo_import(connection, calendar())
    assert load_events(connection) == before
    assert (result.batch, result.removed, result.restored) == (2, 0, 1)
    assert list_imports(connection)[0].symbols == ("CPI",)


def test_a_refused_row_refuses_the_list(connection: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"cpi.csv: 1 rows cannot be read \(line 3, column 1"):
        put(connection, tmp_path, DATES.replace("2018-03-13", "2018-13-13"))
    assert load_events(connection) == []


def test_a_list_without_a_kind_is_refused(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text("date\n2018-01-31\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"meetings.csv: .*name the kind"):
        plan_events(connection, path)
    assert plan_events(connection, path, "FOMC").new == (MarketEvent(date(2018, 1, 31), "FOMC"),)


def test_the_real_list_of_meetings(connection: sqlite3.Connection) -> None:
    plan = plan_events(connection, real_file("macro/fomc_dates_2000_2026.csv"))
    commit_events(connection, plan, NOW)
    assert {event.kind for event in load_events(connection)} == {"FOMC"}
    assert plan.summary()["new"] == len(load_events(connection)) > 200
