"""Does the pane show what the tables propose, in their order, with before and after; and is accepting recorded?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.journal.entry import EntryKind
from core.monitor.advice_now import advice, effect
from core.positions.book import Book
from gui.entry.accepting import AcceptDialog
from gui.entry.closing import CloseDialog
from gui.entry.dialog import Ground
from gui.entry.layer import LayerDialog
from gui.entry.prefilled import prefilled
from gui.entry.rolling import LayerRollDialog
from gui.proposals.pane import ProposalsPane
from tests.core.advice.scene import close_of, facts_at, layer_at, session_that_adds, sessions_where
from tests.core.histories import calendar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from core.advice.records import Proposal
    from core.state import Facts
    from gui.theme import Theme


@pytest.fixture(scope="module")
def facts() -> Facts:
    session = sessions_where(vix_spike=1, ad_moderate=1, rsi_vix_block=0)[0]
    old = close_of(session - 30)
    return facts_at(session, layer_at(1, session - 30, old), layer_at(3, session - 30, old))


@pytest.fixture
def pane(qtbot: QtBot, any_theme: Theme, facts: Facts) -> ProposalsPane:
    pane = ProposalsPane(any_theme)
    qtbot.addWidget(pane)
    pane.resize(1000, 420)
    pane.show()
    with qtbot.waitSignals([pane.answer.answered, pane.effect.answered]):
        pane.show_facts(facts)
    pane.forget()
    return pane


def listed(pane: ProposalsPane) -> list[str]:
    return [pane.list_.item(row).data(256) for row in range(pane.list_.count())]


def test_the_list_is_the_advice_in_its_order(pane: ProposalsPane, facts: Facts) -> None:
    assert listed(pane) == [one.key for one in advice(facts).proposals]
    assert listed(pane)[0] == "innermost:L1"
    assert listed(pane)[-1] == "exit_all:all"
    assert str(advice(facts).day) in pane.head.text()


def test_the_first_proposal_is_shown_in_full(pane: ProposalsPane, facts: Facts) -> None:
    one = advice(facts).proposals[0]
    rows = pane.detail.ticket.texts()
    assert [row[2] for row in rows] == [fill.fill.contract.text for fill in one.ticket]
    state = effect(facts, one)
    assert state.before is not None
    shown = {row[0]: row[1:3] for row in pane.detail.effect.texts()}
    (vega,) = (gauge for gauge in state.gauges if gauge.key == "vega")
    before, after = (
        f"{'-' if v < 0 else ''}${abs(v):,.0f}" for v in _values(state.before.gauges, vega.value.value)
    )
    assert shown[vega.name] == [before, after]
    assert "—" not in shown["Break-evens, hedged"]


def _values(gauges: tuple, after: float | None) -> tuple[float, float]:  # type: ignore[type-arg]
    (before,) = (gauge.value.value for gauge in gauges if gauge.key == "vega")
    assert after is not None
    return before, after


def test_an_empty_book_says_that_nothing_is_proposed(qtbot: QtBot, theme: Theme, facts: Facts) -> None:
    pane = ProposalsPane(theme)
    qtbot.addWidget(pane)
    pane.show()
    with qtbot.waitSignal(pane.answer.answered):
        pane.show_facts(replace(facts, book=Book()))
    pane.forget()
    assert pane.list_.count() == 0
    assert pane.head.text().startswith("Nothing is proposed at the close of")
    assert not pane.detail.accept.isVisible()


def ground_of(facts: Facts, theme: Theme) -> Ground:
    return Ground(facts.book, calendar(), facts.now, theme)


def by_key(facts: Facts, key: str) -> Proposal:
    return next(one for one in advice(facts).proposals if one.key == key)


def test_the_form_of_a_roll_has_the_legs_and_no_prices(qtbot: QtBot, theme: Theme, facts: Facts) -> None:
    one = by_key(facts, "innermost:L1")
    (form,) = prefilled(ground_of(facts, theme), one)
    qtbot.addWidget(form)
    assert isinstance(form, LayerRollDialog)
    tables = [form.closes.table, form.opens.table]
    cells = [[table.item(0, column).text() for column in range(6)] for table in tables]
    for row, fill in zip(cells, one.ticket, strict=True):
        assert row[0] == f"{fill.fill.quantity:+d}"
        assert row[4] == str(fill.fill.contract.strike)
        assert row[5] == "", "a model's price is no fill"


def test_the_other_forms(qtbot: QtBot, theme: Theme, facts: Facts) -> None:
    ground = ground_of(facts, theme)
    forms = prefilled(ground, by_key(facts, "exit_all:all"))
    for form in forms:
        qtbot.addWidget(form)
    assert [type(form) for form in forms] == [CloseDialog, CloseDialog]
    adding = facts_at(session_that_adds())
    added = next(one for one in advice(adding).proposals if one.act == "add" and one.ticket)
    (form,) = prefilled(ground_of(adding, theme), added)
    qtbot.addWidget(form)
    assert isinstance(form, LayerDialog)
    assert form.number.currentIndex() + 1 == added.layer


def test_accepting_records_an_intent_and_the_last_resort_needs_a_reason(
    qtbot: QtBot, theme: Theme, facts: Facts
) -> None:
    dialog = AcceptDialog(ground_of(facts, theme), by_key(facts, "exit_all:all"))
    qtbot.addWidget(dialog)
    assert dialog.draft is None
    dialog.reason.setText("margin call")
    assert dialog.draft is not None
    assert dialog.draft.kind is EntryKind.PROPOSAL_ACCEPTED
    assert dialog.draft.note == "margin call"
    assert dialog.draft.body["key"] == "exit_all:all"


def test_the_ticket_of_a_proposal_can_be_seen_on_the_risk_screen(qtbot: QtBot, pane: ProposalsPane) -> None:
    assert any(_has_ticket(pane, row) for row in range(pane.list_.count()))
    with qtbot.waitSignal(pane.risk_requested) as told:
        pane.detail.look.click()
    assert pane.detail.proposal is not None
    assert told.args == [pane.detail.proposal.ticket]
    pane.detail.show_proposal(None)
    assert pane.detail.look.isHidden()


def _has_ticket(pane: ProposalsPane, row: int) -> bool:
    pane.list_.setCurrentRow(row)
    pane.forget()
    return pane.detail.proposal is not None and bool(pane.detail.proposal.ticket)
