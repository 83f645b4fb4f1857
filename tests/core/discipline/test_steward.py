"""Is the score what a reader of the log would count, and can it be bought by trading?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.discipline.records import BREADTH, LAYER_ADDED, NO_SIZE_UP, ROLLED, SIZE_PLANNED, Outcome
from core.journal import acts
from core.journal.control import Control
from core.journal.control_acts import record_override
from tests.core.discipline.stories import (
    FAILING,
    JUMP,
    RUNG_1,
    RUNG_2,
    RUNG_3,
    SESSIONS,
    Story,
    day,
    morning,
)

if TYPE_CHECKING:
    from core.discipline.records import DisciplineState

OPENED = 80
SLOPE, BEARISH = FAILING.start + 1, FAILING.start + 3  # the first sessions of the two divergences
Tallies = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Extra:
    """A trade that is added to a story: a condor (layer 0) or a layer of its own strike."""

    index: int
    layer: int
    quantity: int


def _answer(story: Story, index: int, kind: str, began: int) -> None:
    key = f"breadth:{kind}:pronounced:{day(began)}"
    story.take(acts.acknowledge(story.book, alert_key=key, at=morning(index)))


def _trade(story: Story, extra: Extra) -> None:
    if extra.layer:
        story.layer(extra.index, extra.layer, extra.quantity, strike=30)
    else:
        story.condor(extra.index, extra.quantity)


def steward(*extras: Extra, answers: bool = True, rolls: bool = True) -> Story:
    """Plans and does, adds each layer on the session after its rung, rolls at the jump, answers breadth."""
    story = Story()
    steps = [
        (OPENED, lambda: (story.plan(OPENED, "open condor x10"), story.condor(OPENED, 10))),
        (RUNG_1 + 1, lambda: story.layer(RUNG_1 + 1, 1, 4)),
        (RUNG_2 + 1, lambda: (story.plan(RUNG_2 + 1, "open layer 2 x2"), story.layer(RUNG_2 + 1, 2, 2))),
        (RUNG_3 + 1, lambda: story.layer(RUNG_3 + 1, 3, 2)),
        (JUMP + 1, lambda: story.layer(JUMP + 1, 4, 2)),
    ]
    if answers:
        steps.append((SLOPE + 1, lambda: _answer(story, SLOPE + 1, "slope", SLOPE)))
        steps.append((BEARISH + 1, lambda: _answer(story, BEARISH + 1, "bearish", BEARISH)))
    if rolls:
        steps.append((JUMP + 2, lambda: story.roll(JUMP + 2, 1, 4)))
    steps += [(extra.index, lambda extra=extra: _trade(story, extra)) for extra in extras]
    for _, act in sorted(steps, key=lambda step: step[0]):
        act()
    return story


def promoter() -> Story:
    """Plans once, skips every layer, opens twenty more in the spike, and trades where nothing was planned."""
    story = Story()
    story.plan(OPENED, "open condor x10")
    story.condor(OPENED, 10)
    story.condor(RUNG_1 + 2, 20)
    story.plan(RUNG_3 + 2, "nothing")
    story.condor(RUNG_3 + 2, 5)
    return story


def tallies(state: DisciplineState) -> Tallies:
    return {one.kind: (one.kept, one.missed) for one in state.steward.tallies}


@pytest.mark.playbook("003-12")
def test_the_steward_keeps_every_duty() -> None:
    state = steward().judged()
    # by hand: layers 1-3 at their rungs and all four at the jump; two plans; two spikes; one roll; two divergences
    assert tallies(state) == {
        LAYER_ADDED: (7, 0),
        SIZE_PLANNED: (2, 0),
        NO_SIZE_UP: (2, 0),
        ROLLED: (1, 0),
        BREADTH: (2, 0),
    }
    assert state.steward.score.value == 100.0
    assert state.steward.counted == 14


@pytest.mark.playbook("000-24", "002-21", "004-18")
def test_the_promoter_skips_layers_adds_in_the_spike_and_leaves_breadth_unanswered() -> None:
    state = promoter().judged()
    # kept by hand: the first plan and the second spike; missed: 3 + 4 layers, 1 plan, 1 spike, 2 divergences
    assert tallies(state) == {
        LAYER_ADDED: (0, 7),
        SIZE_PLANNED: (1, 1),
        NO_SIZE_UP: (1, 1),
        ROLLED: (0, 0),
        BREADTH: (0, 2),
    }
    assert state.steward.score.value == pytest.approx(100 * 2 / 13)
    skipped = [duty for duty in state.steward.duties if duty.kind == LAYER_ADDED]
    assert {duty.why for duty in skipped} == {"the layer was skipped"}
    assert "open condor 2 x20" in [duty.why for duty in state.steward.duties if duty.kind == NO_SIZE_UP]
    warned = {one.deed.text: one.warning for one in state.deeds}
    assert warned["open condor 2 x20"] == "opened beyond plan and rule while VIX was far above its mean"


def test_too_little_data_gives_no_score() -> None:
    state = steward().judged(morning(RUNG_1 - 1))
    assert state.steward.counted == 3  # one plan, two divergences
    assert state.steward.score.value is None
    assert state.steward.score.unknown == "not enough data: 3 of 5 duties"


def test_an_unrolled_layer_and_silence_on_breadth_cost_three_of_fourteen() -> None:
    state = steward(answers=False, rolls=False).judged()
    assert tallies(state)[ROLLED] == (0, 1)
    assert tallies(state)[BREADTH] == (0, 2)
    assert state.steward.score.value == pytest.approx(100 * 11 / 14)


def test_a_layer_bought_before_anything_asked_for_it_is_no_answer() -> None:
    story = Story()
    story.plan(OPENED, "open condor x10")
    story.condor(OPENED, 10)
    story.layer(OPENED + 1, 1, 4)
    duty = next(d for d in story.judged().steward.duties if d.kind == LAYER_ADDED)
    assert duty.outcome is Outcome.MISSED
    assert duty.why == "it was held, but opened when neither rule nor plan asked"


def test_a_duty_stays_pending_until_its_second_session_has_closed() -> None:
    story = Story()
    story.plan(OPENED, "open condor x10")
    story.condor(OPENED, 10)
    for closed, outcome in ((1, Outcome.PENDING), (2, Outcome.PENDING), (3, Outcome.MISSED)):
        state = story.judged(morning(RUNG_1 + closed))
        duty = next(d for d in state.steward.duties if d.kind == LAYER_ADDED)
        assert duty.outcome is outcome


def test_an_override_keeps_its_reason_and_is_not_counted_as_kept() -> None:
    story = Story()
    story.plan(OPENED, "open condor x10")
    story.condor(OPENED, 10)
    said = {"against": "layer 1 confirmed", "reason": "calls too dear", "layer": 1}
    story.take(record_override(Control(), at=morning(RUNG_1 + 1), **said))
    duty = next(d for d in story.judged().steward.duties if d.kind == LAYER_ADDED)
    assert (duty.outcome, duty.why) == (Outcome.OVERRIDDEN, "overridden: calls too dear")
    assert tallies(story.judged())[LAYER_ADDED] == (0, 7)


def test_every_confirmed_layer_was_held_but_on_the_closes_that_confirmed_it() -> None:
    # by hand: a planned condor is on from 80 to the end; L1 lacks at 90, L2 at 96, L3 at 102, L4 at 114
    found = steward().judged().steward.at_target
    assert found.value == pytest.approx(100 * (SESSIONS - OPENED - 4) / (SESSIONS - OPENED))


extras = st.lists(
    st.builds(Extra, st.integers(OPENED - 10, SESSIONS - 8), st.integers(0, 4), st.integers(1, 30)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(extras, st.booleans(), st.booleans())
def test_trades_that_follow_nothing_never_raise_the_score(added: list[Extra], answers: bool, rolls: bool) -> None:
    before = steward(answers=answers, rolls=rolls)
    after = steward(*added, answers=answers, rolls=rolls)
    known = {deed.deed.text for deed in before.judged().deeds}
    new = [one for one in after.judged().deeds if one.deed.text not in known]
    assume(all(one.follows == "" for one in new))
    was, now = before.judged().steward.score.value, after.judged().steward.score.value
    assert was is not None
    assert now is None or now <= was


@settings(max_examples=20, deadline=None)
@given(extras)
def test_trades_that_follow_nothing_make_no_score_where_there_was_none(added: list[Extra]) -> None:
    story = Story()
    for extra in sorted(added, key=lambda one: one.index):
        _trade(story, extra)
    state = story.judged()
    assume(all(one.follows == "" for one in state.deeds))
    assert state.steward.score.value is None
    assert all(duty.outcome is not Outcome.KEPT for duty in state.steward.duties)


@pytest.mark.parametrize(("expiry", "is_held"), [("2018-03-21", True), ("2018-01-17", False)])
def test_a_layer_that_has_expired_is_held_no_more_settled_or_not(expiry: str, is_held: bool) -> None:
    story = Story()
    story.layer(OPENED, 1, 4, expiry=expiry)
    rolls = [duty for duty in story.judged().steward.duties if duty.kind == ROLLED]
    assert any(duty.session >= day(JUMP) for duty in rolls) is is_held
