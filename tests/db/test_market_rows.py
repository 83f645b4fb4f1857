"""Do series stand in the tables as they came, and are differences found? By hand and by property."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.market.series import Series
from db.connection import write
from db.market_rows import ChangedValue, compare, read_series, stored_series, write_rows
from tests.db.market_journal import market_journal, new_batch

NAN = float("nan")
DAYS = np.array(["2018-02-01", "2018-02-02", "2018-02-05"], "datetime64[D]")
BARS = Series(
    "VIX",
    "cboe",
    DAYS,
    {
        "open": np.array([13.0, NAN, 18.44]),
        "high": np.array([14.0, 17.5, 38.8]),
        "low": np.array([12.9, 13.0, 16.8]),
        "close": np.array([13.47, 17.31, 37.32]),
    },
    np.array([False, True, False]),
)
BREADTH = Series(
    "BREADTH:SP500",
    "csv",
    DAYS,
    {
        "advances": np.array([250.0, 13, 2]),
        "declines": np.array([240.0, 489, 502]),
        "unchanged": np.array([NAN, 1, 0]),
        "net": np.full(3, NAN),
    },
    np.zeros(3, np.bool_),
)
ALL = np.ones(3, np.bool_)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def store(connection: sqlite3.Connection, series: Series) -> None:
    batch = new_batch(connection)
    with write(connection):
        write_rows(connection, batch, compare(connection, series), np.ones(len(series.days), np.bool_))


def closes(values: list[float], days: np.ndarray = DAYS) -> Series:
    return Series("VIX", "cboe", days, {"close": np.array(values)}, np.zeros(len(days), np.bool_))


@pytest.mark.parametrize("series", [BARS, BREADTH], ids=lambda one: one.symbol)
def test_a_series_comes_back_as_it_was_written(connection: sqlite3.Connection, series: Series) -> None:
    store(connection, series)
    loaded = read_series(connection, series.symbol, series.source)
    np.testing.assert_array_equal(loaded.days, series.days)
    for name, values in series.columns.items():
        np.testing.assert_array_equal(loaded.columns[name], values)
    assert loaded.range_broken.tolist() == series.range_broken.tolist()


def test_what_is_unknown_is_null_on_disk(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    rows = connection.execute("SELECT time, open FROM market_bar WHERE open IS NULL").fetchall()
    assert rows == [("2018-02-02", None)]


def test_every_symbol_and_source_is_found(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    store(connection, BREADTH)
    store(connection, Series("VIX", "fred", BARS.days, dict(BARS.columns), BARS.range_broken))
    found = {(one.symbol, one.source, len(one.days)) for one in stored_series(connection)}
    assert found == {("VIX", "cboe", 3), ("VIX", "fred", 3), ("BREADTH:SP500", "csv", 3)}


def test_the_same_series_has_nothing_new(connection: sqlite3.Connection) -> None:
    assert compare(connection, BARS).new == 3
    store(connection, BARS)
    again = compare(connection, BARS)
    assert (again.new, again.same, again.changed) == (0, 3, ())


def test_a_changed_value_is_listed_with_both_and_a_missing_one_is_news(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    columns = dict(BARS.columns) | {
        "close": np.array([13.47, 17.31, 37.33]),
        "open": np.array([13.0, 13.6, 18.44]),
    }
    found = compare(connection, Series("VIX", "cboe", DAYS, columns, BARS.range_broken))
    assert found.changed == (ChangedValue("VIX", "2018-02-05", "close", 37.32, 37.33),)
    assert found.is_changed.tolist() == [False, False, True]
    assert found.is_new.tolist() == [False, True, False]
    assert found.same == 1


def test_two_halves_of_a_count_make_a_whole_in_either_order(connection: sqlite3.Connection) -> None:
    none = np.zeros(3, np.bool_)
    halves = [
        Series("BREADTH:SP500", "csv", DAYS, {name: BREADTH.columns[name]}, none)
        for name in ("advances", "declines")
    ]
    for number, order in enumerate((halves, halves[::-1])):
        for half in order:
            renamed = replace(half, symbol=f"BREADTH:U{number}")
            assert compare(connection, renamed).new == 3
            store(connection, renamed)
    whole = [read_series(connection, f"BREADTH:U{number}", "csv").columns for number in range(2)]
    for columns in whole:
        assert columns["advances"].tolist() == [250.0, 13, 2]
        assert columns["declines"].tolist() == [240.0, 489, 502]


def test_what_a_file_does_not_know_leaves_what_is_stored(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    bare = {"open": np.full(3, NAN), "close": BARS.columns["close"]}
    assert compare(connection, Series("VIX", "cboe", DAYS, bare, BARS.range_broken)).same == 3


def test_rows_written_over_are_kept_as_they_were(connection: sqlite3.Connection) -> None:
    store(connection, closes([13.47, 17.31, 0.1 + 0.2]))
    store(connection, closes([13.47, 17.31, 37.32]))
    kept = connection.execute(
        "SELECT batch, table_name, old_batch, row FROM market_before ORDER BY rowid"
    ).fetchall()
    assert kept[-1][:3] == (2, "market_bar", 1)
    assert json.loads(kept[-1][3])[4:9] == ["2018-02-05", None, None, None, 0.30000000000000004]


@pytest.mark.parametrize("interval", ["1min", "30min"])
def test_bars_within_a_day_stand_beside_the_daily_ones(connection: sqlite3.Connection, interval: str) -> None:
    times = np.array(["2018-02-05T20:58:00", "2018-02-05T20:59:00", "2018-02-05T21:00:30"], "datetime64[s]")
    bars = replace(BARS, times=times, interval=interval)
    store(connection, BARS)
    store(connection, bars)
    loaded = read_series(connection, "VIX", "cboe", interval)
    assert loaded.times.tolist() == times.tolist()
    np.testing.assert_array_equal(loaded.columns["open"], BARS.columns["open"])
    stored = connection.execute("SELECT time FROM market_bar WHERE interval <> '1d'").fetchall()
    assert stored == [("2018-02-05T20:58:00Z",), ("2018-02-05T20:59:00Z",), ("2018-02-05T21:00:30Z",)]
    assert compare(connection, bars).same == 3
    assert len(stored_series(connection)) == 1  # the daily ones alone make the history


def test_many_rows_are_written_as_few_are(connection: sqlite3.Connection) -> None:
    rng = np.random.default_rng(20180205)
    days = np.arange(np.datetime64("1990-01-01"), np.datetime64("1991-02-01"))  # 396: three hundreds and the rest
    columns = {name: rng.random(len(days)) for name in ("open", "high", "low", "close")}
    flags = rng.random(len(days)) < 0.5
    store(connection, Series("VIX", "cboe", days, columns, flags))
    loaded = read_series(connection, "VIX", "cboe")
    assert loaded.days.tolist() == days.tolist()
    assert loaded.range_broken.tolist() == flags.tolist()
    for name, values in columns.items():
        assert loaded.columns[name].tolist() == values.tolist()


def test_fields_that_a_file_does_not_have_are_neither_compared_nor_lost(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    same = compare(connection, closes([13.47, 17.31, 37.32]))
    assert (same.new, same.same, same.changed) == (0, 3, ())
    other = compare(connection, closes([13.47, 17.31, 37.5]))
    batch = new_batch(connection)
    with write(connection):
        write_rows(connection, batch, other, other.is_changed)
    loaded = read_series(connection, "VIX", "cboe")
    assert loaded.columns["close"].tolist() == [13.47, 17.31, 37.5]
    assert loaded.columns["high"].tolist() == [14.0, 17.5, 38.8]
    assert loaded.range_broken.tolist() == [False, True, False]


def test_days_before_between_and_after_are_new(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    days = np.array(["2018-01-31", "2018-02-02", "2018-02-06"], "datetime64[D]")
    found = compare(connection, closes([13.54, 17.31, 29.98], days))
    assert found.is_new.tolist() == [True, False, True]
    assert np.isnan(found.series.columns["high"]).tolist() == [True, False, True]
