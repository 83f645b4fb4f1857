"""Does a file come in whole or not at all, and only once? On real files and on files with every fate."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.market.snapshot import Ages, reading
from db.connection import connect_writer
from db.import_file import ImportPlan, ImportRefusedError, ImportResult, commit_import, commit_imports, plan_import
from db.journal_store import create_journal
from db.market_store import load_history
from tests.core.market.exchange import calendar, real_file, utc
from tests.core.parsing.mutation import mutated
from tests.core.parsing.test_rows import EVERY_FATE
from tests.db.market_journal import contents, market_journal

NOW = utc("2024-01-02T12:00")
CLEAN = "DATE,OPEN,HIGH,LOW,CLOSE\n02/02/2018,13.64,17.86,13.64,17.31\n02/05/2018,18.44,38.8,16.8,37.32\n"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def put(folder: Path, text: str, name: str = "VIX_History.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def plan(connection: sqlite3.Connection, path: Path, **given: str) -> ImportPlan:
    return plan_import(connection, path, calendar=calendar(), now=NOW, **given)


def bring_in(
    connection: sqlite3.Connection,
    path: Path,
    *,
    replace: bool = False,
    skip_refused: bool = False,
    **given: str,
) -> ImportResult:
    made = plan(connection, path, **given)
    return commit_import(connection, made, NOW, replace=replace, skip_refused=skip_refused)


def test_a_plan_writes_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    before = contents(connection)
    made = plan(connection, put(tmp_path, EVERY_FATE))
    json.dumps(made.as_record(), allow_nan=False)
    assert contents(connection) == before


def test_the_record_of_a_plan_tells_the_fate_of_every_row(connection: sqlite3.Connection, tmp_path: Path) -> None:
    record = plan(connection, put(tmp_path, EVERY_FATE)).as_record()
    told = [line for first, last in record["taken_lines"] for line in range(first, last + 1)]
    told += [fate["line"] for fate in record["fates"] if not fate["field"]]
    assert sorted(told) == list(range(2, 11))
    assert sum(record["counts"].values()) == record["rows"] == 9
    assert (record["symbol"], record["symbol_from"], record["layout"]) == ("VIX", "file name", "cboe-index")
    assert record["layouts"] == ["cboe-index", "bars"]
    assert record["fates"][3] == {
        "line": 7,
        "day": "2004-11-11",
        "field": "",
        "fate": "refused",
        "reason": "CLOSE: 'abc' is not a plain number",
        "column": 5,
        "rows": 1,
    }
    assert record["refusal"].startswith("VIX_History.csv: 2 rows cannot be read (line 7, column 5: CLOSE: 'abc'")


def test_a_refused_row_refuses_the_file_unless_it_is_skipped(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    path = put(tmp_path, EVERY_FATE)
    before = contents(connection)
    with pytest.raises(ImportRefusedError, match=r"2 rows cannot be read \(line 7, column 5"):
        bring_in(connection, path)
    assert contents(connection) == before
    result = bring_in(connection, path, skip_refused=True)
    assert (result.batch, result.new, result.skipped_rows) == (1, 4, 2)
    rows = connection.execute("SELECT time, close, range_broken FROM market_bar ORDER BY time").fetchall()
    assert rows == [
        ("2004-11-05", 13.84, 0),
        ("2004-11-08", 13.8, 1),
        ("2004-11-10", 13.08, 0),
        ("2004-11-12", 13.33, 0),
    ]


def test_every_fate_but_taken_is_noted_beside_the_import(connection: sqlite3.Connection, tmp_path: Path) -> None:
    bring_in(connection, put(tmp_path, EVERY_FATE), skip_refused=True)
    notes = connection.execute(
        "SELECT line, symbol, day, field, fate FROM market_row_note ORDER BY line"
    ).fetchall()
    assert notes == [
        (3, "VIX", "2004-11-08", "", "flagged"),
        (4, "VIX", "2004-11-09", "", "missing"),
        (6, "VIX", "2004-11-10", "", "repeated"),
        (7, "VIX", "2004-11-11", "", "refused"),
        (8, "VIX", "2004-11-13", "", "set_aside"),
        (9, "VIX", "2004-11-12", "high", "missing"),
        (10, "VIX", "", "", "refused"),
    ]
    name, file_hash, layout, at, report = connection.execute(
        "SELECT file_name, file_hash, layout, imported_at, report FROM import_batch"
    ).fetchone()
    assert (name, layout, at, len(file_hash)) == ("VIX_History.csv", "cboe-index", "2024-01-02T12:00:00Z", 64)
    assert json.loads(report)["counts"]["flagged"] == 1


def test_a_second_import_adds_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = put(tmp_path, EVERY_FATE)
    bring_in(connection, path, skip_refused=True)
    before = contents(connection)
    again = bring_in(connection, path, skip_refused=True)
    assert (again.batch, again.new, again.same, again.changed) == (None, 0, 4, 0)
    assert contents(connection) == before


def test_a_changed_value_is_shown_and_kept_unless_replaced(connection: sqlite3.Connection, tmp_path: Path) -> None:
    bring_in(connection, put(tmp_path, CLEAN))
    other = put(
        tmp_path,
        CLEAN.replace("37.32", "37.33").replace("13.64,17.86", "13.64,17.9") + "02/06/2018,35,40,22,29.98\n",
    )
    made = plan(connection, other)
    changed = made.as_record()["series"][0]["changed"]
    assert [(c["day"], c["field"], c["stored"], c["file"]) for c in changed] == [
        ("2018-02-02", "high", 17.86, 17.9),
        ("2018-02-05", "close", 37.32, 37.33),
    ]
    result = commit_import(connection, made, NOW)
    assert (result.new, result.same, result.changed, result.replaced) == (1, 0, 2, False)
    kept = "SELECT close FROM market_bar ORDER BY time"
    assert connection.execute(kept).fetchall() == [(17.31,), (37.32,), (29.98,)]
    result = bring_in(connection, other, replace=True)
    assert (result.new, result.same, result.changed, result.replaced) == (0, 1, 2, True)
    assert connection.execute(kept).fetchall() == [(17.31,), (37.33,), (29.98,)]
    assert load_history(connection, calendar()).columns["VIX"].tolist() == [17.31, 37.33, 29.98]


@pytest.mark.parametrize(
    "trigger",
    [
        "BEFORE INSERT ON market_bar WHEN NEW.time = '2018-02-05'",
        "BEFORE INSERT ON market_row_note WHEN NEW.fate = 'missing'",
        "BEFORE INSERT ON stored_array WHEN NEW.name = 'history.terms'",
    ],
)
def test_a_fault_in_the_middle_leaves_nothing(
    connection: sqlite3.Connection, tmp_path: Path, trigger: str
) -> None:
    made = plan(connection, put(tmp_path, CLEAN + "02/06/2018,35,null,22,29.98\n"))
    before = contents(connection)
    connection.execute(f"CREATE TEMP TRIGGER fault {trigger} BEGIN SELECT RAISE(ABORT, 'fault'); END")
    with pytest.raises(sqlite3.IntegrityError, match="fault"):
        commit_import(connection, made, NOW)
    assert not connection.in_transaction
    assert contents(connection) == before
    connection.execute("DROP TRIGGER fault")
    assert commit_import(connection, made, NOW).new == 3


def test_what_another_import_brought_since_the_plan_is_not_written_twice(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    made = plan(connection, put(tmp_path, CLEAN))
    other = connect_writer(tmp_path / "journal.db")
    try:
        bring_in(other, put(tmp_path, CLEAN.replace("37.32", "37.5")))
    finally:
        other.close()
    result = commit_import(connection, made, NOW)
    assert (result.batch, result.new, result.same, result.changed) == (None, 0, 1, 1)


@pytest.mark.parametrize(
    ("text", "name", "given", "words"),
    [
        (CLEAN.replace("DATE,", "Date,").replace("OPEN,HIGH,LOW,CLOSE", "Open,High,Low,Close"), "prices 1.csv", {},
         "prices 1.csv: nothing in it says which symbol it is: name it with --symbol"),
        ("date,advances,declines\n2018-02-05,2,502\n", "counts.csv", {}, "which breadth universe it is"),
        (CLEAN, "VIX_History.csv", {"symbol": "V X"}, "'V X' is not a symbol"),
        (CLEAN, "VIX_History.csv", {"symbol": "BREADTH:SP500"}, "is not a symbol"),
        (CLEAN, "VIX_History.csv", {"layout": "yahu"}, "no layout is called 'yahu'"),
        (CLEAN, "VIX_History.csv", {"layout": "vx-table"}, "no column 'VX1' in the header line"),
        ("foo,bar\n1,2\n", "x.csv", {}, "x.csv: no known layout: the header line is 'foo,bar'"),
        (",DATE,VX1,VX2\n0,2018-02-05,33.2,27.9\n", "x.csv", {"symbol": "VX"}, "names its own symbols"),
        ("", "x.csv", {}, "x.csv: the file is empty"),
        ("DATE,OPEN,HIGH,LOW,CLOSE\n", "VIX_History.csv", {}, "no header line with data rows"),
        ("DATE,VIX\n02/05/2018,1\x00\n", "x.csv", {}, "x.csv: line 2, column 2: a NUL"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_come_in_is_refused_in_one_line(  # noqa: PLR0917 - a row of the table above
    connection: sqlite3.Connection, tmp_path: Path, text: str, name: str, given: dict[str, str], words: str
) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        plan(connection, put(tmp_path, text, name), **given)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_symbol_that_is_given_wins(connection: sqlite3.Connection, tmp_path: Path) -> None:
    made = plan(connection, put(tmp_path, "DATE,VVIX\n02/05/2018,177.34\n"), symbol="vix9d")
    assert (made.symbol, made.symbol_from) == ("VIX9D", "given")
    breadth = plan(
        connection, put(tmp_path, "date,advances,declines\n2018-02-05,2,502\n", "nyse.csv"), symbol="sp500"
    )
    assert breadth.parsed.series[0].symbol == "BREADTH:SP500"


def test_a_layout_that_is_given_wins(connection: sqlite3.Connection, tmp_path: Path) -> None:
    made = plan(connection, put(tmp_path, CLEAN + "02/13/2018,25.6,28,24.4,24.97\n"), layout="bars")
    assert (made.layouts, made.parsed.source) == (("bars",), "csv")


def test_the_session_in_progress_is_set_aside(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = put(tmp_path, CLEAN)
    made = plan_import(connection, path, calendar=calendar(), now=utc("2018-02-05T20:30"))
    assert made.as_record()["series"][0]["last"] == "2018-02-02"
    assert made.as_record()["fates"][0]["reason"] == "provisional: the session has not closed yet"


ROWS = st.dictionaries(
    st.sampled_from([f"2018-02-{day:02}" for day in (1, 2, 5, 6, 7, 8, 9)]), st.just(None), min_size=1
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(ROWS, min_size=2, max_size=4), random=st.randoms(use_true_random=False))
def test_files_that_agree_give_the_same_store_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, parts: list[dict[str, None]], random: Random
) -> None:
    stores = []
    for _ in range(2):
        folder = tmp_path_factory.mktemp("order")
        with market_journal(folder) as connection:
            for rows in [*parts, *parts]:
                text = "DATE,VVIX\n" + "".join(f"{d[5:7]}/{d[8:]}/{d[:4]},{100 + int(d[8:])}\n" for d in rows)
                bring_in(connection, put(folder, text))
            stores.append(connection.execute("SELECT symbol, time, source, close FROM market_bar").fetchall())
            history = load_history(connection, calendar())
            assert np.isfinite(history.columns["VVIX"]).sum() == len(stores[-1])
        random.shuffle(parts)
    assert stores[0] == stores[1]
    assert len(stores[0]) == len({day for rows in parts for day in rows})


def test_the_real_files_come_in_and_give_the_known_values(connection: sqlite3.Connection) -> None:
    names = (
        *(f"daily/{name}_History.csv" for name in ("VIX", "VIX9D", "VIX3M", "VVIX")),
        "daily/spx_ohlc_1990_2021.csv",
        "futures/vx1_vx8_settle_2007_2021.csv",
        "breadth/breadth_sp500_2016_2019.csv",
        "breadth/breadth_sp500_2020.csv",
        "macro/VIXCLS.csv",
    )
    for name in names:
        assert bring_in(connection, real_file(name)).batch
    history = load_history(connection, calendar())

    def value(symbol: str, moment: str) -> float | None:
        return reading(symbol, utc(moment), history, {}, Ages()).value

    assert value("VIX", "2018-02-05T21:00") == 37.32
    assert value("VIX", "2018-02-05T20:59") == 17.31
    assert value("SPX", "2018-02-05T21:00") == pytest.approx(2648.94, abs=0.005)
    assert value("SPX", "2020-03-16T20:00") == pytest.approx(2386.13, abs=0.005)
    assert value("VIX", "2020-03-16T20:00") == 82.69
    assert (value("VX1", "2018-02-05T21:00"), value("VX2", "2018-02-05T21:00")) == (33.225, 27.975)
    assert (value("VX1", "2020-03-16T20:00"), value("VX2", "2020-03-16T20:00")) == (72.625, 59.15)
    day = int(np.searchsorted(history.days, np.datetime64("2018-02-05")))
    assert history.columns["BREADTH:SP500.declines"][day] == 502
    assert np.datetime64("2004-06-11") not in history.days
    broken = int(np.searchsorted(history.days, np.datetime64("2004-11-08")))
    assert history.columns["VIX"][broken] == 13.80
    assert np.isnan(history.columns["VIX.open"][broken])
    at = {day: int(np.searchsorted(history.days, np.datetime64(day))) for day in ("1997-01-31", "1999-12-31")}
    assert np.isnan(history.columns["VIX"][at["1997-01-31"]])  # in neither file
    assert history.columns["VIX"][at["1999-12-31"]] == 24.64  # in FRED's alone, and named so
    assert history.source_at("VIX", at["1999-12-31"]) == "fred"
    assert history.source_at("VIX", at["1999-12-31"] - 1) == "cboe"
    before = contents(connection)
    for name in names:
        assert bring_in(connection, real_file(name)).batch is None
    assert contents(connection) == before


def test_mutated_files_come_in_whole_or_are_refused(connection: sqlite3.Connection, tmp_path: Path) -> None:
    rng = Random(20180205)
    taken = 0
    for _ in range(400):
        path = tmp_path / "VIX_History.csv"
        path.write_bytes(mutated(rng.choice([EVERY_FATE, CLEAN]).encode(), rng))
        before = connection.execute("SELECT count(*) FROM market_bar").fetchone()[0]
        try:
            result = bring_in(connection, path, skip_refused=rng.random() < 0.5)
        except ImportRefusedError:
            added = 0
        else:
            added = result.new
            taken += 1
        assert connection.execute("SELECT count(*) FROM market_bar").fetchone()[0] == before + added
        assert not connection.in_transaction
    assert 50 < taken < 350


def test_of_several_files_all_come_in_or_none(connection: sqlite3.Connection, tmp_path: Path) -> None:
    plans = [plan(connection, put(tmp_path, CLEAN, f"{name}_History.csv")) for name in ("VIX", "VIX9D")]
    # the disk gives out in the middle of the second file
    fails = "CREATE TEMP TRIGGER full BEFORE INSERT ON market_bar WHEN new.symbol = 'VIX9D' AND new.close > 37 "
    connection.execute(fails + "BEGIN SELECT RAISE(ABORT, 'no space'); END")
    before = contents(connection)
    with pytest.raises(sqlite3.Error, match="no space"):
        commit_imports(connection, plans, NOW)
    assert contents(connection) == before
    connection.execute("DROP TRIGGER full")
    assert [result.new for result in commit_imports(connection, plans, NOW)] == [2, 2]


def test_real_files_do_not_go_into_a_simulated_journal(tmp_path: Path) -> None:
    create_journal(tmp_path / "demo.db", NOW, is_simulated=True).close()
    with closing(connect_writer(tmp_path / "demo.db")) as simulated:
        made = plan(simulated, put(tmp_path, CLEAN))
        before = contents(simulated)
        with pytest.raises(ImportRefusedError, match="simulated"):
            commit_import(simulated, made, NOW)
        assert contents(simulated) == before
