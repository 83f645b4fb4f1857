"""Do series stand in the tables as they came, and are differences found? By hand and by property."""

import sqlite3
from collections.abc import Iterator
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
        write_rows(connection, batch, series, np.ones(len(series.days), np.bool_))


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


def test_a_changed_value_is_listed_with_both(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    columns = dict(BARS.columns) | {
        "close": np.array([13.47, 17.31, 37.33]),
        "open": np.array([13.0, 13.6, 18.44]),
    }
    found = compare(connection, Series("VIX", "cboe", DAYS, columns, BARS.range_broken))
    assert found.changed == (
        ChangedValue("VIX", "2018-02-02", "open", None, 13.6),
        ChangedValue("VIX", "2018-02-05", "close", 37.32, 37.33),
    )
    assert found.is_changed.tolist() == [False, True, True]
    assert (found.new, found.same) == (0, 1)


def test_fields_that_a_file_does_not_have_are_neither_compared_nor_lost(connection: sqlite3.Connection) -> None:
    store(connection, BARS)
    same = compare(connection, closes([13.47, 17.31, 37.32]))
    assert (same.new, same.same, same.changed) == (0, 3, ())
    other = compare(connection, closes([13.47, 17.31, 37.5]))
    batch = new_batch(connection)
    with write(connection):
        write_rows(connection, batch, other.series, other.is_changed)
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
