"""Which acts govern the rules? Propose, approve, reject, make the change; each refused where it may not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal.control import APPROVERS, LAYER, OVERRIDE, RULES, Control, Proposal, ProposalStatus
from core.journal.entry import Draft, EntryKind
from core.journal.layer_acts import check_number_of_layer
from core.playbook.compare import compare
from core.positions.values import (
    MAX_NAME_LENGTH,
    ActRefusedError,
    check_text,
    checked_moment,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.journal.entry import Json
    from core.playbook.compare import Difference
    from core.playbook.parameter import Value
    from core.playbook.parameters import Playbook

MAX_APPROVERS = 10
MAX_WHAT_LENGTH = 200
LAYER_ACTS = ("close", "shrink", "roll", "keep open")
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is proposed: the fields of `Proposal` that depend on what it is about."""

    about: str
    what: str
    new: Playbook | None = None
    layer: int | None = None
    condor_id: int | None = None
    names: tuple[str, ...] = ()


def propose_rules(  # noqa: PLR0913 - the fields of one form
    control: Control, playbook: Playbook, *, new: Playbook, by: str, reason: str, at: datetime
) -> Draft:
    """Propose to put another playbook in force; refused where it is the same rules."""
    require(new.hash != playbook.hash, "new", f"{new.name} has the rules that are in force")
    subject = _Subject(RULES, f"follow {new.name}", new=new)
    return _propose(control, playbook, subject, (by, reason), at)


def propose_layer(  # noqa: PLR0913 - the fields of one form
    control: Control,
    playbook: Playbook,
    *,
    act: str,
    layer: int,
    condor_id: int | None = None,
    by: str,
    reason: str,
    at: datetime,
) -> Draft:
    """Propose to close, shrink, roll or keep a layer open against what the rule asks for."""
    check_number_of_layer(layer)
    require(act in LAYER_ACTS, "act", f"{act!r} is none of {', '.join(LAYER_ACTS)}")
    of = f" of condor {condor_id}" if condor_id is not None else ""
    subject = _Subject(LAYER, f"{act} layer {layer}{of}", layer=layer, condor_id=condor_id)
    return _propose(control, playbook, subject, (by, reason), at)


def propose_override(  # noqa: PLR0913 - the fields of one form
    control: Control,
    playbook: Playbook,
    *,
    against: str,
    layer: int | None = None,
    by: str,
    reason: str,
    at: datetime,
) -> Draft:
    """Propose to act against a verdict or a plan."""
    _check_what("against", against)
    subject = _Subject(OVERRIDE, against.strip(), layer=_checked_layer(layer))
    return _propose(control, playbook, subject, (by, reason), at)


def propose_approvers(  # noqa: PLR0913 - the fields of one form
    control: Control, playbook: Playbook, *, names: Sequence[str], by: str, reason: str, at: datetime
) -> Draft:
    """Propose other people who must agree."""
    found = _checked_names(names, playbook)
    subject = _Subject(APPROVERS, f"approvers {', '.join(found)}", names=found)
    return _propose(control, playbook, subject, (by, reason), at)


def _propose(
    control: Control, playbook: Playbook, subject: _Subject, words: tuple[str, str], at: datetime
) -> Draft:
    by, reason = words
    new = subject.new
    body: dict[str, Json] = {
        "about": subject.about,
        "by": checked_name("by", by),
        "what": subject.what,
        "approvers": list(control.approvers),
        "needed": min(playbook.count("approvals.needed"), max(len(control.approvers), 1)),
        "cool_off_s": round(playbook.number("approvals.cool_off") * HOUR_S),
        "playbook": new.name if new else "",
        "hash": new.hash if new else "",
        "from_hash": playbook.hash,
        "differences": [_difference(one) for one in compare(playbook, new)] if new else [],
        "layer": subject.layer,
        "condor": subject.condor_id,
        "names": list(subject.names),
    }
    return Draft(EntryKind.CHANGE_PROPOSED, checked_moment("at", at), body, checked_reason(reason))


def _difference(one: Difference) -> str:
    first, second = (_value(value) for value in (one.first, one.second))
    return f"{one.key}: {first} -> {second}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) or "none"


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
        found = _checked_names(names, playbook)
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
    _check_what("against", against)
    body: dict[str, Json] = {
        "against": against.strip(),
        "layer": _checked_layer(layer),
        "condor": condor_id,
        "proposal": proposal,
    }
    return Draft(EntryKind.OVERRIDE_RECORDED, checked_moment("at", at), body, checked_reason(reason))


def checked_reason(reason: str) -> str:
    """Return the reason without blanks around it; refused where there is none."""
    check_text("reason", reason)
    require(bool(reason.strip()), "reason", "is needed")
    return reason.strip()


def checked_name(field: str, name: str) -> str:
    """Return a person's name: one line of at most 40 visible characters."""
    cleaned = " ".join(name.split())
    check_text(field, cleaned, MAX_NAME_LENGTH)
    require(cleaned.isprintable() and bool(cleaned), field, "must be a name in one line")
    return cleaned


def _checked_names(names: Sequence[str], playbook: Playbook) -> tuple[str, ...]:
    found = tuple(checked_name("names", name) for name in names)
    require(bool(found), "names", "at least one is needed")
    require(len(set(found)) == len(found), "names", "each name once")
    most = min(playbook.count("approvals.of"), MAX_APPROVERS)
    require(len(found) <= most, "names", f"the playbook has {most} approvers (approvals.of), not {len(found)}")
    return found


def _check_what(field: str, what: str) -> None:
    check_text(field, what, MAX_WHAT_LENGTH)
    require(bool(what.strip()) and what.strip().isprintable(), field, "must be one line")


def _checked_layer(layer: int | None) -> int | None:
    if layer is not None:
        check_number_of_layer(layer)
    return layer


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
