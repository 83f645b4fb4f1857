"""What did the market and the plans ask for, and was it done in time? Duties by kind, none made by trading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.discipline.deeds import session_of
from core.discipline.ground import WINDOW_SESSIONS
from core.discipline.plans import review_plan
from core.discipline.records import (
    BREADTH,
    LAYER_ADDED,
    NO_SIZE_UP,
    ROLLED,
    SIZE_PLANNED,
    Duty,
    Outcome,
    PlanReview,
)
from core.journal.body import integer_or_none, text
from core.journal.entry import EntryKind
from core.journal.plan import CLOSE, HOLD, OPEN, ROLL, opening_of
from core.journal.undo import standing
from core.measures.breadth import DivergenceKind, Grade
from core.positions.book import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from core.discipline.deeds import Deed
    from core.discipline.ground import Ground
    from core.journal.entry import Entry

_WARNINGS = (DivergenceKind.BEARISH, DivergenceKind.SLOPE)
NO_PLAN_RISK = "no condor that was opened by plan was on"


def duties_of(ground: Ground) -> list[Duty]:
    """Return every duty, by session."""
    found = [
        *_layer_duties(ground),
        *_plan_duties(ground),
        *_spike_duties(ground),
        *_roll_duties(ground),
        *_breadth_duties(ground),
    ]
    return sorted(found, key=lambda duty: (duty.session, duty.kind, duty.what))


def plan_reviews(ground: Ground) -> list[PlanReview]:
    """Return every sealed plan whose session has opened, beside what was done."""
    calendar, last = ground.calendar, ground.calendar.closed_by(ground.now)
    found = []
    for session, plan in ground.plans.items():
        index = calendar.index_on_or_before(session)
        if opening_of(session, calendar) <= ground.now:
            found.append(review_plan(plan, ground.deeds, is_over=index < last))
    return found


def _plan_duties(ground: Ground) -> Iterator[Duty]:
    for review in plan_reviews(ground):
        session = review.plan.session
        parts = [f"{one.item.text}: {one.outcome.value}" for one in review.items]
        parts += [f"not planned: {deed.text}" for deed in review.unplanned]
        yield Duty(SIZE_PLANNED, session, session, "the sealed plan", review.outcome, "; ".join(parts))


def _layer_duties(ground: Ground) -> Iterator[Duty]:
    """Yield one duty for each time that a layer armed and was confirmed while a condor was on."""
    armed_at = ground.past.triggers.armed_at
    for number in LAYER_NUMBERS:
        said: set[int] = set()
        for index in range(1, ground.length):
            armed = int(armed_at[number - 1, index])
            if ground.confirmed(number, index) and armed not in said:
                said.add(armed)
                if ground.any_risk[index]:
                    yield _layer_duty(ground, number, index)


def _layer_duty(ground: Ground, number: int, index: int) -> Duty:
    what = f"layer {number} was confirmed"
    if ground.followed[number - 1, index] > 0:
        return _duty(ground, LAYER_ADDED, index, what, Outcome.KEPT, "it was held already")
    deed = _first(ground, index, lambda one: one.act == OPEN and one.layer == number)
    if deed is not None:
        return _duty(ground, LAYER_ADDED, index, what, Outcome.KEPT, f"{deed.text} on {deed.day}")
    reason = _override(ground, number, index)
    if reason:
        return _duty(ground, LAYER_ADDED, index, what, Outcome.OVERRIDDEN, reason)
    held = ground.held[number - 1, index] > 0
    why = "it was held, but opened when neither rule nor plan asked" if held else "the layer was skipped"
    return _duty(ground, LAYER_ADDED, index, what, _late(ground, index), why)


def _spike_duties(ground: Ground) -> Iterator[Duty]:
    """Yield one duty for each run of closes with VIX far above its mean."""
    spike = ground.rule("vix_spike")
    for first, last in _runs(spike):
        mine = [deed for deed in ground.deeds if deed.act == OPEN and first < ground.at(deed) <= last + 1]
        wild = [deed for deed in mine if deed.seq not in ground.following]
        if not wild and not ground.any_risk[first]:
            continue
        over = last < ground.length - 1
        fine = Outcome.KEPT if over else Outcome.PENDING
        why = "; ".join(deed.text for deed in wild) or "no opening beyond plan and rule"
        what = f"VIX far above its mean until {ground.day(last)}"
        yield _duty(ground, NO_SIZE_UP, first, what, Outcome.MISSED if wild else fine, why)


def _roll_duties(ground: Ground) -> Iterator[Duty]:
    """Yield one duty for each time that a roll was to be evaluated while a layer was held."""
    for first, _ in _runs(ground.roll_asked):
        inner = _innermost(ground, first)
        if inner is None:
            continue
        what = f"VIX far above its mean or its RSI high: layer {inner} comes first"
        outcome, why = _rolled(ground, inner, first)
        counts = bool(ground.followed[inner - 1, first] > 0)
        yield _duty(ground, ROLLED, first, what, outcome, why, counts=counts)


def _rolled(ground: Ground, number: int, index: int) -> tuple[Outcome, str]:
    deed = _first(ground, index, lambda one: one.act in (ROLL, CLOSE) and one.layer == number)
    if deed is not None:
        return Outcome.KEPT, f"{deed.text} on {deed.day}"
    if _is_held_by_plan(ground, number, index):
        return Outcome.KEPT, "a sealed plan held it"
    reason = _override(ground, number, index)
    return (Outcome.OVERRIDDEN, reason) if reason else (_late(ground, index), "neither rolled nor held by plan")


def _innermost(ground: Ground, index: int) -> int | None:
    """Return the innermost layer that is held by plan or rule, else the innermost that is held at all."""
    for held in (ground.followed, ground.held):
        found = [number for number in LAYER_NUMBERS if held[number - 1, index] > 0]
        if found:
            return found[0]
    return None


def _is_held_by_plan(ground: Ground, number: int, index: int) -> bool:
    days = {ground.day(index + ahead) for ahead in range(1, WINDOW_SESSIONS + 1)}
    items = [item for day, plan in ground.plans.items() if day in days for item in plan.items]
    return any((item.act, item.subject, item.number) == (HOLD, "layer", number) for item in items)


def _breadth_duties(ground: Ground) -> Iterator[Duty]:
    """Yield one duty for each run of a bearish or slope divergence that came to the minor grade."""
    measured = ground.past.measured
    answers = [one for one in standing(ground.entries) if one.kind is EntryKind.ALERT_ACKNOWLEDGED]
    warned = np.isin(measured.divergence, _WARNINGS) & (measured.divergence_grade >= Grade.MINOR)
    said: set[tuple[int, int]] = set()
    for index in np.flatnonzero(warned).tolist():
        kind = DivergenceKind(int(measured.divergence[index]))
        began = index - int(measured.divergence_sessions[index]) + 1
        if (int(kind), began) in said:
            continue
        said.add((int(kind), began))
        if ground.any_risk[index]:
            yield _breadth_duty(ground, index, (kind, began), answers)


def _breadth_duty(ground: Ground, index: int, run: tuple[DivergenceKind, int], answers: list[Entry]) -> Duty:
    kind, began = run
    name, first = kind.name.lower(), str(ground.day(began))
    what = f"{name} breadth divergence since {first}"
    for entry in answers:
        at = session_of(entry.recorded_at, ground.calendar) - ground.past.history.first
        said, found, _, day = (*text(entry.body, "alert").split(":"), "", "", "")[:4]
        if (said, found, day) == ("breadth", name, first) and index <= at <= index + WINDOW_SESSIONS:
            return _duty(ground, BREADTH, index, what, Outcome.KEPT, f"answered on {ground.day(at)}")
    return _duty(ground, BREADTH, index, what, _late(ground, index), "not answered")


def _duty(  # noqa: PLR0913, PLR0917 - the fields of one record
    ground: Ground, kind: str, index: int, what: str, outcome: Outcome, why: str, *, counts: bool = True
) -> Duty:
    """Return a duty; where only what follows nothing was at risk it can be missed and never kept."""
    earns = counts and bool(ground.planned_risk[index])
    if outcome is Outcome.KEPT and not earns:
        outcome, why = Outcome.VOID, f"{why}; {NO_PLAN_RISK}" if counts else f"{why}; it followed nothing"
    return Duty(kind, ground.day(index), ground.day(index + WINDOW_SESSIONS), what, outcome, why, earns)


def _late(ground: Ground, index: int) -> Outcome:
    return Outcome.MISSED if index + WINDOW_SESSIONS < ground.length else Outcome.PENDING


def _first(ground: Ground, index: int, fits: Callable[[Deed], bool]) -> Deed | None:
    """Return the first deed that fits within the sessions there are to answer."""
    window = range(index, index + WINDOW_SESSIONS + 1)
    return next((one for one in ground.deeds if ground.at(one) in window and fits(one)), None)


def _override(ground: Ground, number: int, index: int) -> str:
    """Return the reason of an override of the layer within the sessions there are, "" where there is none."""
    for entry in standing(ground.entries):
        if entry.kind is EntryKind.OVERRIDE_RECORDED and integer_or_none(entry.body, "layer") == number:
            at = session_of(entry.recorded_at, ground.calendar) - ground.past.history.first
            if index <= at <= index + WINDOW_SESSIONS:
                return f"overridden: {entry.note or text(entry.body, 'against')}"
    return ""


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and last index of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]
