"""Are chains read back as they were imported, and marks only from their own moment?"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.positions.leg import parse_fill
from db.chain_store import load_chains, mark_at
from tests.core.market.exchange import utc
from tests.core.parsing.test_cboe_chain import ROW, TOP
from tests.db.market_journal import market_journal
from tests.db.test_option_rows import bring_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

QUOTED = utc("2018-02-05T19:56:00")
QUARTER = timedelta(minutes=15)
CALL = parse_fill("+1 SPX 2018-02-16 C 2600 @ 1").contract
PUT = parse_fill("+1 SPX 2018-02-16 P 2600 @ 1").contract


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with market_journal(tmp_path) as connection:
        bring_in(connection, tmp_path, TOP + ROW.replace("0.3055", "0"))
        yield connection


def test_the_last_chain_of_an_underlying_comes_back(connection: sqlite3.Connection, tmp_path: Path) -> None:
    (chain,) = load_chains(connection, QUOTED).values()
    assert (chain.underlying, chain.time, len(chain)) == ("SPX", QUOTED, 2)
    assert chain.rights.tolist() == ["C", "P"]
    assert chain.strikes_e8.tolist() == [2600_00000000] * 2
    assert chain.expiries.astype(str).tolist() == ["2018-02-16"] * 2
    assert chain.columns["bid"].tolist() == [78.2, 30.5]
    assert math.isnan(chain.columns["iv"][1])
    later = bring_in(connection, tmp_path, TOP.replace("2:56", "2:57") + ROW)
    assert later.new == 2
    assert load_chains(connection, QUOTED)["SPX"].time == QUOTED
    assert load_chains(connection, QUOTED + timedelta(minutes=1))["SPX"].time == QUOTED + timedelta(minutes=1)


def test_nothing_is_read_before_it_was_quoted(connection: sqlite3.Connection) -> None:
    assert load_chains(connection, QUOTED - timedelta(seconds=1)) == {}
    assert mark_at(connection, CALL, QUOTED - timedelta(seconds=1), QUARTER) is None


def test_a_mark_holds_for_as_long_as_it_may(connection: sqlite3.Connection) -> None:
    found = mark_at(connection, PUT, QUOTED + QUARTER, QUARTER)
    assert found is not None
    assert (found.bid, found.ask, found.mid, found.time) == (30.5, 32.1, pytest.approx(31.3), QUOTED)
    assert mark_at(connection, PUT, QUOTED + QUARTER + timedelta(seconds=1), QUARTER) is None


def test_what_is_no_option_or_not_quoted_has_no_mark(connection: sqlite3.Connection) -> None:
    for text in (
        "+1 VX 2018-03-21 @ 1",
        "+1 VXX @ 1",
        "+1 SPX 2018-02-16 C 2605 @ 1",
        "+1 SPXW 2018-02-16 C 2600 @ 1",
    ):
        assert mark_at(connection, parse_fill(text).contract, QUOTED, QUARTER) is None
