"""Is the packed history the one that the rows give, and are quotes kept in order?"""

import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from core.market.calendar import build_sessions
from core.market.merge import merge
from core.market.quote import Quote
from core.market.series import History, Series
from db.connection import connect_reader, write
from db.market_rows import stored_series
from db.market_store import add_quotes, load_history, load_quotes, refresh_history, write_series
from db.sessions import load_calendar, store_calendar
from tests.core.market.exchange import calendar, utc
from tests.db.market_journal import market_journal, new_batch

NOW = utc("2024-01-02T12:00")
RNG = np.random.default_rng(20180205)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def random_bars(symbol: str, source: str, first: str = "1990-01-02", last: str = "2020-12-31") -> Series:
    known = calendar().days
    days = known[(known >= np.datetime64(first)) & (known <= np.datetime64(last))]
    days = days[RNG.random(len(days)) > 0.01]
    columns = {name: RNG.random(len(days)) + 10 for name in ("open", "high", "low", "close")}
    return Series(symbol, source, days, columns, RNG.random(len(days)) < 0.01)


def put(connection: sqlite3.Connection, *series: Series, replace: bool = False) -> None:
    batch = new_batch(connection)
    with write(connection):
        for one in series:
            write_series(connection, batch, one, replace=replace)


def assert_equal(one: History, other: History) -> None:
    assert (one.first, one.length, dict(one.sources)) == (other.first, other.length, dict(other.sources))
    assert list(one.columns) == list(other.columns)
    for name, values in one.columns.items():
        np.testing.assert_array_equal(values, other.columns[name])


def test_the_packed_history_is_that_of_the_rows(connection: sqlite3.Connection) -> None:
    put(connection, random_bars("VIX", "cboe"), random_bars("VIX", "fred", "1985-01-02", "2023-01-03"))
    breadth = {"advances": np.array([2.0]), "declines": np.array([502.0]), "unchanged": np.array([0.0])}
    day = np.array(["2018-02-05"], "datetime64[D]")
    put(connection, Series("BREADTH:SP500", "csv", day, breadth, np.array([False])))
    rebuilt = load_history(connection, calendar())  # nothing is packed yet
    with write(connection):
        refresh_history(connection, calendar())
    connection.execute("DELETE FROM market_bar")  # what is read now can only be the packed copy
    assert_equal(load_history(connection, calendar()), rebuilt)
    assert rebuilt.sources["VIX"] == "cboe, fred"
    assert {rebuilt.source_at("VIX", i) for i in range(rebuilt.length)} <= {"cboe", "fred", ""}


def test_a_packed_history_behind_the_tables_is_not_used(connection: sqlite3.Connection) -> None:
    put(connection, random_bars("VIX", "cboe"))
    with write(connection):
        refresh_history(connection, calendar())
    put(connection, random_bars("SPX", "csv"))
    assert load_history(connection, calendar()).has("SPX")
    assert_equal(load_history(connection, calendar()), merge(stored_series(connection), calendar()))


def test_a_longer_calendar_keeps_the_packed_history_and_another_one_does_not(
    connection: sqlite3.Connection,
) -> None:
    put(connection, random_bars("VIX", "cboe"))
    with write(connection):
        refresh_history(connection, calendar())
    connection.execute("DELETE FROM market_bar")
    longer = build_sessions(1970, 2032)
    assert load_history(connection, longer).days.tolist() == load_history(connection, calendar()).days.tolist()
    assert load_history(connection, longer).length > 7000
    shorter = build_sessions(
        2000, 2030
    )  # the history's first session is not in it: made from the rows, of which none are left
    assert load_history(connection, shorter).length == 0


def test_an_empty_journal_has_an_empty_history(connection: sqlite3.Connection) -> None:
    assert load_history(connection, calendar()).length == 0
    with write(connection):
        refresh_history(connection, calendar())
    assert load_history(connection, calendar()).length == 0


def test_thirty_years_of_thirty_columns_load_in_milliseconds(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    put(connection, *(random_bars(f"S{n}", "csv") for n in range(8)))
    with write(connection):
        history = refresh_history(connection, calendar())
    assert len(history.columns) == 32
    assert history.length > 7500
    reader = connect_reader(tmp_path / "journal.db")
    try:
        spent = []
        for _ in range(5):
            start = time.process_time()
            load_history(reader, load_calendar(reader))
            spent.append(time.process_time() - start)
    finally:
        reader.close()
    assert min(spent) < 0.015


def test_changed_rows_are_kept_unless_replaced(connection: sqlite3.Connection) -> None:
    day = np.array(["2018-02-05"], "datetime64[D]")
    first, second = (
        Series("VIX", "cboe", day, {"close": np.array([value])}, np.array([False])) for value in (37.32, 37.5)
    )
    put(connection, first)
    put(connection, second)
    assert connection.execute("SELECT close, batch FROM market_bar").fetchall() == [(37.32, 1)]
    put(connection, second, replace=True)
    assert connection.execute("SELECT close, batch FROM market_bar").fetchall() == [(37.5, 3)]


def test_quotes_come_back_in_the_order_they_were_stored_to_the_microsecond(connection: sqlite3.Connection) -> None:
    times = ["2018-02-05T15:00:00", "2018-02-05T15:00:00.000001", "2018-02-05T14:59:59.999999"]
    quotes = [Quote("VIX", 30.0 + i, utc(text)) for i, text in enumerate(times)]
    for count, quote in enumerate(quotes):
        add_quotes(connection, [quote], NOW + timedelta(seconds=count))
    assert load_quotes(connection) == tuple(quotes)
    add_quotes(connection, [Quote("SPX", 2700.0, utc("2018-02-05T15:00"), "feed")], NOW - timedelta(seconds=1))
    assert load_quotes(connection) == (Quote("SPX", 2700.0, utc("2018-02-05T15:00"), "feed"), *quotes)


def test_quotes_of_one_batch_come_back_by_time(connection: sqlite3.Connection) -> None:
    times = ["2018-02-05T15:00:00", "2018-02-05T15:00:00.000001", "2018-02-05T14:59:59.999999"]
    add_quotes(connection, [Quote("VIX", 30.0 + i, utc(text)) for i, text in enumerate(times)], NOW)
    assert [quote.value for quote in load_quotes(connection)] == [32.0, 30.0, 31.0]


def test_both_ends_of_the_time_asked_for_are_in_it(connection: sqlite3.Connection) -> None:
    moments = [utc(f"2018-02-05T15:0{minute}") for minute in range(5)]
    add_quotes(connection, [Quote("VIX", float(i + 1), moment) for i, moment in enumerate(moments)], NOW)
    assert [quote.value for quote in load_quotes(connection, moments[1], moments[3])] == [2.0, 3.0, 4.0]
    assert load_quotes(connection, until=moments[0])[0].value == 1.0
    assert load_quotes(connection, since=NOW) == ()


def test_a_quote_of_the_same_moment_corrects_the_first(connection: sqlite3.Connection) -> None:
    for value in (30.0, 31.0):
        add_quotes(connection, [Quote("VIX", value, utc("2018-02-05T15:00"))], NOW)
    assert [quote.value for quote in load_quotes(connection)] == [31.0]


def test_storing_the_calendar_again_leaves_the_history(connection: sqlite3.Connection) -> None:
    put(connection, random_bars("VIX", "cboe"))
    with write(connection):
        refresh_history(connection, calendar())
    store_calendar(connection, calendar())
    connection.execute("DELETE FROM market_bar")
    assert load_history(connection, load_calendar(connection)).length > 7000
