"""Does a file of every layout come in once, whole or not at all, and go again without a trace?"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db.file_text import file_text
from db.import_file import ImportPlan, ImportRefusedError, ImportResult, Told, commit_import, plan_file
from db.market_store import load_history
from db.scratch import scratch_journal
from db.undo_import import undo_import
from tests.core.market.exchange import calendar, real_file, utc
from tests.core.parsing.mutation import mutated
from tests.core.parsing.seeds import NOW, SEEDS, Seed
from tests.db.market_journal import TABLES

INPUTS = 1500
VALUES = tuple(table for table in TABLES if table not in {"import_batch", "stored_array"})


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(scratch_journal()) as connection:
        yield connection


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in VALUES}  # noqa: S608


def plan(connection: sqlite3.Connection, seed: Seed, data: bytes | None = None) -> ImportPlan:
    needs_name = not seed.layout().names_itself or seed.symbol
    told = Told(
        symbol=seed.symbol if needs_name else "",
        zone=seed.zone,
        day=date.fromisoformat(seed.day) if seed.day else None,
    )
    text = file_text(seed.file_name, seed.text.encode() if data is None else data)
    return plan_file(connection, text, told, calendar=calendar(), now=NOW)


def bring_in(connection: sqlite3.Connection, path: Path, **told: object) -> ImportResult:
    text = file_text(path.name, path.read_bytes())
    made = plan_file(connection, text, Told(**told), calendar=calendar(), now=NOW)
    return commit_import(connection, made, NOW)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.layouts[0]}-{seed.file_name}")
def test_a_file_comes_in_once_and_goes_again(connection: sqlite3.Connection, seed: Seed) -> None:
    empty = contents(connection)
    result = commit_import(connection, plan(connection, seed), NOW)
    assert result.new > 0
    stored = contents(connection)
    again = commit_import(connection, plan(connection, seed), NOW)
    assert (again.batch, again.new, again.changed, again.same) == (None, 0, 0, result.new)
    assert contents(connection) == stored
    assert undo_import(connection, calendar()).removed == result.new
    assert contents(connection) == empty


def test_damaged_files_come_in_whole_or_are_refused(connection: sqlite3.Connection) -> None:
    rng = random.Random(20180205)
    outcomes = {"written": 0, "refused": 0, "nothing new": 0}
    for _ in range(INPUTS):
        seed = rng.choice(SEEDS)
        before = connection.total_changes
        try:
            made = plan(connection, seed, mutated(seed.text.encode(), rng))
            assert connection.total_changes == before  # a plan leaves no trace
            result = commit_import(
                connection, made, NOW, skip_refused=rng.random() < 0.5, replace=rng.random() < 0.5
            )
        except ImportRefusedError:
            assert connection.total_changes == before
            outcomes["refused"] += 1
        else:
            outcomes["written" if result.batch else "nothing new"] += 1
        assert not connection.in_transaction
    assert min(outcomes.values()) > 0.02 * INPUTS  # all three were tried
    (orphans,) = connection.execute(
        "SELECT count(*) FROM market_bar WHERE batch NOT IN (SELECT id FROM import_batch)"
    ).fetchone()
    assert orphans == 0
    while connection.execute("SELECT count(*) FROM import_batch").fetchone()[0]:
        undo_import(connection, calendar())
    assert not any(rows for table, rows in contents(connection).items() if table != "column_mapping")


def test_contracts_give_the_same_front_as_the_published_table(connection: sqlite3.Connection) -> None:
    bring_in(connection, real_file("futures/vx1_vx8_settle_2007_2021.csv"))
    table = load_history(connection, calendar())
    for name in ("F08", "G10", "H12", "F15", "K08", "X14"):
        bring_in(connection, real_file(f"futures/cfe/CFE_{name}_VX.csv"))
    history = load_history(connection, calendar())
    places = {str(day): index for index, day in enumerate(history.days)}
    compared = 0
    for symbol in ("VX1", "VX2"):
        for day, index in places.items():
            if history.source_at(symbol, index) != "cfe" or str(table.days[0]) > day:
                continue
            there = table.column(symbol)[index - places[str(table.days[0])]]
            assert history.column(symbol)[index] == pytest.approx(there, abs=0.0051), (symbol, day)
            compared += 1
    assert compared > 200
    at = {day: places[day] for day in ("2012-03-19", "2012-03-20", "2012-03-21", "2015-01-20", "2015-01-21")}
    assert history.column("VX1")[at["2012-03-20"]] == 15.65
    assert history.source_at("VX1", at["2012-03-20"]) == "cfe"
    assert history.source_at("VX1", at["2012-03-21"]) == "vx-table"  # the March contract expires that day
    assert history.column("VX1")[at["2015-01-20"]] == 20.175
    assert history.column("VRO")[at["2015-01-21"]] == 20.97
    assert history.column("VRO")[at["2012-03-21"]] == 14.55


def test_unicorn_halves_make_a_whole_when_both_are_there(connection: sqlite3.Connection, tmp_path: Path) -> None:
    for name, count in (("NYSE_advn.csv", 2), ("NYSE_decln.csv", 502)):
        path = tmp_path / name
        path.write_text(f"20180205, {count}\n")
        bring_in(connection, path)
        history = load_history(connection, calendar())
        assert history.universes() == (("NYSE",) if count == 502 else ())
    row = connection.execute("SELECT universe, advances, declines, source FROM market_breadth").fetchall()
    assert row == [("NYSE", 2.0, 502.0, "unicorn")]
    assert undo_import(connection, calendar()).restored == 1
    assert load_history(connection, calendar()).universes() == ()


def test_monthly_and_minute_values_stay_out_of_the_daily_history(connection: sqlite3.Connection) -> None:
    bring_in(connection, real_file("macro/CPIAUCSL.csv"))
    bring_in(connection, real_file("intraday/spx_1min_chicago_2021.csv"))
    assert load_history(connection, calendar()).columns == {}
    rows = connection.execute(
        "SELECT interval, count(*), min(time), max(time) FROM market_bar GROUP BY 1"
    ).fetchall()
    assert rows == [
        ("1min", 782, "2021-01-04T14:30:00Z", "2021-01-14T21:00:00Z"),
        ("1mo", 384, "1990-01-01", "2021-12-01"),
    ]


def test_chicago_and_new_york_files_are_the_same_bars(connection: sqlite3.Connection, tmp_path: Path) -> None:
    text = "datetime,open,high,low,close\n2018-02-05 {}:59:00,1,2,1,2\n2018-02-05 {}:00:00,2,3,2,3\n"
    for zone, hours in (("Chicago", (14, 15)), ("New York", (15, 16))):
        path = tmp_path / f"vix_1min_{zone}.csv"
        path.write_text(text.format(*hours))
        result = bring_in(connection, path, zone=zone)
        assert (result.new, result.same) == ((2, 0) if zone == "Chicago" else (0, 2))
    times = connection.execute("SELECT time FROM market_bar ORDER BY time").fetchall()
    assert times == [("2018-02-05T20:59:00Z",), ("2018-02-05T21:00:00Z",)]
    assert utc("2018-02-05T21:00").isoformat().startswith(times[1][0][:-1])
