"""Do lists of announcements come in whole, agree in any order, and go again without a trace?"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from core.market.events import MarketEvent
from db.event_rows import load_events
from db.import_file import ImportRefusedError, ImportResult, Told, commit_import, plan_import
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


def put(connection: sqlite3.Connection, folder: Path, text: str, *, replace: bool = False) -> ImportResult:
    path = folder / "cpi.csv"
    path.write_text(text, encoding="utf-8")
    plan = plan_import(connection, path, calendar=calendar(), now=NOW)
    return commit_import(connection, plan, NOW, replace=replace)


@pytest.mark.parametrize("order", [*permutations([DATES, NUMBERS, PREVIOUS])])
def test_lists_that_agree_give_the_same_events_in_any_order(
    connection: sqlite3.Connection, tmp_path: Path, order: tuple[str, ...]
) -> None:
    for text in (*order, *order):
        put(connection, tmp_path, text)
    assert load_events(connection) == WHOLE


def test_a_second_import_adds_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    first = put(connection, tmp_path, NUMBERS)
    assert (first.batch, first.new, first.same) == (1, 1, 0)
    for text in (NUMBERS, "date,kind\n2018-02-14,CPI\n"):  # the second says less, and nothing else
        again = put(connection, tmp_path, text)
        assert (again.batch, again.new, again.same) == (None, 0, 1)
    assert len(list_imports(connection)) == 1


def test_another_number_is_shown_and_not_taken_unasked(connection: sqlite3.Connection, tmp_path: Path) -> None:
    put(connection, tmp_path, NUMBERS)
    revised = NUMBERS.replace("0.5", "0.4")
    assert put(connection, tmp_path, revised).changed == 1
    assert load_events(connection)[0].actual == 0.5
    summary = plan_import(connection, tmp_path / "cpi.csv", calendar=calendar(), now=NOW).summary()
    (changed,) = summary["events"]["changed"]
    assert (changed["stored"]["actual"], changed["file"]["actual"]) == (0.5, 0.4)
    assert put(connection, tmp_path, revised, replace=True).batch == 2
    assert load_events(connection)[0] == MarketEvent(date(2018, 2, 14), "CPI", 0.4, 0.3)


def test_an_undo_brings_back_what_was_there(connection: sqlite3.Connection, tmp_path: Path) -> None:
    put(connection, tmp_path, DATES)
    before = load_events(connection)
    put(connection, tmp_path, NUMBERS)
    put(connection, tmp_path, NUMBERS.replace("0.5", "0.9"), replace=True)
    undo_import(connection, calendar())
    assert load_events(connection)[0] == MarketEvent(date(2018, 2, 14), "CPI", 0.5, 0.3)
    result = undo_import(connection, calendar())
    assert load_events(connection) == before
    assert (result.batch, result.removed, result.restored) == (2, 0, 1)
    assert list_imports(connection)[0].symbols == ("CPI",)


def test_a_refused_row_refuses_the_list(connection: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"cpi.csv: 1 row cannot be read \(line 3, column 1"):
        put(connection, tmp_path, DATES.replace("2018-03-13", "2018-13-13"))
    assert load_events(connection) == []


def test_a_list_without_a_kind_is_refused_until_it_is_named(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text("date\n2018-01-31\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"meetings.csv: .*name the kind"):
        plan_import(connection, path, calendar=calendar(), now=NOW)
    plan = plan_import(connection, path, told=Told(symbol="FOMC"), calendar=calendar(), now=NOW)
    assert plan.parsed.events == (MarketEvent(date(2018, 1, 31), "FOMC"),)


def test_the_real_list_of_meetings(connection: sqlite3.Connection) -> None:
    plan = plan_import(connection, real_file("macro/fomc_dates_2000_2026.csv"), calendar=calendar(), now=NOW)
    result = commit_import(connection, plan, NOW)
    assert {event.kind for event in load_events(connection)} == {"FOMC"}
    assert result.new == len(load_events(connection)) == 223
