"""`discipline`, `proposals` and `plan show`: how steady the hand is, and who agreed to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import figure, said_once
from cli.text import NOTICE
from cli.values import as_of_moment
from cli.workspace import Workspace, reading, show
from core.discipline.discipline import discipline
from core.discipline.records import DUTY_NAMES, Outcome
from core.market.times import exchange_time
from core.monitor.discipline_record import discipline_record, plans_record, proposals_record
from core.monitor.past import up_to_date
from db.journal_store import load_entries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.discipline.records import DisciplineState, PlanReview
    from core.journal.control import Proposal
    from core.journal.plan import Plan

MARKS = {
    Outcome.KEPT: "+",
    Outcome.MISSED: "x",
    Outcome.OVERRIDDEN: "!",
    Outcome.PENDING: "?",
    Outcome.VOID: "-",
}
MOST_DEEDS = 12


def run(args: argparse.Namespace) -> int:
    """Run one of the looking commands of control and discipline."""
    with reading(args) as workspace:
        state = _state(args, workspace)
    record, lines = {
        "discipline": (discipline_record, _lines),
        "proposals": (proposals_record, _proposal_lines),
        "plan": (plans_record, _plan_lines),
    }[args.command]
    return show(args, record(state), said_once(lines(state)))


def _state(args: argparse.Namespace, workspace: Workspace) -> DisciplineState:
    facts = up_to_date(workspace.facts(as_of_moment(args.as_of, workspace.now)))
    entries = load_entries(workspace.connection)
    return discipline(entries, facts.past, facts.playbook, facts.now, is_simulated=facts.is_simulated)


def _lines(state: DisciplineState) -> Iterator[str]:
    steward = state.steward
    yield from _head(state)
    yield f"steward    {figure(steward.score, 0)}  ({steward.counted} duties that count, {steward.needed} needed)"
    yield f"at target  {figure(steward.at_target, 0)} of the sessions with every confirmed layer held"
    for tally in steward.tallies:
        pending = f", {tally.pending} pending" if tally.pending else ""
        yield f"  {DUTY_NAMES[tally.kind]:52} {tally.kept} kept, {tally.missed} missed{pending}"
    due = ", a look is due" if state.review_due else ""
    yield f"review     {figure(state.review, 0)} since the last plan{due}"
    yield "duties (+ kept, x missed, ! overridden, ? pending, - void):"
    for duty in steward.duties:
        yield f"  {MARKS[duty.outcome]} {duty.session}  {duty.what}: {duty.why}"
    warned = [one for one in state.deeds if one.warning]
    yield f"deeds      {len(state.deeds)}, {len(warned)} of which follow nothing"
    for one in warned[-MOST_DEEDS:]:
        yield f"  x {one.deed.day}  {one.deed.text}: {one.warning}"
    yield from _override_lines(state)
    yield from _proposal_lines(state, has_head=False)
    yield NOTICE


def _override_lines(state: DisciplineState) -> Iterator[str]:
    for one in state.overrides:
        agreed = f"proposal {one.proposal}" if one.proposal is not None else "nobody agreed"
        yield f"override   {exchange_time(one.time)}  {one.against}: {one.reason} ({agreed})"
    for seen in state.rules_seen:
        agreed = f"by proposal {seen.proposal}" if seen.proposal is not None else "nobody agreed to them"
        yield f"rules      from entry {seen.seq} on {seen.after[:12]} in place of {seen.before[:12]}, {agreed}"


def _head(state: DisciplineState) -> Iterator[str]:
    yield f"as of      {exchange_time(state.as_of)} New York   playbook {state.playbook_name}"


def _proposal_lines(state: DisciplineState, *, has_head: bool = True) -> Iterator[str]:
    if has_head:
        yield from _head(state)
    names = ", ".join(state.control.approvers) or "nobody named: one agrees, and waits"
    yield f"approvers  {names}"
    for one in state.control.proposals.values():
        status = one.status(state.as_of).value
        yield f"proposal   {one.seq} {status}: {one.what} ({one.by}: {one.reason}){_missing(one)}"
        yield from (f"             {difference}" for difference in one.differences)


def _missing(one: Proposal) -> str:
    agreed = ", ".join(each.name for each in one.approvals) or "nobody"
    ready = f", from {exchange_time(one.ready_at)} New York" if one.ready_at is not None else ""
    return f"; agreed: {agreed}, {one.needed} needed{ready}"


def _plan_lines(state: DisciplineState) -> Iterator[str]:
    yield from _head(state)
    if not state.plans and not state.coming:
        yield 'no plan was sealed: plan seal DAY "open layer 1 x4"'
    for review in state.plans:
        yield from _review_lines(review)
    for plan in state.coming:
        yield f"to come    {_sealed(plan)}"
        yield from (f"  ? {item.text}" for item in plan.items)


def _review_lines(review: PlanReview) -> Iterator[str]:
    yield f"{review.outcome.value:10} {_sealed(review.plan)}"
    for one in review.items:
        done = f", done x{one.done}" if one.done else ""
        yield f"  {MARKS[one.outcome]} {one.item.text}{done}: {one.outcome.value}"
    yield from (f"  x not planned: {deed.text}" for deed in review.unplanned)


def _sealed(plan: Plan) -> str:
    reason = f": {plan.reason}" if plan.reason else ""
    return f"plan for {plan.session}, sealed {exchange_time(plan.sealed_at)} New York{reason}"
