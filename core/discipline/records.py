"""What is said of discipline? Duties with their outcome, plans beside the deeds, the score, the controls."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.discipline.deeds import Deed
    from core.journal.control import Control
    from core.journal.plan import Plan, PlanItem
    from core.market.figure import Figure


class Outcome(StrEnum):
    """What became of a duty or of a planned line."""

    KEPT = "kept"
    MISSED = "missed"
    OVERRIDDEN = "overridden"  # missed, with a reason on record
    PENDING = "pending"  # there is still time
    VOID = "void"  # nothing was at risk, or its condition did not come


LAYER_ADDED, SIZE_PLANNED, NO_SIZE_UP, ROLLED, BREADTH = "layer", "plan", "spike", "roll", "breadth"
DUTY_NAMES = {
    LAYER_ADDED: "layer added within 2 sessions of the rule",
    SIZE_PLANNED: "sealed plan kept, in size",
    NO_SIZE_UP: "no size-up while VIX is far above its mean",
    ROLLED: "innermost layer rolled, or held by plan, at the trigger",
    BREADTH: "breadth alert answered within 2 sessions",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the market or a plan asked for: when, until when, what, and what became of it.

    `counts`: it can earn a point. One that arose from a position that follows nothing can only cost one.
    """

    kind: str
    session: date
    due: date
    what: str
    outcome: Outcome
    why: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ItemReview:
    """One planned line, the size that was done of it, and what became of it."""

    item: PlanItem
    done: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A sealed plan beside the deeds of its session; `unplanned` are openings that no line names."""

    plan: Plan
    items: tuple[ItemReview, ...]
    unplanned: tuple[Deed, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class DeedReview:
    """A deed and what it followed: "plan", "rule", "trigger", "override", "expiry", "approval" or "" for nothing.

    `warning` says what is unwise about one that follows nothing.
    """

    deed: Deed
    follows: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a kind of duty was kept and missed, and what is pending."""

    kind: str
    kept: int
    missed: int
    pending: int


@dataclass(frozen=True, slots=True)
class Steward:
    """The steward's score in percent, item by item; unknown below `needed` duties that count."""

    score: Figure
    duties: tuple[Duty, ...]
    tallies: tuple[Tally, ...]
    counted: int
    needed: int
    at_target: Figure


@dataclass(frozen=True, slots=True)
class RulesSeen:
    """From this entry on other rules stood in the journal; `proposal` agreed to them, None where nobody did."""

    seq: int
    time: datetime
    before: str
    after: str
    proposal: int | None


@dataclass(frozen=True, slots=True)
class Override:
    """An act against a verdict or a plan with its reason; `proposal` agreed to it, None where nobody did."""

    seq: int
    time: datetime
    against: str
    reason: str
    layer: int | None
    proposal: int | None


@dataclass(frozen=True, slots=True)
class CondorSize:
    """How large a condor was at first and is now."""

    condor_id: int
    first: int
    now: int


@dataclass(frozen=True, slots=True)
class DisciplineState:
    """All of control and discipline at `as_of`.

    `review` are the sessions since the last sealed plan, `review_due` whether a look is due.
    """

    as_of: datetime
    is_simulated: bool
    playbook_name: str
    playbook_hash: str
    control: Control
    steward: Steward
    plans: tuple[PlanReview, ...]
    coming: tuple[Plan, ...]
    deeds: tuple[DeedReview, ...]
    overrides: tuple[Override, ...]
    rules_seen: tuple[RulesSeen, ...]
    sizes: tuple[CondorSize, ...]
    review: Figure
    review_due: bool | None
