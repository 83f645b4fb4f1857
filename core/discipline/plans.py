"""Was the plan kept? Each sealed line beside what was done in its session, and the openings that no line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.discipline.records import ItemReview, Outcome, PlanReview
from core.journal.plan import CLOSE, HOLD, NOTHING, OPEN, ROLL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.discipline.deeds import Deed
    from core.journal.plan import Plan, PlanItem

ACTIVE = (OPEN, CLOSE, ROLL)


def review_plan(plan: Plan, deeds: Iterable[Deed], *, is_over: bool) -> PlanReview:
    """Return the plan beside the deeds of its session; before the session is over nothing is missed yet."""
    mine = [deed for deed in deeds if deed.day == plan.session and deed.act in ACTIVE]
    items = tuple(_review(item, mine, is_over=is_over) for item in plan.items)
    unplanned = tuple(deed for deed in mine if deed.act == OPEN and not any(names(i, deed) for i in plan.items))
    return PlanReview(plan, items, unplanned, _outcome([one.outcome for one in items], has_more=bool(unplanned)))


def names(item: PlanItem, deed: Deed) -> bool:
    """Whether a line of a plan is about a deed."""
    if item.act != deed.act or item.subject != deed.subject:
        return False
    if item.subject == "condor" and item.act == OPEN and item.number is None:
        return deed.is_new
    return item.number == deed.number


def is_planned(deed: Deed, plans: dict[date, Plan], deeds: Sequence[Deed]) -> bool:
    """Whether a sealed plan of its session names the deed, and all that was done of the line is no larger."""
    plan = plans.get(deed.day)
    if plan is None:
        return False
    for item in plan.items:
        if names(item, deed):
            alike = [one for one in deeds if one.day == deed.day and names(item, one)]
            return item.quantity is None or _size(item, alike) <= item.quantity
    return False


def _review(item: PlanItem, deeds: Sequence[Deed], *, is_over: bool) -> ItemReview:
    if item.act in (HOLD, NOTHING):
        broken = [deed for deed in deeds if item.act == NOTHING or _is_of(item, deed)]
        fine = Outcome.KEPT if is_over else Outcome.PENDING
        return ItemReview(item, len(broken), Outcome.MISSED if broken else fine)
    done = _size(item, [deed for deed in deeds if names(item, deed)])
    if not done:
        late = Outcome.VOID if item.condition else Outcome.MISSED
        return ItemReview(item, 0, late if is_over else Outcome.PENDING)
    return ItemReview(item, done, Outcome.KEPT if _fits(item, done) else Outcome.MISSED)


def _fits(item: PlanItem, done: int) -> bool:
    """Whether no more was opened, and no less closed, than planned."""
    if item.quantity is None:
        return True
    return done >= item.quantity if item.act == CLOSE else done <= item.quantity


def _size(item: PlanItem, deeds: Sequence[Deed]) -> int:
    return sum(deed.closed if item.act == CLOSE else deed.opened for deed in deeds)


def _is_of(item: PlanItem, deed: Deed) -> bool:
    return item.subject == deed.subject and item.number == deed.number


def _outcome(found: Sequence[Outcome], *, has_more: bool) -> Outcome:
    if has_more or Outcome.MISSED in found:
        return Outcome.MISSED
    if Outcome.PENDING in found:
        return Outcome.PENDING
    return Outcome.KEPT if Outcome.KEPT in found else Outcome.VOID
