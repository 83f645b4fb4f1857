"""How is a proposal decided on? Approved, rejected, or put in force once enough have agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.journal import control_acts as acts
from core.journal.control import APPROVERS, RULES, ProposalStatus
from core.positions.values import ActRefusedError
from gui.entry.control import ControlDialog, filled
from gui.widgets import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from core.journal.control import Control, Proposal
    from core.journal.entry import Draft
    from core.playbook.parameters import Playbook
    from gui.entry.checking import Readings
    from gui.entry.dialog import Ground

APPROVE, REJECT, APPLY = "approve", "reject", "put in force"
DECISIONS = (APPROVE, REJECT, APPLY)


class DecisionDialog(ControlDialog):
    """Approves or rejects an open proposal, or puts an approved one in force."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        ground: Ground,
        clock: Callable[[], datetime],
        control: Control,
        playbook: Playbook,
        load: Callable[[str], Playbook],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, "Decide on a proposal", "Decide", clock, parent)
        self._control, self._playbook, self._load = control, playbook, load
        self._open = open_proposals(control, ground.now)
        texts = [f"{one.seq}: {one.what} ({one.status(ground.now).value})" for one in self._open]
        self.proposal = self.form.choice("proposal", "&Proposal", texts or ["none is open"])
        self.decision = self.form.choice("decision", "&Decision", DECISIONS)
        self.by = self.form.line("by", "&By", hint="who decides")
        self.reason_line()
        self.file = self.form.line("file", "&File", hint="the TOML file, where the rules are no preset", chars=40)
        self.told = plain_label(wraps=True, name="What is proposed")
        self.form.grid.addRow(self.told)
        self.decision.currentIndexChanged.connect(lambda _index: self._show_rows())
        self.proposal.currentIndexChanged.connect(lambda _index: self._show_rows())
        self._show_rows()
        self.begin()

    @property
    def chosen(self) -> Proposal | None:
        """The proposal that is decided on, None where none is open."""
        return self._open[self.proposal.currentIndex()] if self._open else None

    @property
    def rules_place(self) -> str:
        """The name or file of rules that are put in force, "" for another decision."""
        found = self.chosen
        if found is None or self.decision.currentText() != APPLY or found.about != RULES:
            return ""
        return self.file.text().strip() or found.playbook

    def _show_rows(self) -> None:
        decision, found = self.decision.currentText(), self.chosen
        self.form.show_row("by", decision != APPLY)
        self.form.show_row("reason", decision == REJECT)
        self.form.show_row("file", decision == APPLY and found is not None and found.about == RULES)
        lines = [] if found is None else [f"{found.by}: {found.reason}", *found.differences]
        self.told.setText("\n".join(lines))

    def readings(self) -> Readings:
        """Return the rows that belong to the decision."""
        decision = self.decision.currentText()
        rows: Readings = {"proposal": self._chosen_seq}
        if decision != APPLY:
            rows["by"] = lambda: filled("by", self.by.text())
        if decision == REJECT:
            rows["reason"] = self.reason_typed
        return rows

    def _chosen_seq(self) -> int:
        if self.chosen is None:
            raise ActRefusedError("proposal", "nothing is proposed")
        return self.chosen.seq

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the decision."""
        decision, found = self.decision.currentText(), self.chosen
        if decision == APPROVE:
            return acts.approve_change(self._control, at=self._clock(), **values)
        if decision == REJECT:
            return acts.reject_change(self._control, at=self._clock(), **values)
        if found is not None and found.about == APPROVERS:
            return acts.name_approvers(self._control, self._playbook, proposal=found.seq, at=self._clock())
        if found is not None and found.about == RULES:
            new = self._load(self.rules_place)
            return acts.apply_rules(self._control, proposal=found.seq, playbook=new, at=self._clock())
        raise ActRefusedError("decision", "enter the act itself: a layer's fill, or the override")


def open_proposals(control: Control, now: datetime) -> list[Proposal]:
    """Return the proposals that wait for a word or for their time."""
    over = {ProposalStatus.REJECTED, ProposalStatus.APPLIED}
    return [one for one in control.proposals.values() if one.status(now) not in over]
