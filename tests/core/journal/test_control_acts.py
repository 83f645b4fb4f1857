"""Who must agree to a change, and from when may it be made? Drafted, linked and folded, as a journal does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.journal import control_acts as acts
from core.journal.chain import GENESIS, link
from core.journal.control import Control, ProposalStatus, control_of
from core.journal.entry import Stamp
from core.journal.log import log_rows
from core.journal.undo import draft_undo
from core.playbook.parameters import with_values
from core.positions.values import ActRefusedError
from tests.core.journal.desk import MORNING
from tests.core.playbooks import preset

if TYPE_CHECKING:
    from datetime import datetime

    from core.journal.entry import Draft, Entry

OLD = preset("composite")
NEW = with_values(preset("composite"), {"budget.L1": 8.0})
DAY = timedelta(hours=24)


@dataclass
class Board:
    """Entries of control alone, one a minute."""

    entries: list[Entry] = field(default_factory=list)
    now: datetime = MORNING

    @property
    def control(self) -> Control:
        return control_of(self.entries)

    def take(self, draft: Draft) -> int:
        seq = len(self.entries) + 1
        prev = self.entries[-1].hash if self.entries else GENESIS
        self.entries.append(link(draft, Stamp(), seq=seq, prev=prev, recorded_at=self.now))
        self.now += timedelta(minutes=1)
        return seq

    def propose(self) -> int:
        return self.take(acts.propose_rules(self.control, OLD, new=NEW, by="Anna", reason="cheaper", at=self.now))

    def approve(self, proposal: int, by: str) -> int:
        return self.take(acts.approve_change(self.control, proposal=proposal, by=by, at=self.now))

    def name(self, *names: str) -> int:
        return self.take(acts.name_approvers(self.control, OLD, names=names, at=self.now))

    def status(self, proposal: int, later: timedelta = timedelta(0)) -> ProposalStatus:
        return self.control.proposals[proposal].status(self.now + later)


@pytest.mark.playbook("003-25", "002-25", "004-24")
def test_two_of_three_must_agree() -> None:
    board = Board()
    board.name("Anna", "Ben", "Cem")
    proposal = board.propose()
    board.approve(proposal, "Anna")
    assert board.status(proposal, 100 * DAY) is ProposalStatus.OPEN  # time does not take the place of the second
    with pytest.raises(ActRefusedError, match="1 more must agree"):
        acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now)
    board.approve(proposal, "Cem")
    assert board.status(proposal) is ProposalStatus.APPROVED
    board.take(acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now))
    assert board.status(proposal) is ProposalStatus.APPLIED
    with pytest.raises(ActRefusedError, match="was applied"):
        acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now)


def test_who_trades_alone_waits_a_day_from_the_proposal() -> None:
    board = Board()
    proposed = board.now
    proposal = board.propose()
    board.approve(proposal, "Anna")
    assert board.control.proposals[proposal].ready_at == proposed + DAY
    assert board.status(proposal) is ProposalStatus.WAITING
    with pytest.raises(ActRefusedError, match="cooling-off time runs until 2018-01-11 15:00 UTC"):
        acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now)
    board.now = proposed + DAY
    assert board.status(proposal) is ProposalStatus.APPROVED
    board.take(acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now))
    assert board.status(proposal) is ProposalStatus.APPLIED


def test_a_stranger_a_second_time_and_a_settled_proposal_are_refused() -> None:
    board = Board()
    board.name("Anna", "Ben", "Cem")
    proposal = board.propose()
    with pytest.raises(ActRefusedError, match="Dora is no approver"):
        board.approve(proposal, "Dora")
    board.approve(proposal, "Ben")
    with pytest.raises(ActRefusedError, match="Ben has agreed already"):
        board.approve(proposal, "Ben")
    draft = acts.reject_change(board.control, proposal=proposal, by="Cem", reason="not now", at=board.now)
    board.take(draft)
    assert board.status(proposal) is ProposalStatus.REJECTED
    with pytest.raises(ActRefusedError, match="was rejected"):
        board.approve(proposal, "Anna")


def test_an_approval_that_came_twice_or_from_a_stranger_counts_once_or_not() -> None:
    board = Board()
    board.name("Anna", "Ben", "Cem")
    proposal = board.propose()
    twice = acts.approve_change(board.control, proposal=proposal, by="Ben", at=board.now)
    for draft in (twice, twice):  # drafted side by side in two windows
        board.take(draft)
    assert len(board.control.proposals[proposal].approvals) == 1


def test_rules_that_changed_after_they_were_proposed_are_refused() -> None:
    board = Board()
    proposal = board.propose()
    board.approve(proposal, "Anna")
    board.now += DAY
    other = with_values(NEW, {"budget.L1": 9.0})
    with pytest.raises(ActRefusedError, match="was changed after it was proposed"):
        acts.apply_rules(board.control, proposal=proposal, playbook=other, at=board.now)


def test_the_same_rules_need_no_proposal_and_a_reason_is_always_needed() -> None:
    control = Control()
    with pytest.raises(ActRefusedError, match="has the rules that are in force"):
        acts.propose_rules(control, OLD, new=OLD, by="Anna", reason="why not", at=MORNING)
    with pytest.raises(ActRefusedError, match="reason: is needed"):
        acts.propose_rules(control, OLD, new=NEW, by="Anna", reason="  ", at=MORNING)
    with pytest.raises(ActRefusedError, match="reason: is needed"):
        acts.record_override(control, against="layer 2 confirmed", reason="", layer=2, at=MORNING)


def test_other_approvers_need_the_agreement_of_the_old_ones() -> None:
    board = Board()
    board.name("Anna", "Ben")
    with pytest.raises(ActRefusedError, match="Anna, Ben are named"):
        board.name("Eve")
    draft = acts.propose_approvers(
        board.control, OLD, names=("Anna", "Eve"), by="Anna", reason="Ben left", at=board.now
    )
    proposal = board.take(draft)
    for name in ("Anna", "Ben"):
        board.approve(proposal, name)
    board.take(acts.name_approvers(board.control, OLD, proposal=proposal, at=board.now))
    assert board.control.approvers == ("Anna", "Eve")


def test_more_approvers_than_the_playbook_has_are_refused() -> None:
    with pytest.raises(ActRefusedError, match="has 3 approvers"):
        acts.name_approvers(Control(), OLD, names=("A", "B", "C", "D"), at=MORNING)


def test_an_undone_approval_does_not_count() -> None:
    board = Board()
    board.name("Anna", "Ben", "Cem")
    proposal = board.propose()
    board.approve(proposal, "Anna")
    board.approve(proposal, "Ben")
    for draft in draft_undo(board.entries):
        board.take(draft)
    assert board.status(proposal) is ProposalStatus.OPEN


def test_an_override_by_proposal_takes_over_what_was_agreed_to() -> None:
    board = Board()
    draft = acts.propose_override(
        board.control, OLD, against="layer 2 confirmed", layer=2, by="Anna", reason="vol too dear", at=board.now
    )
    proposal = board.take(draft)
    board.approve(proposal, "Anna")
    board.now += DAY
    said = acts.record_override(board.control, against="", reason="done", proposal=proposal, at=board.now)
    assert said.body == {"against": "layer 2 confirmed", "layer": 2, "condor": None, "proposal": proposal}
    board.take(said)
    assert board.status(proposal) is ProposalStatus.APPLIED


def test_every_act_of_control_reads_in_the_log() -> None:
    board = Board()
    board.name("Anna", "Ben", "Cem")
    proposal = board.propose()
    board.approve(proposal, "Anna")
    board.approve(proposal, "Ben")
    board.take(acts.apply_rules(board.control, proposal=proposal, playbook=NEW, at=board.now))
    layer = acts.propose_layer(board.control, OLD, act="close", layer=2, by="Ben", reason="dear", at=board.now)
    board.take(layer)
    board.take(acts.reject_change(board.control, proposal=6, by="Cem", reason="no", at=board.now))
    said = {"against": "the plan", "reason": "news", "at": board.now}
    board.take(acts.record_override(board.control, **said))
    assert [row.what for row in log_rows(board.entries)] == [
        "approvers: Anna, Ben, Cem",
        "Anna proposed: follow composite (budget.L1: 10.0 -> 8.0)",
        "Anna approved proposal 2",
        "Ben approved proposal 2",
        "rules in force: composite, by proposal 2",
        "Ben proposed: close layer 2",
        "Cem rejected proposal 6",
        "against: the plan, nobody was asked",
    ]
    assert log_rows(board.entries)[5].layer == 2
