"""Does the pane show every rule side by side in dollars and contracts, what binds, and what is short?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.monitor.held_now import held_now
from core.monitor.sizing_now import SizingNow, sizing_now
from core.monitor.sizing_record import sizing_record
from core.playbook.sizing import Sizing
from gui.formats import dollars_text, number_text
from gui.sizing.held_tables import held_tables, held_text
from gui.sizing.pane import SizingPane, sized_and_held
from gui.sizing.tables import BOUNDS, RULES, head_text, tables_of, under_text
from tests.core.journal.desk import Desk
from tests.core.monitor.test_sizing_now import at_close, book_of
from tests.core.playbooks import preset_names

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


def texts(found: SizingNow, name: str) -> list[list[str]]:
    (table,) = (table for table in tables_of(found) if table.name == name)
    return [[cell.text for cell in row] for row in table.rows]


def test_every_rule_stands_in_dollars_and_contracts_as_in_the_record() -> None:
    facts = at_close()
    found = sizing_now(facts)
    wishes = sizing_record(facts, found, held_now(facts))["sized"]["wishes"]
    rows = texts(found, "Rules side by side")
    assert [row[0].removeprefix("▸ ") for row in rows] == list(RULES.values())
    for row, wish in zip(rows, wishes, strict=True):
        assert row[1] == wish["source"]
        assert row[2] == ("—" if wish["exposure"] is None else dollars_text(wish["exposure"], 0))
        assert row[3] == number_text(wish["calls"], 1)
        assert row[4] == number_text(wish["vxm"], 1)


@pytest.mark.parametrize("name", preset_names())
def test_the_rule_that_is_followed_is_marked(name: str) -> None:
    found = sizing_now(at_close(name))
    marked = [row[0] for row in texts(found, "Rules side by side") if row[0].startswith("▸ ")]
    rule = found.sizing.rule
    assert marked == ([] if rule == "composite" else [f"▸ {RULES[rule]}"])


def test_the_head_names_what_binds_and_what_is_short() -> None:
    found = sizing_now(at_close("001-credit-budget"))
    sizing = found.sizing
    assert isinstance(sizing, Sizing)
    head = head_text(found)
    assert f"Asked for {dollars_text(sizing.target.value, 0)} of delta notional, by {sizing.decided_by}" in head
    assert f"Binding: {sizing.binding}" in head
    assert f"{dollars_text(sizing.shortfall.value, 0)} short" in head
    assert f"Held {dollars_text(found.held.value, 0)}" in under_text(found)


def test_coverage_in_three_responses_and_every_bound_are_there() -> None:
    found = sizing_now(at_close())
    assert [row[0] for row in texts(found, "Coverage")] == ["low", "base", "high"]
    assert [row[0] for row in texts(found, "Bounds")] == list(BOUNDS.values())
    assert {row[-3] for row in texts(found, "Bounds")} <= {"within", "OUTSIDE", "unknown"}


def test_without_a_condor_the_pane_says_so_and_shows_no_table() -> None:
    found = sizing_now(at_close(book=Desk().book))
    assert head_text(found) == "The hedge cannot be sized: no condor is open."
    assert tables_of(found) == ()


def test_an_unknown_target_says_why() -> None:
    found = sizing_now(at_close("003-regime", book=book_of(account=False)))
    assert head_text(found) == "The hedge cannot be sized: no account was stated."
    assert texts(found, "Rules side by side")[3][2] == "—"


def test_the_pane_is_filled_while_it_is_seen_and_catches_up_when_it_is_shown(qtbot: QtBot, theme: Theme) -> None:
    holder, pane = QWidget(), SizingPane(theme)
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(pane)
    facts = at_close()
    pane.show_facts(facts)
    assert not pane.answer.is_busy  # hidden: nothing is computed
    with qtbot.waitSignal(pane.answer.answered, timeout=20_000):
        holder.show()
    assert pane.head.text() == head_text(sizing_now(facts))
    assert pane.grids[0].texts() == texts(sizing_now(facts), "Rules side by side")
    with qtbot.waitSignal(pane.answer.answered, timeout=20_000):
        pane.show_facts(at_close(book=Desk().book))
    assert pane.head.text() == "The hedge cannot be sized: no condor is open."
    shown = [grid.accessibleName() for grid in pane.grids if grid.isVisible()]
    assert shown == ["Covered", "Decay", "Falls", "Gamma", "Climate"]
    pane.forget()


def test_both_themes_colour_what_is_outside_a_bound(qapp: QApplication, qtbot: QtBot, any_theme: Theme) -> None:
    pane = SizingPane(any_theme)
    qtbot.addWidget(pane)
    pane.show_sizing(sized_and_held(at_close()))
    before = pane.grids[3].texts()
    pane.set_theme(any_theme)
    assert pane.grids[3].texts() == before
    assert all(len(row) == len(before[0]) for row in before)


def test_what_is_held_stands_in_its_own_tables() -> None:
    _, held, described = sized_and_held(at_close())
    assert described.startswith("The playbook's condor now (45 days, 0.16 delta): ")
    shorts, covers, decay, falls, gamma, context = held_tables(held)
    assert [row[0].text for row in covers.rows] == ["low", "base", "high"]
    assert context.rows[0][0].text == "Half-life of VIX"
    assert [row[0].text for row in shorts.rows] == [f"Condor {one.condor_id} {one.side}" for one in held.shorts]
    assert [row[5].text for row in shorts.rows] == ["INSIDE" if one.is_inside else "" for one in held.shorts]
    assert [row[0].text for row in decay.rows] == ["Condors", "L1", "L2"]
    assert [row[0].text for row in falls.rows] == ["-2.5 %", "-5 %", "-10 %", "-20 %"]
    assert gamma.titles == ("Gamma", "Condors", "with L1", "with L2")
    assert all(len(row) == len(table.titles) for table in (shorts, decay, falls, gamma) for row in table.rows)
    assert held_text(held).endswith(f"normalising {held.normalising.value}.")
