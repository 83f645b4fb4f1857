"""How does it stand with control and discipline at a moment? One pure function for window, command and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.discipline.deeds import SETTLE
from core.discipline.duties import duties_of, plan_reviews
from core.discipline.ground import Ground
from core.discipline.records import CondorSize, DeedReview, DisciplineState, Override, RulesSeen
from core.discipline.steward import steward
from core.journal.body import integer_or_none, text
from core.journal.control import LAYER, ProposalStatus, control_of
from core.journal.entry import EntryKind
from core.journal.plan import CLOSE, OPEN
from core.journal.undo import standing
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.discipline.deeds import Deed
    from core.journal.control import Control
    from core.journal.entry import Entry
    from core.playbook.parameters import Playbook
    from core.state import Past

REVIEW_SESSIONS = 5
"""A look at the plan is due after so many sessions (playbook 7.5, 000-30 and 001-24: weekly)."""
NO_TRIGGER = "no trigger, no plan"
SIZE_UP = "opened beyond plan and rule while VIX was far above its mean"
TAKEN_OFF = "taken off while the rule asked for it, and nobody agreed"
REVIEW_FORMULA = "sessions since the last plan was sealed"


def discipline(
    entries: Sequence[Entry], past: Past, playbook: Playbook, now: datetime, *, is_simulated: bool = False
) -> DisciplineState:
    """Return all of control and discipline at `now`; entries of a later moment are not looked at.

    Duties of the past are judged by the rules given, those in force now. Fills count at the moment they happened;
    plans, answers and approvals at the moment they were recorded.
    """
    known_entries = [entry for entry in entries if entry.event_time <= now]
    ground = Ground(known_entries, past, playbook, now)
    control, reviews = control_of(known_entries), plan_reviews(ground)
    reviewed = {one.plan.seq for one in reviews}
    review = _review(ground)
    return DisciplineState(
        as_of=now,
        is_simulated=is_simulated,
        playbook_name=playbook.name,
        playbook_hash=playbook.hash,
        control=control,
        steward=steward(duties_of(ground), ground),
        plans=tuple(reviews),
        coming=tuple(plan for plan in ground.plans.values() if plan.seq not in reviewed),
        deeds=tuple(_reviewed(ground, deed, control) for deed in ground.deeds),
        overrides=tuple(_overrides(known_entries)),
        rules_seen=tuple(rules_seen(known_entries)),
        sizes=tuple(_sizes(ground)),
        review=review,
        review_due=None if review.value is None else review.value >= REVIEW_SESSIONS,
    )


def promoter_warning(entries: Sequence[Entry], past: Past, playbook: Playbook, seq: int) -> str:
    """Return what a steward would not have done in the deed of an entry, "" where there is nothing (7.4, 002-21).

    Told when it is recorded: opened beyond plan and rule in a spike, or taken off while the rule asked for it.
    """
    last = max((entry.recorded_at for entry in entries), default=None)
    if last is None:
        return ""
    ground = Ground(entries, past, playbook, last)
    mine = [deed for deed in ground.deeds if deed.seq == seq]
    warning = _reviewed(ground, mine[0], control_of(entries)).warning if mine else ""
    return "" if warning == NO_TRIGGER else warning


def _review(ground: Ground) -> Figure:
    sealed = [plan.sealed_at for plan in ground.plans.values()]
    if not sealed:
        return unknown("no plan was ever sealed", "sessions", REVIEW_FORMULA)
    since = ground.calendar.closed_by(ground.now) - ground.calendar.closed_by(max(sealed))
    return known(float(since), "sessions", REVIEW_FORMULA)


def _reviewed(ground: Ground, deed: Deed, control: Control) -> DeedReview:
    """Return what a deed followed; where nothing, an override or an approval on record, else a warning."""
    follows = ground.follows(deed)
    if follows:
        return DeedReview(deed, follows)
    if _has_override(ground, deed):
        return DeedReview(deed, "override")
    if _is_approved(deed, control):
        return DeedReview(deed, "approval")
    return DeedReview(deed, "", _warning(ground, deed))


def _has_override(ground: Ground, deed: Deed) -> bool:
    """Whether a reason was written down on the day of the deed, for its layer or for its condor."""
    for entry in standing(ground.entries):
        if entry.kind is EntryKind.OVERRIDE_RECORDED and exchange_date(entry.event_time) == deed.day:
            layer, condor = integer_or_none(entry.body, "layer"), integer_or_none(entry.body, "condor")
            if (layer, condor) == (None, None) or layer == deed.layer:
                return True
    return False


def _is_approved(deed: Deed, control: Control) -> bool:
    """Whether a proposal about the layer had been approved by then, and was not rejected."""
    return any(
        one.about == LAYER and one.layer == deed.layer and one.status(deed.time) is ProposalStatus.APPROVED
        for one in control.proposals.values()
    )


def _warning(ground: Ground, deed: Deed) -> str:
    before = ground.at(deed) - 1
    spike = ground.rule("vix_spike")
    if deed.act == OPEN and 0 <= before < ground.length and spike[before]:
        return SIZE_UP
    if deed.subject == "layer" and deed.act == CLOSE and deed.layer and ground.confirmed(deed.layer, before):
        return TAKEN_OFF
    return NO_TRIGGER


def _overrides(entries: Sequence[Entry]) -> Iterator[Override]:
    for entry in standing(entries):
        if entry.kind is EntryKind.OVERRIDE_RECORDED:
            layer, proposal = integer_or_none(entry.body, "layer"), integer_or_none(entry.body, "proposal")
            yield Override(entry.seq, entry.event_time, text(entry.body, "against"), entry.note, layer, proposal)


def rules_seen(entries: Sequence[Entry]) -> Iterator[RulesSeen]:
    """Yield each entry from which on other rules were in force, and the proposal that agreed to them.

    Told by the playbook's hash on every entry: a change that nobody agreed to cannot hide.
    """
    agreed: dict[str, int] = {}
    last = ""
    for entry in entries:
        if entry.kind is EntryKind.RULES_CHANGED:
            agreed[text(entry.body, "hash")] = integer_or_none(entry.body, "proposal") or entry.seq
        found = entry.stamp.playbook_hash
        if found and entry.kind is not EntryKind.RULES_CHANGED:
            if last and found != last:
                yield RulesSeen(entry.seq, entry.recorded_at, last, found, agreed.get(found))
            last = found


def _sizes(ground: Ground) -> Iterator[CondorSize]:
    """Yield the first and the present size of every condor."""
    sizes: dict[int, list[int]] = {}
    for deed in ground.deeds:
        if deed.subject == "condor" and deed.condor_id is not None:
            found = sizes.setdefault(deed.condor_id, [deed.opened, 0])
            closed = found[1] if deed.act == SETTLE else deed.closed
            found[1] = max(found[1] + deed.opened - closed, 0)
    yield from (CondorSize(number, first, now) for number, (first, now) in sorted(sizes.items()))
