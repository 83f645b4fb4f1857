"""How does discipline look as plain data? What `discipline`, `plan show` and `proposals` print as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.plain import Unknown, or_why, plain_record

if TYPE_CHECKING:
    from datetime import datetime

    from core.discipline.records import DeedReview, DisciplineState, Duty, PlanReview, Steward
    from core.journal.control import Proposal
    from core.journal.plan import Plan

NOBODY = "nobody agreed to it"
MUST_AGREE = "more must agree first"


def discipline_record(state: DisciplineState) -> dict[str, Any]:
    """Return all that `discipline --json` prints."""
    return plain_record(
        {
            **_head(state),
            "steward": _steward(state.steward),
            "plans": [plan_review_tree(review) for review in state.plans],
            "coming": [plan_tree(plan) for plan in state.coming],
            "deeds": [_deed(review) for review in state.deeds],
            "overrides": [
                {
                    "sequence": one.seq,
                    "time": one.time,
                    "against": one.against,
                    "reason": one.reason,
                    "layer": or_why(one.layer, "it is about no layer"),
                    "proposal": or_why(one.proposal, NOBODY),
                }
                for one in state.overrides
            ],
            "rules_seen": [
                {
                    "sequence": one.seq,
                    "time": one.time,
                    "before": one.before,
                    "after": one.after,
                    "proposal": or_why(one.proposal, NOBODY),
                }
                for one in state.rules_seen
            ],
            "sizes": [{"condor": one.condor_id, "first": one.first, "now": one.now} for one in state.sizes],
            "review": {"sessions": state.review, "due": or_why(state.review_due, state.review.unknown)},
            **_control(state),
        }
    )


def proposals_record(state: DisciplineState) -> dict[str, Any]:
    """Return what `proposals --json` prints."""
    return plain_record({**_head(state), **_control(state)})


def plans_record(state: DisciplineState) -> dict[str, Any]:
    """Return what `plan show --json` prints."""
    reviews = [plan_review_tree(review) for review in state.plans]
    return plain_record({**_head(state), "plans": reviews, "coming": [plan_tree(plan) for plan in state.coming]})


def _head(state: DisciplineState) -> dict[str, Any]:
    return {
        "as_of": state.as_of,
        "simulated": state.is_simulated,
        "playbook": {"name": state.playbook_name, "hash": state.playbook_hash},
    }


def _control(state: DisciplineState) -> dict[str, Any]:
    proposals = [_proposal(one, state.as_of) for one in state.control.proposals.values()]
    return {"approvers": list(state.control.approvers), "proposals": proposals}


def _proposal(one: Proposal, now: datetime) -> dict[str, Any]:
    return {
        "sequence": one.seq,
        "time": one.time,
        "about": one.about,
        "by": one.by,
        "what": one.what,
        "reason": one.reason,
        "differences": list(one.differences),
        "needed": one.needed,
        "approvals": [{"by": each.name, "time": each.time} for each in one.approvals],
        "status": one.status(now).value,
        "ready_at": or_why(one.ready_at, MUST_AGREE),
    }


def _steward(steward: Steward) -> dict[str, Any]:
    return {
        "score_pct": steward.score,
        "counted": steward.counted,
        "needed": steward.needed,
        "at_target_pct": steward.at_target,
        "by_kind": {
            one.kind: {"kept": one.kept, "missed": one.missed, "pending": one.pending} for one in steward.tallies
        },
        "duties": [_duty(duty) for duty in steward.duties],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "kind": duty.kind,
        "session": duty.session,
        "due": duty.due,
        "what": duty.what,
        "outcome": duty.outcome.value,
        "why": duty.why,
        "counts": duty.counts,
    }


def plan_tree(plan: Plan) -> dict[str, Any]:
    """Return a sealed plan."""
    return {
        "sequence": plan.seq,
        "session": plan.session,
        "sealed_at": plan.sealed_at,
        "items": [item.text for item in plan.items],
        "reason": plan.reason,
    }


def plan_review_tree(review: PlanReview) -> dict[str, Any]:
    """Return a plan beside what was done."""
    return {
        **plan_tree(review.plan),
        "outcome": review.outcome.value,
        "items": [{"item": one.item.text, "done": one.done, "outcome": one.outcome.value} for one in review.items],
        "unplanned": [deed.text for deed in review.unplanned],
    }


def _deed(review: DeedReview) -> dict[str, Any]:
    deed = review.deed
    return {
        "sequence": deed.seq,
        "time": deed.time,
        "deed": deed.text,
        "follows": review.follows or Unknown(review.warning),
        "warning": review.warning,
    }
