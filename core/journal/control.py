"""Which changes were proposed, who agreed, and do they stand? Read off the entries, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.journal.body import integer, integer_or_none, text
from core.journal.entry import EntryKind
from core.journal.undo import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.journal.entry import Entry, Json

RULES, LAYER, OVERRIDE, APPROVERS = "rules", "layer", "override", "approvers"
ABOUTS = (RULES, LAYER, OVERRIDE, APPROVERS)


class ProposalStatus(StrEnum):
    """How far a proposal has come."""

    OPEN = "open"  # more must agree
    WAITING = "waiting"  # agreed by the only one there is; the cooling-off time runs
    APPROVED = "approved"
    REJECTED = "rejected"
    APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who agreed, and when it was recorded."""

    name: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that was proposed. `seq` is its entry, `time` when it was recorded, `by` whose it is.

    `about` is one of ABOUTS. Rules: `playbook` and `playbook_hash` of the new ones, `from_hash` of those in force
    then, `differences` in words. A layer or an override: `what` is to be done with `layer` (and `condor_id`).
    Approvers: the new `names`. `needed` of the approvers then named must agree; where there was at most one, one
    is enough after `cool_off` from `time`.
    """

    seq: int
    time: datetime
    about: str
    by: str
    what: str
    reason: str
    needed: int
    cool_off: timedelta
    approvers: tuple[str, ...] = ()
    playbook: str = ""
    playbook_hash: str = ""
    from_hash: str = ""
    differences: tuple[str, ...] = ()
    layer: int | None = None
    condor_id: int | None = None
    names: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    rejected_by: str = ""
    applied_seq: int | None = None

    @property
    def is_solo(self) -> bool:
        """Whether one alone decides, so that time takes the place of the others."""
        return len(self.approvers) <= 1

    @property
    def ready_at(self) -> datetime | None:
        """The moment from which the change may be made, None as long as somebody must agree."""
        if len(self.approvals) < self.needed:
            return None
        agreed = self.approvals[self.needed - 1].time
        return max(agreed, self.time + self.cool_off) if self.is_solo else agreed

    def status(self, now: datetime) -> ProposalStatus:
        """Return how far the proposal has come at a moment."""
        if self.rejected_by:
            return ProposalStatus.REJECTED
        if self.applied_seq is not None:
            return ProposalStatus.APPLIED
        if self.ready_at is None:
            return ProposalStatus.OPEN
        return ProposalStatus.APPROVED if self.ready_at <= now else ProposalStatus.WAITING


@dataclass(frozen=True, slots=True)
class Control:
    """Who must agree, and every proposal by the number of its entry."""

    approvers: tuple[str, ...] = ()
    proposals: Mapping[int, Proposal] = field(default_factory=dict)


def control_of(entries: Iterable[Entry]) -> Control:
    """Return the approvers and proposals after the entries; what was undone does not count."""
    approvers: tuple[str, ...] = ()
    found: dict[int, Proposal] = {}
    for entry in standing(entries):
        if entry.kind is EntryKind.CHANGE_PROPOSED:
            found[entry.seq] = _proposal(entry)
        elif entry.kind in _STEPS:
            seq = integer_or_none(entry.body, "proposal")
            if seq is not None and seq in found:
                found[seq] = _STEPS[entry.kind](found[seq], entry)
            if entry.kind is EntryKind.APPROVERS_NAMED:
                approvers = texts(entry.body, "names")
    return Control(approvers, found)


def _proposal(entry: Entry) -> Proposal:
    body = entry.body
    return Proposal(
        seq=entry.seq,
        time=entry.recorded_at,
        about=text(body, "about"),
        by=text(body, "by"),
        what=text(body, "what"),
        reason=entry.note,
        needed=integer(body, "needed"),
        cool_off=timedelta(seconds=integer(body, "cool_off_s")),
        approvers=texts(body, "approvers"),
        playbook=text(body, "playbook"),
        playbook_hash=text(body, "hash"),
        from_hash=text(body, "from_hash"),
        differences=texts(body, "differences"),
        layer=integer_or_none(body, "layer"),
        condor_id=integer_or_none(body, "condor"),
        names=texts(body, "names"),
    )


def texts(body: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """Return a list of texts of a body; raises TypeError where it is none."""
    value = body[key]
    if not isinstance(value, list):
        raise TypeError(f"{key} is not a list")
    return tuple(str(one) for one in value)


def _approved(proposal: Proposal, entry: Entry) -> Proposal:
    """Count an approval once, and that of a stranger not at all."""
    one = Approval(text(entry.body, "by"), entry.recorded_at)
    is_stranger = bool(proposal.approvers) and one.name not in proposal.approvers
    if is_stranger or one.name in {earlier.name for earlier in proposal.approvals}:
        return proposal
    return replace(proposal, approvals=(*proposal.approvals, one))


def _rejected(proposal: Proposal, entry: Entry) -> Proposal:
    return replace(proposal, rejected_by=text(entry.body, "by"))


def _applied(proposal: Proposal, entry: Entry) -> Proposal:
    return replace(proposal, applied_seq=entry.seq)


_STEPS = {
    EntryKind.CHANGE_APPROVED: _approved,
    EntryKind.CHANGE_REJECTED: _rejected,
    EntryKind.RULES_CHANGED: _applied,
    EntryKind.APPROVERS_NAMED: _applied,
    EntryKind.OVERRIDE_RECORDED: _applied,
}
