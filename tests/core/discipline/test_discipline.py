"""What does the log say of plans, deeds without a trigger, rules that changed, and the look that is due?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.discipline.discipline import discipline, promoter_warning, rules_seen
from core.discipline.records import Outcome
from core.journal.control import Control, control_of
from core.journal.control_acts import approve_change, propose_layer, record_override
from core.monitor.past import make_past
from core.playbook.parameters import with_values
from tests.core.discipline.stories import AFTER, JUMP, RUNG_1, RUNG_3, Story, before, day, morning, past, playbook

OPENED = 80


def _begun() -> Story:
    story = Story()
    story.plan(OPENED, "open condor x10", "open layer 1 x4 if EDR >= 0.90", "hold layer 2")
    story.condor(OPENED, 10)
    return story


def test_a_plan_is_compared_line_by_line_with_what_was_done() -> None:
    story = _begun()
    (review,) = story.judged().plans
    assert [(one.item.text, one.done, one.outcome) for one in review.items] == [
        ("open condor x10", 10, Outcome.KEPT),
        ("open layer 1 x4 if EDR >= 0.90", 0, Outcome.VOID),
        ("hold layer 2", 0, Outcome.KEPT),
    ]
    assert review.outcome is Outcome.KEPT
    assert not review.unplanned


@pytest.mark.parametrize(("quantity", "outcome"), [(9, Outcome.KEPT), (10, Outcome.KEPT), (11, Outcome.MISSED)])
def test_size_is_held_against_the_plan(quantity: int, outcome: Outcome) -> None:
    story = Story()
    story.plan(OPENED, "open condor x10")
    story.condor(OPENED, quantity)
    assert story.judged().plans[0].items[0].outcome is outcome


def test_an_opening_that_no_line_names_breaks_the_plan() -> None:
    story = _begun()
    story.layer(OPENED, 3, 2)
    (review,) = story.judged().plans
    assert [deed.text for deed in review.unplanned] == ["open layer 3 x2"]
    assert review.outcome is Outcome.MISSED


def test_a_plan_of_a_session_in_progress_is_pending() -> None:
    story = Story()
    story.plan(OPENED, "open condor x10")
    (review,) = story.judged(morning(OPENED)).plans
    assert review.outcome is Outcome.PENDING
    early = story.judged(before(OPENED))
    assert early.plans == ()
    assert [plan.session for plan in early.coming] == [day(OPENED)]


@pytest.mark.playbook("002-6")
def test_every_deed_says_what_it_followed() -> None:
    story = _begun()
    story.layer(OPENED + 2, 2, 1, strike=25)  # nothing asks for it
    story.layer(RUNG_1 + 1, 1, 4)  # the rung was confirmed the close before
    story.close(RUNG_1 + 8, 1, 1)  # RSI of VIX is high
    story.roll(JUMP + 1, 1, 3)
    said = {(one.deed.text): (one.follows, one.warning) for one in story.judged().deeds}
    assert said == {
        "open condor 1 x10": ("plan", ""),
        "open layer 2 x1": ("", "no trigger, no plan"),
        "open layer 1 x4": ("rule", ""),
        "close layer 1 x1": ("trigger", ""),
        "roll layer 1 x3": ("trigger", ""),
    }


def _closed(*, agreed: bool) -> tuple[str, str]:
    """Take layer 1 off at the third rung, by rules under which nothing asks for a roll."""
    rules = with_values(playbook(), {"rsi.vix_high": 99.0, "vix.roll_z": 4.0})
    story = _begun()
    story.layer(RUNG_1 + 1, 1, 4)
    if agreed:
        asked = {"act": "close", "layer": 1, "by": "Anna", "reason": "dear", "at": morning(RUNG_1 + 5)}
        proposal = story.take(propose_layer(Control(), rules, **asked)).seq
        control = control_of(story.entries)
        story.take(approve_change(control, proposal=proposal, by="Anna", at=morning(RUNG_1 + 5)))
    story.close(RUNG_3 + 3, 1, 4)
    state = discipline(story.entries, make_past(past().history, rules), rules, AFTER)
    return state.deeds[-1].follows, state.deeds[-1].warning


def test_a_layer_taken_off_against_the_rule_asks_for_agreement() -> None:
    assert _closed(agreed=True) == ("approval", "")
    assert _closed(agreed=False) == ("", "taken off while the rule asked for it, and nobody agreed")


def test_an_override_is_listed_with_its_reason_and_excuses_the_deed_of_its_day() -> None:
    story = _begun()
    at = morning(OPENED + 2)
    story.take(record_override(Control(), against="no layer is asked for", reason="ahead of CPI", layer=2, at=at))
    story.layer(OPENED + 2, 2, 1)
    state = story.judged()
    assert [(one.against, one.reason, one.proposal) for one in state.overrides] == [
        ("no layer is asked for", "ahead of CPI", None)
    ]
    assert state.deeds[-1].follows == "override"


@pytest.mark.playbook("002-21")
def test_a_promoter_is_told_at_once_and_a_steward_is_not() -> None:
    story = _begun()
    wild = (story.condor(RUNG_1 + 2, 20), story.entries[-1].seq)[1]
    asked = (story.layer(RUNG_1 + 2, 1, 4), story.entries[-1].seq)[1]
    calm = (story.condor(JUMP - 2, 1), story.entries[-1].seq)[1]
    said = [promoter_warning(story.entries, past(), playbook(), seq) for seq in (wild, asked, calm, 1)]
    assert said == ["opened beyond plan and rule while VIX was far above its mean", "", "", ""]


@pytest.mark.playbook("001-24")
def test_rules_that_changed_without_agreement_are_seen_by_their_hash() -> None:
    story = _begun()
    story.layer(OPENED + 2, 2, 1)
    first, last = story.entries[0], story.entries[-1]
    changed = [*story.entries[:-1], replace(last, stamp=replace(last.stamp, playbook_hash="other"))]
    assert not list(rules_seen(story.entries))
    (seen,) = rules_seen(changed)
    assert (seen.seq, seen.before, seen.after) == (last.seq, first.stamp.playbook_hash, "other")
    assert seen.proposal is None


@pytest.mark.playbook("000-30", "001-24")
def test_a_look_is_due_five_sessions_after_the_last_plan() -> None:
    story = _begun()
    four, five = (story.judged(morning(OPENED + ahead)) for ahead in (4, 5))
    assert (four.review.value, four.review_due) == (4.0, False)
    assert (five.review.value, five.review_due) == (5.0, True)
    assert Story().judged().review.unknown == "no plan was ever sealed"


@pytest.mark.playbook("004-19")
def test_the_first_size_stands_beside_the_present_one() -> None:
    story = _begun()
    (size,) = story.judged().sizes
    assert (size.first, size.now) == (10, 10)


def test_nothing_of_a_later_moment_is_looked_at() -> None:
    story = _begun()
    story.layer(RUNG_1 + 1, 1, 4)
    assert len(story.judged(morning(OPENED + 1)).deeds) == 1
    assert story.judged(morning(OPENED + 1)).plans[0].plan.session == day(OPENED)
