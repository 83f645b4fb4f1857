"""Is each stored quote told whether it is shown, just as the facts have it, however many there are?"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.market.quote import Quote
from core.market.snapshot import Ages
from db.connection import connect_writer
from db.facts import load_facts
from db.market_store import add_quotes
from db.playbooks import load_playbook
from db.quote_store import LOOKED_AT, store_quotes
from tests.gui.market_files import NOW, closes, filled_journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

SPX = float(closes()["SPX"][-1])


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_writer(filled_journal(tmp_path / "journal.db"))) as connection:
        yield connection


def quote(share: float, seconds: float) -> Quote:
    """SPX as a share of its last close, so many seconds after NOW."""
    return Quote("SPX", round(SPX * share, 2), NOW + timedelta(seconds=seconds))


def test_what_is_said_of_each_is_what_the_facts_have(connection: sqlite3.Connection) -> None:
    random = np.random.default_rng(5)
    said: dict[Quote, str] = {}
    for step in range(60):
        one = quote(float(random.choice([1.0, 1.01, 0.6, 1.3])), 20 * step - float(random.choice([0, 50])))
        (stored,) = store_quotes(connection, [one], NOW + timedelta(seconds=20 * step))
        said[one] = stored.set_aside
        facts = load_facts(connection, load_playbook(), Ages(), NOW + timedelta(seconds=20 * step))
        reasons = [
            held.reason for held in facts.set_aside if held.quote is not None and held.quote.time == one.time
        ]
        assert reasons[-1:] == ([stored.set_aside] if stored.set_aside else [])
    assert {bool(reason) for reason in said.values()} == {True, False}


def test_several_symbols_at_once_are_each_judged_by_their_own(connection: sqlite3.Connection) -> None:
    vix = Quote("VIX", 1.0, NOW)
    stored = store_quotes(connection, [quote(1.0, 0), vix, Quote("XYZ", 7.0, NOW)], NOW)
    assert [bool(one.set_aside) for one in stored] == [False, True, False]
    assert store_quotes(connection, [], NOW) == []


def test_a_backdated_one_behind_thousands_says_that_it_is_late(connection: sqlite3.Connection) -> None:
    many = [quote(1.0 + 0.01 * (n % 2), n / 10) for n in range(4 * LOOKED_AT)]
    add_quotes(connection, many, NOW + timedelta(hours=1))
    late = NOW + timedelta(hours=2)
    (stored,) = store_quotes(connection, [quote(1.0, -30)], late)
    assert "came after one of" in stored.set_aside
    (far,) = store_quotes(connection, [quote(3.0, 4 * LOOKED_AT / 10 + 1)], late)
    assert "held back" in far.set_aside
    (near,) = store_quotes(connection, [quote(1.0, 4 * LOOKED_AT / 10 + 2)], late)
    assert near.set_aside == ""


def test_a_quote_costs_the_same_after_thousands_of_others(connection: sqlite3.Connection) -> None:
    def cost(start: float) -> float:
        times = []
        for n in range(7):
            began = time.perf_counter()
            store_quotes(connection, [quote(1.0, start + n)], NOW + timedelta(days=1))
            times.append(time.perf_counter() - began)
        return min(times)

    few = cost(0)
    add_quotes(connection, [quote(1.0, 100 + n) for n in range(20_000)], NOW + timedelta(days=1))
    assert cost(30_000) < 5 * few + 0.05
