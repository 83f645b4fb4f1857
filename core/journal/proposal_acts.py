"""How is a change proposed? Of the rules, of a layer against the rule, an override, the approvers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal.control import APPROVERS, LAYER, OVERRIDE, RULES
from core.journal.control_checks import check_what, checked_layer, checked_name, checked_names, checked_reason
from core.journal.entry import Draft, EntryKind
from core.journal.layer_acts import check_number_of_layer
from core.playbook.compare import compare
from core.positions.values import checked_moment, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.journal.control import Control
    from core.journal.entry import Json
    from core.playbook.compare import Difference
    from core.playbook.parameter import Value
    from core.playbook.parameters import Playbook

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
    check_what("against", against)
    subject = _Subject(OVERRIDE, against.strip(), layer=checked_layer(layer))
    return _propose(control, playbook, subject, (by, reason), at)


def propose_approvers(  # noqa: PLR0913 - the fields of one form
    control: Control, playbook: Playbook, *, names: Sequence[str], by: str, reason: str, at: datetime
) -> Draft:
    """Propose other people who must agree."""
    found = checked_names(names, playbook)
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
