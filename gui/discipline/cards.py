"""Which figures of discipline must be read at once? Pure: a DisciplineState in, cards out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.discipline.records import DUTY_NAMES, Outcome
from core.journal.control import ProposalStatus
from gui.cards import Card
from gui.formats import figure_tooltip, number_text

if TYPE_CHECKING:
    from core.discipline.records import DisciplineState

GOOD_PCT = 80.0
"""From here the score is shown as steady (assumption)."""
NO_SCORE = "not enough data"
LOST = frozenset({Outcome.MISSED, Outcome.OVERRIDDEN})


def cards_of(state: DisciplineState) -> tuple[Card, ...]:
    """Return the cards from left to right; their number is always the same."""
    return (_score(state), _missed(state), _plan(state), _agreement(state))


def _score(state: DisciplineState) -> Card:
    steward, score = state.steward, state.steward.score
    below = f"{steward.counted} duties that count, {steward.needed} needed"
    tip = figure_tooltip(score, "Steward score")
    if score.value is None:
        return Card("Steward score", NO_SCORE, below, "unknown", tip)
    steady = score.value >= GOOD_PCT
    word = "✓ steady" if steady else "▼ duties missed"
    return Card("Steward score", f"{number_text(score.value, 0)} %", f"{word}; {below}", _role(steady), tip)


def _role(is_good: bool) -> str:
    return "gain" if is_good else "amber"


def _missed(state: DisciplineState) -> Card:
    lost = [duty for duty in state.steward.duties if duty.outcome in LOST]
    pending = [duty for duty in state.steward.duties if duty.outcome is Outcome.PENDING]
    if pending:
        first = min(pending, key=lambda duty: duty.due)
        detail = f"open until {first.due}: {first.what}"
    else:
        detail = f"last: {lost[-1].what}, {lost[-1].session}" if lost else "nothing is open"
    tip = "\n".join(
        f"{tally.kept} kept, {tally.missed} missed: {DUTY_NAMES[tally.kind]}" for tally in state.steward.tallies
    )
    value = f"{len(pending)} open, {len(lost)} missed"
    return Card("Duties", value, detail, "amber" if pending else "text", tip)


def _plan(state: DisciplineState) -> Card:
    if state.coming:
        plan = state.coming[0]
        return Card("Plan", f"sealed for {plan.session}", "; ".join(item.text for item in plan.items), "gain")
    review = state.review
    tip = figure_tooltip(review, "Since the last plan")
    if review.value is None:
        return Card("Plan", "none sealed yet", "seal one before a session opens", "unknown", tip)
    last = f"last outcome: {state.plans[-1].outcome.value}" if state.plans else ""
    role = "amber" if state.review_due else "text"
    due = "▼ a look is due" if state.review_due else "no look is due"
    return Card("Plan", f"{number_text(review.value, 0)} sessions ago", f"{due}; {last}".rstrip("; "), role, tip)


def _agreement(state: DisciplineState) -> Card:
    waiting = [
        one
        for one in state.control.proposals.values()
        if one.status(state.as_of) not in {ProposalStatus.APPLIED, ProposalStatus.REJECTED}
    ]
    alone = [one for one in state.rules_seen if one.proposal is None]
    names = ", ".join(state.control.approvers) or "one alone, with a cooling-off time"
    if alone:
        word = f"▼ rules changed {len(alone)} times without agreement"
        return Card("Agreement", word, f"approvers: {names}", "amber")
    value = f"{len(waiting)} open" if waiting else "nothing is proposed"
    detail = f"{waiting[0].what}: {waiting[0].status(state.as_of).value}" if waiting else f"approvers: {names}"
    return Card("Agreement", value, detail, "amber" if waiting else "text")
