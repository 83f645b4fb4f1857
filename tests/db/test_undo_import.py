"""Does an undo leave the store as it was before, and do files that agree give one store in any order?"""

import sqlite3
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.market.series import DAILY, MONTHLY, Series
from db.connection import write
from db.import_file import commit_import, plan_import
from db.market_store import Batch, add_batch, load_history, refresh_history, write_series
from db.undo_import import UndoRefusedError, list_imports, undo_import
from tests.core.market.exchange import calendar, utc
from tests.db.market_journal import market_journal

NOW = utc("2024-01-02T12:00")
SESSIONS = calendar().days[calendar().days >= np.datetime64("2018-01-02")][:12]
NAN = float("nan")
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = ("market_bar", "market_breadth", "market_event", "option_quote", "market_row_note", "market_before")
KEYS = {
    "market_bar": "symbol, interval, time, source, open, high, low, close, range_broken",
    "market_breadth": "universe, interval, time, source, advances, declines, unchanged, net",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def put(connection: sqlite3.Connection, *series: Series, replace: bool = False) -> int:
    report = {"file": "x.csv", "source": series[0].source if series else "", "series": []}
    with write(connection):
        batch = add_batch(connection, Batch("x.csv", "", "bars", report), NOW)
        for one in series:
            write_series(connection, batch, one, replace=replace)
        refresh_history(connection, calendar())
    return batch


def rows(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Return all that the tables hold but for the numbers of imports that have no rows."""
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in VALUES}  # noqa: S608


def values(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Return the values alone, whichever import wrote them."""
    return {table: connection.execute(f"SELECT {names} FROM {table}").fetchall() for table, names in KEYS.items()}  # noqa: S608


def columns(connection: sqlite3.Connection) -> dict[str, list[float]]:
    history = load_history(connection, calendar())
    return {name: history.column(name).tolist() for name in sorted(history.columns)}


def series_of(picked: dict[int, tuple[float | None, ...]], symbol: str = "VIX", interval: str = DAILY) -> Series:
    fields = ("advances", "declines") if symbol.startswith("BREADTH:") else ("open", "high", "low", "close")
    chosen = sorted(picked)
    table = np.array([[NAN if v is None else v for v in picked[day]] for day in chosen], float).reshape(-1, 4)
    data = {name: table[:, place] for place, name in enumerate(fields)}
    return Series(symbol, "csv", SESSIONS[chosen], data, np.zeros(len(chosen), np.bool_), interval)


number = st.one_of(st.none(), st.integers(10, 13).map(float))
file = st.dictionaries(
    st.integers(0, len(SESSIONS) - 1),
    st.tuples(number, number, number, st.integers(10, 13).map(float)),
    max_size=8,
)
files = st.lists(st.tuples(st.sampled_from(["VIX", "SPX", "BREADTH:NYSE"]), file), min_size=1, max_size=2)


def given_files(picked: list[tuple[str, dict]]) -> list[Series]:
    return [series_of(days, symbol) for symbol, days in dict(picked).items()]


@SLOW
@given(files, files, st.booleans())
def test_the_undo_of_the_second_import_leaves_the_first(
    tmp_path_factory: pytest.TempPathFactory, first: list, second: list, replace: bool
) -> None:
    with market_journal(tmp_path_factory.mktemp("undo")) as connection:
        put(connection, *given_files(first))
        before, seen = rows(connection), columns(connection)
        batch = put(connection, *given_files(second), replace=replace)
        undo_import(connection, calendar(), batch)
        assert rows(connection) == before
        assert repr(columns(connection)) == repr(seen)
        assert [one.batch for one in list_imports(connection)] == [1]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@SLOW
@given(file, st.lists(st.sets(st.integers(0, len(SESSIONS) - 1)), min_size=1, max_size=4), st.randoms())
def test_files_that_agree_give_one_store_twice_overlapping_or_in_another_order(
    tmp_path_factory: pytest.TempPathFactory, whole: dict, parts: list[set[int]], random: object
) -> None:
    """Each file holds some days of one truth, and of each day some fields."""
    pieces = [series_of({day: whole[day] for day in part if day in whole}) for part in [*parts, set(whole)]]
    stores = []
    for order in (pieces, pieces[::-1], [*pieces, *pieces]):
        with market_journal(tmp_path_factory.mktemp("agree")) as connection:
            for piece in order:
                put(connection, piece)
            stores.append((values(connection), repr(columns(connection))))
    assert stores[0] == stores[1] == stores[2]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_files_that_hold_other_fields_of_a_day_make_it_whole_in_any_order(
    connection: sqlite3.Connection, order: tuple[int, ...]
) -> None:
    pieces = [
        series_of({1: (None, None, None, 12.0), 2: (None, None, None, 12.5)}),
        series_of({1: (11.0, 13.0, 10.0, 12.0)}),
        series_of({2: (12.0, None, None, 12.5)}),
    ]
    for place in order:
        put(connection, pieces[place])
    found = connection.execute("SELECT time, open, high, low, close FROM market_bar").fetchall()
    assert found == [("2018-01-03", 11.0, 13.0, 10.0, 12.0), ("2018-01-04", 12.0, None, None, 12.5)]


def test_the_undo_takes_back_days_months_and_minutes(connection: sqlite3.Connection) -> None:
    months = Series(
        "CPIAUCSL",
        "fred",
        np.array(["2018-01-01"], "datetime64[D]"),
        {"close": np.array([1.0])},
        np.array([False]),
        MONTHLY,
    )
    minutes = Series(
        "SPX",
        "csv",
        np.array(["2018-01-02T14:31"], "datetime64[s]"),
        {"close": np.array([1.0])},
        np.array([False]),
        "1min",
    )
    put(connection, months, minutes, series_of({1: (None, None, None, 12.0)}))
    assert undo_import(connection, calendar()).removed == 3
    assert not any(rows(connection).values())


def test_the_newest_goes_first_where_it_wrote_over_an_older_one(connection: sqlite3.Connection) -> None:
    put(connection, series_of({1: (None, None, None, 12.0)}))
    put(connection, series_of({1: (None, None, None, 13.0)}), replace=True)
    before = rows(connection)
    with pytest.raises(UndoRefusedError, match=r"import 1 cannot be taken back yet: import 2 \(1 rows\)"):
        undo_import(connection, calendar(), 1)
    assert rows(connection) == before
    undo_import(connection, calendar(), 2)
    assert columns(connection)["VIX"][-1] == 12.0
    undo_import(connection, calendar(), 1)
    assert columns(connection) == {}


def test_what_is_not_there_is_refused_in_words(connection: sqlite3.Connection) -> None:
    with pytest.raises(UndoRefusedError, match="nothing was imported"):
        undo_import(connection, calendar())
    put(connection, series_of({1: (None, None, None, 12.0)}))
    with pytest.raises(UndoRefusedError, match="there is no import 7"):
        undo_import(connection, calendar(), 7)


def test_an_import_is_never_numbered_as_one_that_was_taken_back(connection: sqlite3.Connection) -> None:
    put(connection, series_of({1: (None, None, None, 12.0)}))
    put(connection, series_of({2: (None, None, None, 12.0)}))
    undo_import(connection, calendar())
    assert put(connection, series_of({3: (None, None, None, 14.0)})) == 3


def test_an_undo_that_fails_leaves_everything(connection: sqlite3.Connection) -> None:
    put(connection, series_of({1: (None, None, None, 12.0)}))
    put(connection, series_of({1: (None, None, None, 13.0)}), replace=True)
    connection.execute("UPDATE market_before SET row = json_remove(row, '$[0]')")  # as after damage
    before = rows(connection)
    with pytest.raises(sqlite3.Error):
        undo_import(connection, calendar())
    assert rows(connection) == before


def test_every_table_that_an_import_writes_is_undone(connection: sqlite3.Connection) -> None:
    """A table with rows of an import that the undo forgot would keep them: none may be added unseen."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    of_imports = {
        table
        for table in tables
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
        if row[2] == "import_batch"
    }
    assert of_imports == {*VALUES}


HEADER = "Date,Open,High,Low,Close\n"
bar = st.tuples(st.integers(1400, 1500), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80))


def line(day: str, values: tuple[int, int, int, int]) -> str:
    """Return a bar whose range holds; open in cents, and how far high, low and close are from it."""
    opened, up, down, move = values
    close = opened + min(move, up)
    cents = (opened, opened + up, opened - down, close)
    return f"{day},{','.join(f'{cent / 100:.2f}' for cent in cents)}\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(bar, min_size=12, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(1, 12)), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_files_on_disk_that_agree_give_one_store_and_an_undo_takes_one_away(
    tmp_path_factory: pytest.TempPathFactory, truth: list, spans: list[tuple[int, int]], random: Random
) -> None:
    lines = [line(str(day), values) for day, values in zip(SESSIONS, truth, strict=True)]
    texts = [HEADER + "".join(lines[start : start + count]) for start, count in [*spans, (0, 12)]]
    shuffled = random.sample(texts, len(texts))
    stores = []
    for order in (texts, shuffled, [*texts, *shuffled]):
        with market_journal(tmp_path_factory.mktemp("files")) as connection:
            for text in order:
                import_text(connection, tmp_path_factory.mktemp("file") / "VIX.csv", text)
            stores.append((values(connection), repr(columns(connection))))
            before = rows(connection)
            newest = list_imports(connection)[-1].batch
            other = HEADER + "".join(line(str(day), (2000, 5, 5, 5)) for day in SESSIONS)
            batch = import_text(connection, tmp_path_factory.mktemp("file") / "VIX.csv", other, replace=True)
            assert batch == newest + 1
            undo_import(connection, calendar())
            assert rows(connection) == before
    assert stores[0] == stores[1] == stores[2]


def import_text(connection: sqlite3.Connection, path: Path, text: str, *, replace: bool = False) -> int | None:
    path.write_text(text, encoding="utf-8")
    plan = plan_import(connection, path, calendar=calendar(), now=NOW)
    return commit_import(connection, plan, NOW, replace=replace).batch
