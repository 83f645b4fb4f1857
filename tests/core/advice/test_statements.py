"""Do proposals keep what the seeds ask of them: time-shifting, liquid hours, the condor's core, nothing done?"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.advice.hours import liquidity
from core.advice.records import INNERMOST, LAST, RV_ABOVE_IV, SHRINK_FIRST
from core.market.calendar import vix_expiries_after, vix_expiry
from tests.core.advice.scene import advice_at, close_of, facts_at, layer_at, of, sessions_where
from tests.core.histories import calendar
from tests.core.playbooks import composite, preset

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.playbook("000-19")
def test_time_shifting_moves_a_layer_to_the_next_month_and_says_what_it_costs() -> None:
    session = sessions_where(vix_spike=1, rsi_vix_block=0)[3]
    held = layer_at(1, session - 5, close_of(session - 5))
    (roll,) = of(advice_at(session, held), INNERMOST)
    closed, opened = (one.fill for one in roll.ticket)
    assert closed.contract.expiry is not None
    assert opened.contract.expiry == vix_expiries_after(closed.contract.expiry, 1, calendar())[0]
    assert closed.quantity == -held.legs[0].quantity
    assert roll.net is not None
    carried = -sum(fill.quantity * float(fill.price or 0) * 100 for fill in (closed, opened))
    assert roll.net.value == pytest.approx(carried)


@pytest.mark.playbook("002-18")
@pytest.mark.parametrize(
    ("clock", "word"),
    [
        ("09:31", "avoid: the first minutes"),
        ("09:50", "between the windows"),
        ("10:00", "open: the morning window"),
        ("11:30", "open: the morning window"),
        ("11:31", "between the windows"),
        ("13:30", "open: the afternoon window"),
        ("15:30", "open: the afternoon window"),
        ("15:45", "between the windows"),
        ("16:30", "closed"),
    ],
)
def test_the_light_of_the_hours_to_roll_in(clock: str, word: str) -> None:
    hour, minute = map(int, clock.split(":"))
    moment = datetime(2018, 6, 18, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)
    assert liquidity(moment, calendar(), composite()).startswith(word)


@pytest.mark.playbook("002-18")
def test_the_morning_of_a_vix_settlement_is_avoided() -> None:
    day = vix_expiry(2018, 6, calendar())
    for hour, word in ((10, "avoid: the morning of a VIX settlement"), (14, "open: the afternoon window")):
        moment = datetime(day.year, day.month, day.day, hour, 15, tzinfo=NEW_YORK).astimezone(UTC)
        assert liquidity(moment, calendar(), composite()).startswith(word)


@pytest.mark.playbook("003-11")
@pytest.mark.parametrize("name", ["003-regime", "composite"])
def test_the_condors_core_is_left_alone_but_where_004_lets_it_shrink(name: str) -> None:
    seen = 0
    for session in sessions_where(vix_spike=1)[::12]:
        held = layer_at(1, session - 30, close_of(session - 30))
        found = advice_at(session, held, playbook=preset(name))
        for proposal in found.proposals:
            if proposal.situation not in {SHRINK_FIRST, RV_ABOVE_IV, LAST}:
                assert all(fill.layer is not None for fill in proposal.ticket), proposal.title
                seen += len(proposal.ticket)
    assert seen


@pytest.mark.playbook("003-19")
def test_proposals_come_by_themselves_and_change_nothing() -> None:
    session = sessions_where(vix_spike=1)[0]
    facts = facts_at(session, layer_at(1, session - 30, close_of(session - 30)))
    before = (facts.book, facts.quotes, facts.playbook)
    found = advice_at(session, layer_at(1, session - 30, close_of(session - 30)))
    assert found.proposals  # nobody asked
    assert (facts.book, facts.quotes, facts.playbook) == before
    words = " ".join(f"{one.title} {one.reason} {' '.join(one.notes)}" for one in found.proposals).lower()
    assert "order" not in words.split()
