"""Do events and monthly values reach the facts, the window rules and the status, and go again with an undo?"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from core.market.series import MONTHLY, Series
from core.market.snapshot import Ages
from core.monitor.evaluate import evaluate
from core.playbook.verdict import Says
from db.connection import write
from db.context_store import load_monthly
from db.facts import load_facts
from db.import_file import commit_import, plan_import
from db.market_store import Batch, add_batch, refresh_history, write_series
from db.past_store import load_past, refresh_past
from db.playbooks import load_playbook
from db.undo_import import undo_import
from tests.core.market.exchange import calendar, real_file, utc
from tests.db.market_journal import market_journal

NOW = utc("2018-03-01T12:00")
SESSIONS = calendar().days[
    (calendar().days >= np.datetime64("2018-01-02")) & (calendar().days <= np.datetime64("2018-02-28"))
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        yield connection


def put(connection: sqlite3.Connection, *series: Series) -> None:
    with write(connection):
        batch = add_batch(connection, Batch("x.csv", "", "bars", {}), NOW)
        for one in series:
            write_series(connection, batch, one)
        refresh_history(connection, calendar())


def months(source: str, level: float) -> Series:
    days = np.array(["2017-12-01", "2018-01-01"], "datetime64[D]")
    values = {"close": np.array([level, level + 1])}
    return Series("CPIAUCSL", source, days, values, np.zeros(2, np.bool_), MONTHLY)


def test_one_series_a_symbol_by_precedence(connection: sqlite3.Connection) -> None:
    other = Series(
        "M2SL",
        "fred",
        np.array(["2018-01-01"], "datetime64[D]"),
        {"close": np.array([1.0])},
        np.array([False]),
        MONTHLY,
    )
    put(connection, months("csv", 500.0), months("fred", 250.0), other)
    found = load_monthly(connection)
    assert list(found) == ["CPIAUCSL"]
    assert found["CPIAUCSL"].columns["close"].tolist() == [250.0, 251.0]
    assert found["CPIAUCSL"].interval == MONTHLY


def test_events_reach_the_window_rules_and_go_with_an_undo(connection: sqlite3.Connection, tmp_path: Path) -> None:
    playbook = load_playbook("composite")
    put(
        connection,
        Series(
            "VIX", "cboe", SESSIONS, {"close": np.full(len(SESSIONS), 20.0)}, np.zeros(len(SESSIONS), np.bool_)
        ),
    )
    refresh_past(connection, playbook, NOW)
    before = load_facts(connection, playbook, Ages(), NOW)
    assert says(before.past.triggers.rules["fomc_window"][-1]) is Says.UNKNOWN
    path = tmp_path / "fomc.csv"
    path.write_text("date\n2018-01-31\n2018-03-07\n2018-05-02\n", encoding="utf-8")
    commit_import(connection, plan_import(connection, path, calendar=calendar(), now=NOW), NOW)
    refresh_past(connection, playbook, NOW)
    facts = load_facts(connection, playbook, Ages(), NOW)
    assert load_past(connection, facts.past.history, playbook) is not None  # what is kept knows of the events
    words = facts.past.triggers.rules["fomc_window"]
    # 2018-02-28 is five sessions before 03-07 (1, 2, 5, 6, 7), 2018-02-14 is not near anything
    by_day = dict(zip(SESSIONS.astype(str).tolist(), words.tolist(), strict=True))
    assert says(by_day["2018-02-28"]) is Says.ON
    assert says(by_day["2018-02-14"]) is Says.OFF
    assert says(by_day["2018-02-07"]) is Says.ON  # five sessions after 01-31
    (fomc,) = [one for one in evaluate(facts).more.events if one.kind == "FOMC"]  # type: ignore[union-attr]
    assert (fomc.next_day, fomc.sessions.value) == (date(2018, 3, 7), 4)
    undo_import(connection, calendar())
    refresh_past(connection, playbook, NOW)
    again = load_facts(connection, playbook, Ages(), NOW)
    assert again.events == ()
    assert says(again.past.triggers.rules["fomc_window"][-1]) is Says.UNKNOWN


def says(word: int) -> Says:
    return {-1: Says.UNKNOWN, 0: Says.OFF, 1: Says.ON}[int(word)]


def test_a_real_file_of_consumer_prices_is_known_month_by_month(connection: sqlite3.Connection) -> None:
    plan = plan_import(connection, real_file("macro/CPIAUCSL.csv"), calendar=calendar(), now=NOW)
    commit_import(connection, plan, NOW)
    playbook = load_playbook("composite")
    seen = {}
    for now in ("2018-02-15T13:29", "2018-02-15T13:30"):
        more = evaluate(load_facts(connection, playbook, Ages(), utc(now))).more
        assert more is not None
        seen[now] = more.context[0].about
    # without release dates the 15th at 8:30 New York is assumed
    assert seen == {"2018-02-15T13:29": date(2017, 12, 1), "2018-02-15T13:30": date(2018, 1, 1)}
