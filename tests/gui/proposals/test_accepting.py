"""Is an accepted proposal an entry first, and its form open then, with nothing filled?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from core.advice.records import Act, Proposal
from core.playbook.verdict import PositionState
from core.positions.leg import parse_fill
from core.risk_state import ProposedFill
from gui.entry.accepting import AcceptDialog
from gui.entry.layer import LayerDialog
from tests.gui.market_files import filled_journal
from tests.gui.opened import opened, options_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TICKET = (ProposedFill(parse_fill("+4 VIX 2027-03-17 C 25 @ 1.20"), layer=3),)
PROPOSAL = Proposal(
    "next_layer:L3",
    "next_layer",
    Act.ADD,
    "add layer 3; the condors stay as they are",
    "layer 3 is confirmed by its rules and nothing of it is held",
    "000",
    layer=3,
    ticket=TICKET,
)


def form_of(kind: type) -> Any:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def test_accepting_is_recorded_before_the_form_opens(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, options_of(tmp_path, filled_journal(tmp_path / "journal.db"))) as application:
        context = application.context
        panes, store = context.make_charts(), context.the_store
        panes.proposals.accepted.emit(PROPOSAL)
        qtbot.waitUntil(lambda: form_of(AcceptDialog) is not None)
        asked = form_of(AcceptDialog)
        assert asked is not None
        asked.reason.setText("the rule says so")
        asked.accept_button.click()
        qtbot.waitUntil(lambda: form_of(LayerDialog) is not None, timeout=20_000)
        assert store.log[-1].kind == "proposal_accepted"
        assert store.log[-1].note == "the rule says so"
        form = form_of(LayerDialog)
        assert form is not None
        assert form.legs.table.item(0, 0).text() == "+4"
        assert form.legs.table.item(0, 5).text() == ""
        assert store.facts is not None
        assert not store.facts.book.open_layers, "nothing is assumed filled"
        assert store.state is not None
        assert store.state.layers[2].position is PositionState.PROPOSED
        form.close()
