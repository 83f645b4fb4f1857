"""Are the oddities of a journal those of its files? Files with known faults, imported and checked."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.market.quality import FindingKind
from db.import_file import commit_import, plan_import
from db.quality import check_data
from tests.core.market.exchange import calendar, real_file, utc
from tests.core.parsing.seeds import SEEDS
from tests.db.market_journal import market_journal

HEADER = "Date,Open,High,Low,Close\n"
# 2018-02-05 is a Monday; the session closes at 21:00 UTC
ROWS = "2018-02-01,14,15,13,14\n2018-02-02,14,18,14,17\n2018-02-03,17,17,17,17\n2018-02-05,18,38,17,37\n"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def put(connection: sqlite3.Connection, path: Path, now: str, symbol: str | None = None) -> None:
    plan = plan_import(connection, path, symbol=symbol, calendar=calendar(), now=utc(now))
    commit_import(connection, plan, utc(now), skip_refused=True)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(connection: sqlite3.Connection, symbol: str = "") -> list[tuple[str, date | None, FindingKind]]:
    return [(one.symbol, one.day, one.kind) for one in check_data(connection, calendar(), symbol)]


def test_rows_set_aside_are_listed_until_their_session_is_in(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    path = written(tmp_path, "VIX.csv", HEADER + ROWS)
    put(connection, path, "2018-02-05T18:00")
    saturday = ("VIX", date(2018, 2, 3), FindingKind.CLOSED_DAY)
    assert found(connection) == [saturday, ("VIX", date(2018, 2, 5), FindingKind.UNFINISHED)]
    put(connection, path, "2018-02-05T22:00")
    assert found(connection) == [saturday]


def test_a_last_row_of_one_future_alone_is_no_close(connection: sqlite3.Connection, tmp_path: Path) -> None:
    table = "DATE,VX1,VX2,VX3\n2018-02-01,14,15,16\n2018-02-02,15,16,17\n2018-02-05,33,,\n"
    put(connection, written(tmp_path, "vx.csv", table), "2018-03-01T00:00")
    assert found(connection) == [("VX1..VX3", date(2018, 2, 5), FindingKind.UNFINISHED)]
    last = connection.execute("SELECT max(time) FROM market_bar WHERE symbol = 'VX1'").fetchone()
    assert last == ("2018-02-02",)


def test_rows_that_are_not_the_series_own_are_no_findings(connection: sqlite3.Connection, tmp_path: Path) -> None:
    chain = next(seed.text for seed in SEEDS if seed.layouts[0] == "lean-universe")
    put(connection, written(tmp_path, "spxw_universe_20180205.csv", chain), "2018-03-01T00:00")
    two = "Symbol,Time,Open,High,Low,Last\n$VIX,02/13/2018,1,2,1,2\n$SPX,02/13/2018,1,2,1,2\n"
    put(connection, written(tmp_path, "two.csv", two), "2018-03-01T00:00", "VIX")
    fates = connection.execute("SELECT fate, reason FROM market_row_note WHERE fate = 'set_aside'").fetchall()
    assert len(fates) == 2  # the bar of SPX itself, and the row of the other symbol
    assert found(connection) == []


def test_refused_rows_and_missing_sessions_are_listed(connection: sqlite3.Connection, tmp_path: Path) -> None:
    text = HEADER + ROWS.replace("2018-02-02,14,18,14,17", "2018-02-02,14,18,14,x")
    put(connection, written(tmp_path, "VIX.csv", text), "2018-03-01T00:00")
    kinds = {kind for _, day, kind in found(connection) if day == date(2018, 2, 2)}
    assert kinds == {FindingKind.REFUSED, FindingKind.MISSING_SESSION}


def test_one_symbol_may_be_asked_for(connection: sqlite3.Connection, tmp_path: Path) -> None:
    put(connection, written(tmp_path, "VIX.csv", HEADER + ROWS), "2018-03-01T00:00")
    breadth = "date,advances,declines\n2018-02-01,10,20\n2018-02-02,10,20\n2018-02-03,10,20\n"
    put(connection, written(tmp_path, "b.csv", breadth), "2018-03-01T00:00", symbol="NYSE")
    assert found(connection, "vix") == [("VIX", date(2018, 2, 3), FindingKind.CLOSED_DAY)]
    assert found(connection, "nyse") == [
        ("BREADTH:NYSE", date(2018, 2, 2), FindingKind.REPEATED_BREADTH),
        ("BREADTH:NYSE", date(2018, 2, 3), FindingKind.CLOSED_DAY),
    ]
    assert len(found(connection)) == 3


def test_the_known_faults_of_the_real_files(connection: sqlite3.Connection) -> None:
    for name in (
        "daily/VIX_History.csv",
        "breadth/breadth_nyse_1990_2015.csv",
        "futures/vx1_vx8_settle_2007_2021.csv",
    ):
        put(connection, real_file(name), "2022-01-03T00:00")
    kinds = [kind for symbol, _, kind in found(connection, "VIX")]
    assert kinds.count(FindingKind.BROKEN_RANGE) == 47
    aside = [one for one in found(connection, "NYSE") if one[2] is FindingKind.CLOSED_DAY]
    assert len(aside) == 33  # the published count
    assert all(not calendar().is_session(day) for _, day, _ in aside if day)
