"""Which acts govern the rules? Propose, approve, reject, make the change; each refused where it may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.control import APPROVERS, OVERRIDE, RULES, Control, Proposal, ProposalStatus
from core.journal.control_checks import check_what, checked_layer, checked_name, checked_names, checked_reason
from core.journal.entry import Draft, EntryKind
from core.journal.proposal_acts import (
    LAYER_ACTS,
    propose_approvers,
    propose_layer,
    propose_override,
    propose_rules,
)
from core.positions.values import ActRefusedError, checked_moment, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.journal.entry import Json
    from core.playbook.parameters import Playbook

__all__ = [
    "LAYER_ACTS",
    "apply_rules",
    "approve_change",
    "name_approvers",
    "propose_approvers",
    "propose_layer",
    "propose_override",
    "propose_rules",
    "record_override",
    "reject_change",
]


def approve_change(control: Control, *, proposal: int, by: str, at: datetime) -> Draft:
    """Agree to a proposal; refused for one that is settled, for a stranger, and for a second time."""
    found, name = _open_proposal(control, proposal, at), checked_name("by", by)
    require(
        not found.approvers or name in found.approvers,
        "by",
        f"{name} is no approver: {', '.join(found.approvers)} are",
    )
    require(name not in {one.name for one in found.approvals}, "by", f"{name} has agreed already")
    body: dict[str, Json] = {"proposal": proposal, "by": name, "layer": found.layer, "condor": found.condor_id}
    return Draft(EntryKind.CHANGE_APPROVED, checked_moment("at", at), body)


def reject_change(control: Control, *, proposal: int, by: str, reason: str, at: datetime) -> Draft:
    """Reject or withdraw a proposal; its author and every approver may."""
    found, name = _open_proposal(control, proposal, at), checked_name("by", by)
    may = {found.by, *found.approvers}
    require(not found.approvers or name in may, "by", f"{name} may not: {', '.join(sorted(may))} may")
    body: dict[str, Json] = {"proposal": proposal, "by": name, "layer": found.layer, "condor": found.condor_id}
    return Draft(EntryKind.CHANGE_REJECTED, checked_moment("at", at), body, checked_reason(reason))


def apply_rules(control: Control, *, proposal: int, playbook: Playbook, at: datetime) -> Draft:
    """Put the approved rules in force; `playbook` is what the name stands for now and must still be the same."""
    found = _approved(control, proposal, RULES, at)
    require(
        playbook.hash == found.playbook_hash,
        "playbook",
        f"{found.playbook} was changed after it was proposed: propose it again",
    )
    body: dict[str, Json] = {"proposal": proposal, "playbook": playbook.name, "hash": playbook.hash}
    return Draft(EntryKind.RULES_CHANGED, checked_moment("at", at), body)


def name_approvers(
    control: Control,
    playbook: Playbook,
    *,
    names: Sequence[str] = (),
    proposal: int | None = None,
    at: datetime,
) -> Draft:
    """Name who must agree: at once where nobody was named, else by an approved proposal and as it says."""
    if proposal is not None:
        found = _approved(control, proposal, APPROVERS, at).names
    else:
        require(
            not control.approvers,
            "names",
            f"{', '.join(control.approvers)} are named: propose others, and let them agree",
        )
        found = checked_names(names, playbook)
    body: dict[str, Json] = {"proposal": proposal, "names": list(found)}
    return Draft(EntryKind.APPROVERS_NAMED, checked_moment("at", at), body)


def record_override(  # noqa: PLR0913 - the fields of one form
    control: Control,
    *,
    against: str,
    reason: str,
    layer: int | None = None,
    condor_id: int | None = None,
    proposal: int | None = None,
    at: datetime,
) -> Draft:
    """Record that one acted, or acts, against a verdict or a plan, and why; never without a reason.

    Without an approved proposal it is recorded all the same, and told as one that nobody agreed to.
    """
    if proposal is not None:
        found = _approved(control, proposal, OVERRIDE, at)
        against, layer = found.what, found.layer
    check_what("against", against)
    body: dict[str, Json] = {
        "against": against.strip(),
        "layer": checked_layer(layer),
        "condor": condor_id,
        "proposal": proposal,
    }
    return Draft(EntryKind.OVERRIDE_RECORDED, checked_moment("at", at), body, checked_reason(reason))


def _known(control: Control, seq: int) -> Proposal:
    found = control.proposals.get(seq)
    if found is None:
        raise ActRefusedError("proposal", f"entry {seq} is no proposal that stands")
    return found


def _open_proposal(control: Control, seq: int, at: datetime) -> Proposal:
    found = _known(control, seq)
    status = found.status(at)
    settled = {ProposalStatus.REJECTED, ProposalStatus.APPLIED}
    require(status not in settled, "proposal", f"proposal {seq} was {status.value}")
    return found


def _approved(control: Control, seq: int, about: str, at: datetime) -> Proposal:
    found = _open_proposal(control, seq, at)
    require(found.about == about, "proposal", f"proposal {seq} is about {found.about}, not {about}")
    if found.status(at) is ProposalStatus.WAITING and found.ready_at is not None:
        raise ActRefusedError("proposal", f"the cooling-off time runs until {found.ready_at:%Y-%m-%d %H:%M} UTC")
    missing = found.needed - len(found.approvals)
    require(missing <= 0, "proposal", f"{missing} more must agree")
    return found
