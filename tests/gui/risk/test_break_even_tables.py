"""Do the tables of break-evens say what the worked example of the playbook says, the worse too?"""

from __future__ import annotations

from gui.risk.break_even_tables import MIGRATION
from gui.risk.tables import TABLES
from tests.gui.risk.risks import risk

BY_NAME = {name: make(risk()) for name, make in TABLES.items()}


def texts(name: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in BY_NAME[name].rows]


def test_break_evens_of_every_moment_under_every_response() -> None:
    expiry = texts("Break-evens")[-1]
    assert expiry[0] == "expiry 2026-12-18"
    assert expiry[1] == "4,736.6 / 5,213.4"
    assert expiry[2] == "4,462.0 | 4,727.5 / 5,205.8"  # money is lost between the first two
    assert expiry[3] == "4,073.5  4,737.8  5,205.8"
    assert expiry[4] == "4,647.1  4,710.9  5,205.8"
    assert expiry[5:] == ["-$2,904", "-$4,418", "path-dependent"]
    assert BY_NAME["Break-evens"].rows[-1][2].value == "4461.96 4727.53 5205.82"


def test_migration_says_that_the_upside_gets_worse() -> None:
    bare, first = texts(MIGRATION)
    assert bare[0] == "bare"
    assert first[:8] == [
        "+L1", "4,462.0 | 4,727.5 / 5,205.8", "+9.05", "-7.60", "$760", "84", "-$4,418", "5,250",
    ]  # fmt: skip
    assert "call side 7.60 points nearer" in first[8]
    roles = [cell.role for cell in BY_NAME[MIGRATION].rows[1]]
    assert (roles[2], roles[3], roles[6]) == ("gain", "loss", "loss")


def test_zones_of_every_response_have_signs_and_ends() -> None:
    rows = texts("Zones")
    assert [row[1] for row in rows] == ["low"] * 4 + ["base"] * 4 + ["high"] * 4
    assert rows[4][2:5] == ["▲ profit", "end", "4,462.0"]
    assert rows[5][2:] == ["▼ loss", "4,462.0", "4,727.5", "$0", "-$3,658"]
    assert rows[7][2:5] == ["▼ loss", "5,205.8", "end"]


def test_the_first_order_estimate_stands_beside_the_roots() -> None:
    put, call = texts("First order")
    assert put[:4] == ["put side", "4,736.58", "4,730.18", "4,462.0  4,727.5"]
    assert call[:4] == ["call side", "5,213.42", "5,205.82", "5,205.8"]
    assert BY_NAME["First order"].titles[-5:] == ("delta", "gamma", "vega", "theta", "rest")
