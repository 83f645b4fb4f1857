"""Which tables of discipline are there? Duties, plans, deeds, proposals, overrides: pure, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.discipline.records import DUTY_NAMES, Outcome
from core.journal.control import ProposalStatus
from gui.cells import Cell, Rows
from gui.formats import time_text

if TYPE_CHECKING:
    from core.discipline.records import DisciplineState, Duty, PlanReview
    from core.journal.control import Proposal

COLUMNS = ((0, 1, 2), (3, 4, 5))
"""How often, duties, deeds; proposals, plans, overrides."""
MOST_ROWS = 14
MARKS = {
    Outcome.KEPT: ("✓ kept", "gain"),
    Outcome.MISSED: ("✕ missed", "loss"),
    Outcome.OVERRIDDEN: ("! overridden", "amber"),
    Outcome.PENDING: ("… open", "amber"),
    Outcome.VOID: ("- void", "text_muted"),
}
STATUS_ROLES = {
    ProposalStatus.OPEN: "amber",
    ProposalStatus.WAITING: "amber",
    ProposalStatus.APPROVED: "gain",
    ProposalStatus.REJECTED: "text_muted",
    ProposalStatus.APPLIED: "text",
}


def tables_of(state: DisciplineState) -> tuple[Rows, ...]:
    """Return the tables in their order."""
    duties = sorted(state.steward.duties, key=lambda duty: duty.session, reverse=True)
    warned = [one for one in reversed(state.deeds) if one.warning]
    proposals = list(state.control.proposals.values())[::-1]
    return (
        Rows("What the score counts", ("", "kept", "missed"), _tallies(state)),
        Rows("Duties, newest first", ("day", "outcome", "what", "why"), tuple(map(_duty, duties[:MOST_ROWS]))),
        Rows(
            "Deeds that follow nothing",
            ("day", "deed", "why that matters"),
            tuple(
                (_day(str(one.deed.day)), _words(one.deed.text), _words(one.warning)) for one in warned[:MOST_ROWS]
            ),
        ),
        Rows("Proposals", PROPOSAL_TITLES, tuple(_proposal(one, state) for one in proposals[:MOST_ROWS])),
        Rows("Plans against deeds", ("session", "outcome", "line", "done"), _plans(state)),
        Rows("Overrides and changed rules", ("when", "what", "reason", "agreed"), _overrides(state)),
    )


PROPOSAL_TITLES = ("no.", "status", "what", "by", "agreed")
LONG = 46


def _words(text: str, role: str = "text", tooltip: str = "") -> Cell:
    """Return words as a cell, cut where they are long: all of them are in the tooltip."""
    shown = text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]}…"
    return Cell(shown, tooltip or (text if shown != text else ""), role, is_number=False)


def _day(text: str) -> Cell:
    return Cell(text, "", "text_muted", is_number=False)


def _tallies(state: DisciplineState) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            Cell(DUTY_NAMES[one.kind], is_number=False),
            Cell(str(one.kept), "", "gain" if one.kept else "text_muted"),
            Cell(str(one.missed), "", "loss" if one.missed else "text_muted"),
        )
        for one in state.steward.tallies
    )


def _duty(duty: Duty) -> tuple[Cell, ...]:
    text, role = MARKS[duty.outcome]
    return _day(str(duty.session)), _words(text, role), _words(duty.what), _words(duty.why, "text_muted")


def _proposal(one: Proposal, state: DisciplineState) -> tuple[Cell, ...]:
    status = one.status(state.as_of)
    ready = f"may be made from {time_text(one.ready_at)}" if one.ready_at is not None else ""
    tip = "\n".join([one.reason, *one.differences, ready]).strip()
    agreed = f"{len(one.approvals)} of {one.needed}"
    return (
        Cell(str(one.seq)),
        _words(status.value, STATUS_ROLES[status], ready),
        _words(one.what, tooltip=tip),
        _words(one.by),
        _words(agreed, tooltip=", ".join(each.name for each in one.approvals)),
    )


def _plans(state: DisciplineState) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for plan in state.coming:
        rows += [(_day(str(plan.session)), _words("sealed"), _words(item.text), Cell("")) for item in plan.items]
    for review in reversed(state.plans):
        rows += _review(review)
    return tuple(rows[:MOST_ROWS])


def _review(review: PlanReview) -> list[tuple[Cell, ...]]:
    day = _day(str(review.plan.session))
    rows: list[tuple[Cell, ...]] = [
        (day, _words(*MARKS[one.outcome]), _words(one.item.text), Cell(f"x{one.done}" if one.done else ""))
        for one in review.items
    ]
    rows += [(day, _words("✕ not planned", "loss"), _words(deed.text), Cell("")) for deed in review.unplanned]
    return rows


def _overrides(state: DisciplineState) -> tuple[tuple[Cell, ...], ...]:
    rows = [
        (_day(time_text(one.time)), _words(one.against), _words(one.reason), _agreed(one.proposal))
        for one in reversed(state.overrides)
    ]
    rows += [
        (_day(time_text(one.time)), _words(f"rules {one.after[:8]} in force"), _words(""), _agreed(one.proposal))
        for one in reversed(state.rules_seen)
    ]
    return tuple(rows[:MOST_ROWS])


def _agreed(proposal: int | None) -> Cell:
    return _words("nobody", "amber") if proposal is None else _words(f"proposal {proposal}")


def notes_of(state: DisciplineState) -> str:
    """Return how the score is made, and who must agree."""
    names = ", ".join(state.control.approvers) or "nobody is named: one agrees, and waits the cooling-off time"
    return (
        "The score is the share of duties kept that the market or a sealed plan asked for, from the log alone and "
        "by the rules in force now. A position that follows neither plan nor rule can cost points and never earn "
        f"any: trading more never raises it. Approvers: {names}. Names are typed, not proven."
    )
