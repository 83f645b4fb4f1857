"""Do chains stand in their table as they came, and is an import of one taken back to the row?"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.import_file import ImportResult, Told, commit_import, plan_import
from db.option_rows import load_chains
from db.undo_import import list_imports, undo_import
from tests.core.market.exchange import calendar, real_file, utc
from tests.core.parsing.test_cboe_chain import ROW, TOP
from tests.db.market_journal import contents, market_journal

NOW = utc("2024-01-02T12:00")
OPTIONS = (
    'SELECT root, expiry, strike_e8, "right", bid, ask, iv, volume, time FROM option_quote ORDER BY 1, 2, 3, 4'
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def bring_in(connection: sqlite3.Connection, folder: Path, text: str, *, replace: bool = False) -> ImportResult:
    path = folder / "quotedata.csv"
    path.write_text(text, encoding="utf-8")
    plan = plan_import(connection, path, calendar=calendar(), now=NOW)
    json.dumps(plan.as_record(), allow_nan=False)
    return commit_import(connection, plan, NOW, replace=replace)


def test_options_stand_by_root_expiry_strike_and_right(connection: sqlite3.Connection, tmp_path: Path) -> None:
    result = bring_in(connection, tmp_path, TOP + ROW.replace("0.3055", "0"))
    assert (result.new, result.same, result.changed) == (2, 0, 0)
    assert connection.execute(OPTIONS).fetchall() == [
        ("SPX", "2018-02-16", 2600_00000000, "C", 78.2, 80.9, 0.2931, 12, "2018-02-05T19:56:00Z"),
        ("SPX", "2018-02-16", 2600_00000000, "P", 30.5, 32.1, None, 900, "2018-02-05T19:56:00Z"),
    ]
    (record,) = list_imports(connection)
    assert (record.rows, record.symbols) == (2, ("SPX",))


def test_the_newest_chain_by_then_comes_back_with_the_expiries_that_are_asked_for(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    other = ROW.replace("Feb 16 2018", "Feb 23 2018").replace("180216", "180223")
    bring_in(connection, tmp_path, TOP + ROW + other)
    bring_in(connection, tmp_path, TOP.replace("2:56", "2:57") + ROW.replace("78.2,80.9", "79.2,81.9"))
    wanted = [date(2018, 2, 16), date(2018, 3, 16)]
    (newest,) = load_chains(connection, NOW, wanted)
    assert (newest.underlying, newest.source, newest.time) == ("SPX", "cboe", utc("2018-02-05T19:57"))
    assert newest.rights.tolist() == ["C", "P"]
    assert newest.strikes_e8.tolist() == [2600_00000000] * 2
    assert newest.columns["bid"].tolist() == [79.2, 30.5]
    (before,) = load_chains(connection, utc("2018-02-05T19:56"), wanted)
    assert before.columns["bid"].tolist() == [78.2, 30.5]
    assert before.expiries.astype(str).tolist() == ["2018-02-16"] * 2
    assert load_chains(connection, utc("2018-02-05T19:55"), wanted) == ()
    assert load_chains(connection, NOW, []) == ()


def test_a_second_import_adds_nothing_and_another_moment_does(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    bring_in(connection, tmp_path, TOP + ROW)
    before = contents(connection)
    again = bring_in(connection, tmp_path, TOP + ROW)
    assert (again.batch, again.new, again.same) == (None, 0, 2)
    assert contents(connection) == before
    assert bring_in(connection, tmp_path, TOP.replace("2:56", "2:57") + ROW).new == 2


def test_a_changed_quote_is_kept_unless_replaced_and_comes_back(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    bring_in(connection, tmp_path, TOP + ROW)
    before = connection.execute("SELECT * FROM option_quote").fetchall()
    other = TOP + ROW.replace("78.2", "78.3")
    kept = bring_in(connection, tmp_path, other)
    assert (kept.batch, kept.same, kept.changed) == (None, 1, 1)
    assert connection.execute("SELECT * FROM option_quote").fetchall() == before
    assert bring_in(connection, tmp_path, other, replace=True).changed == 1
    assert connection.execute("SELECT bid FROM option_quote WHERE \"right\" = 'C'").fetchall() == [(78.3,)]
    undone = undo_import(connection, calendar())
    assert (undone.removed, undone.restored) == (0, 1)
    assert connection.execute("SELECT * FROM option_quote").fetchall() == before
    assert undo_import(connection, calendar()).removed == 2
    assert connection.execute("SELECT count(*) FROM option_quote").fetchone() == (0,)


def test_a_fault_in_the_middle_of_a_chain_leaves_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    before = contents(connection)
    connection.execute(
        "CREATE TEMP TRIGGER fault BEFORE INSERT ON option_quote WHEN NEW.\"right\" = 'P' "
        "BEGIN SELECT RAISE(ABORT, 'fault'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="fault"):
        bring_in(connection, tmp_path, TOP + ROW)
    assert contents(connection) == before
    assert not connection.in_transaction


@pytest.mark.parametrize("name", ["spx_quotedata_2022-03-23_es.csv", "spx_quotedata_2023-09-01.csv"])
def test_a_published_chain_comes_in_whole(connection: sqlite3.Connection, name: str) -> None:
    path = real_file(f"options/{name}")
    plan = plan_import(connection, path, told=Told(), calendar=calendar(), now=NOW)
    result = commit_import(connection, plan, NOW)
    assert result.new == 2 * plan.parsed.rows
    assert plan.summary()["chain"]["roots"] == ["SPX", "SPXW"]
    (stored,) = connection.execute("SELECT count(*) FROM option_quote").fetchone()
    assert stored == result.new
    again = plan_import(connection, path, calendar=calendar(), now=NOW)
    assert (again.chain.new, again.chain.changed) == (0, 0)
