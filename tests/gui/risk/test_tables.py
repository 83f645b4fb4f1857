"""Do the tables say what the worked example of the playbook says, with signs, sources and reasons?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gui.risk.tables import TABLES
from tests.gui.risk.risks import nothing_held, risk

BY_NAME = {name: make(risk()) for name, make in TABLES.items()}


def texts(name: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in BY_NAME[name].rows]


def test_every_table_has_a_cell_under_every_title() -> None:
    for state in (risk(), nothing_held()):
        for name, make in TABLES.items():
            table = make(state)
            assert table.name == name
            assert {len(row) for row in table.rows} <= {len(table.titles)}


def test_hedges_are_aligned_or_not_in_words() -> None:
    (row,) = texts("Hedges")
    assert row == ["L1", "+4 VIX 2026-12-16 C 19", "20.90", "4,836.7", "2.73", "✕ not aligned", "22.17"]


def test_repricing_adds_the_layers_to_the_condors() -> None:
    assert texts("VIX shocks")[0] == ["25", "4,648", "-$2,100", "+$990", "-$1,110"]
    assert BY_NAME["VIX shocks"].titles == ("VIX at once", "SPX by the map", "Condors", "L1", "Together")


def test_legs_name_their_sources_and_why_one_is_unknown() -> None:
    known, unknown = BY_NAME["Legs"].rows
    assert [cell.text for cell in known[2:5]] == ["20.91", "17.1 %", "from the fill"]
    assert unknown[3].text == "—"
    assert "no mark and no chain" in unknown[3].tooltip
    assert unknown[3].role == "unknown"


def test_bounds_are_told_with_their_source() -> None:
    rows = {row[0]: row for row in texts("Bounds")}
    assert rows["SPX -1 %"][1:] == ["-$182", "", "-$250.00", "$250.00", "✓ within", "2.5 % of equity"]
    assert rows["vega offset"][5] == "✕ outside"
    assert rows["theta a day"][5] == "no bound"


def test_what_is_unknown_comes_first() -> None:
    table = BY_NAME["Unknown"]
    assert [cell.text for cell in table.rows[0]] == ["? unknown", "no VX future of 2026-12-16"]
    assert {row[0].text for row in table.rows[1:]} == {"≈ VIX response", "≈ assumed"}


@pytest.mark.parametrize("name", ["Neutrality", "Hedges", "Legs"])
def test_an_empty_table_says_what_to_do(name: str) -> None:
    table = TABLES[name](nothing_held())
    assert table.rows == ()
    assert "Ctrl+" in table.empty


def test_a_layer_of_a_condor_is_named_by_it() -> None:
    state = risk(alignments=(replace(risk().alignments[0], condor_id=2, is_aligned=None),))
    row = TABLES["Hedges"](state).rows[0]
    assert (row[0].text, row[5].text) == ("L1 of condor 2", "unknown")
