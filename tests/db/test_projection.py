"""Do the readable tables say what the book says, after every act and after a rebuild?"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from core.journal import acts
from db.journal_store import append, create_journal
from db.projection import TABLES, owner_name, rebuild
from tests.core.journal.desk import MORNING, d, legs
from tests.core.journal.walk import WALKS, Walk
from tests.db.ledger import STAMP, Ledger


def tables(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    rows = (connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES)  # noqa: S608
    return dict(zip(TABLES, rows, strict=True))


def test_a_condor_reads_as_a_trader_would_write_it(ledger: Ledger) -> None:
    ledger.do(acts.open_condor, fees=d("12.40"))
    found = tables(ledger.connection)
    assert found["condor"] == [
        (1, "SPX", "2018-02-16", 10, 520_000_000_000, 1_240_000_000, "2018-01-10T15:00:00Z", 1, "[]")
    ]
    assert found["leg"][0] == ("C1", 0, "SPX", "option", "2018-02-16", "P", 260_000_000_000, 10, None)
    assert found["fill"][3][:5] == ("C1", 3, 2, "open", "2018-01-10T15:00:00Z")


def test_a_layer_keeps_exact_points_where_an_average_would_round(ledger: Ledger) -> None:
    texts = ("+1 VIX 2018-03-21 C 25 @ 1.10", "+2 VIX 2018-03-21 C 25 @ 1.15")
    ledger.do(acts.open_layer, fills=legs(*texts), number=3)
    ledger.do(acts.name_layer, number=3, name="far")
    found = tables(ledger.connection)
    assert found["layer"] == [
        ("L3", 3, "far", None, -34_000_000_000, 0, "2018-01-10T15:00:00Z", 1, "[]"),
    ]
    assert found["leg"][0][7:] == (3, 340_000_000)  # 1.10 + 2 x 1.15 points for 3 contracts


def test_closed_positions_stay_with_their_cash(full_ledger: Ledger) -> None:
    found = tables(full_ledger.connection)
    assert [(row[0], row[3], row[7]) for row in found["condor"]] == [(1, 0, 0)]
    assert [row[0] for row in found["layer"]] == ["L1", "L2C1"]
    assert {row[0] for row in found["leg"]} == {"L1", "L2C1"}
    parts = ("open", "close", "close", "open", "settle")  # opened, four of ten closed, rolled, settled
    assert [row[3] for row in found["fill"] if row[0] == "C1"] == [act for act in parts for _ in range(4)]


def test_a_rebuild_gives_the_same_tables_and_mends_changed_ones(full_ledger: Ledger) -> None:
    before = tables(full_ledger.connection)
    rebuild(full_ledger.connection)
    assert tables(full_ledger.connection) == before
    full_ledger.connection.execute("UPDATE condor SET cash_e8 = 0")
    full_ledger.connection.execute("DELETE FROM fill WHERE position = 1")
    full_ledger.connection.execute("UPDATE leg SET owner = owner || '9'")
    assert tables(full_ledger.connection) != before
    rebuild(full_ledger.connection)
    assert tables(full_ledger.connection) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WALKS)
def test_after_any_walk_the_tables_are_those_of_a_rebuild(walk_of_choices: list) -> None:
    walk = Walk()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(create_journal(Path(folder) / "journal.db", MORNING)) as connection,
    ):
        ledger = Ledger(connection)
        walk.desk = ledger.desk
        ledger.desk.take = ledger_take(ledger)  # the walk's acts go to the disk
        for choice in walk_of_choices:
            walk.step(choice)
        kept = tables(connection)
        rebuild(connection)
        assert tables(connection) == kept
        in_layers = sum(row[4] for row in kept["layer"])
        assert in_layers + sum(row[4] for row in kept["condor"]) == walk.cash * 10**8


def ledger_take(ledger: Ledger) -> object:
    def take(draft: object) -> object:
        entries, ledger.desk.book = append(ledger.connection, ledger.desk.book, [draft], [STAMP], ledger.now)
        ledger.desk.entries += entries
        return entries[0]

    return take


@pytest.mark.parametrize(("owner", "name"), [((None, 3), "C3"), ((1, None), "L1"), ((2, 3), "L2C3")])
def test_an_owner_has_a_short_name(owner: tuple[int | None, int | None], name: str) -> None:
    assert owner_name(owner) == name
