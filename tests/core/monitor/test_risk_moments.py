"""Are the moments of the curves those of the calendar, and is the past refused?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.journal import acts
from core.monitor.risk_book import counted
from core.monitor.risk_moments import asked_moment, curve_moments, expiries_of, sessions_to
from core.refusal import RefusedError
from core.risk_state import RiskAsked
from tests.core.histories import calendar
from tests.core.journal.desk import MORNING, VIX_MARCH, Desk, legs

CALENDAR = calendar()
SET = datetime(2018, 2, 16, 14, 30, tzinfo=UTC)  # 9:30 in New York, AM-settled
VRO = datetime(2018, 3, 21, 13, 30, tzinfo=UTC)  # 9:30 in New York, summer time


def test_a_curve_for_now_a_day_on_the_date_chosen_and_every_expiry() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.open_layer, fills=legs(f"+4 VIX {VIX_MARCH} C 25 @ 1.20", f"+1 VX {VIX_MARCH} @ 15.10"))
    chosen = MORNING + timedelta(days=10)
    found = curve_moments(counted(desk.book), chosen, MORNING, CALENDAR)
    assert [at.key for at in found] == ["now", "day", "chosen", "expiry", "layer:2018-03-21"]
    assert [at.moment for at in found] == [MORNING, MORNING + timedelta(days=1), chosen, SET, VRO]
    without = curve_moments(counted(desk.book), None, MORNING, CALENDAR)
    assert "chosen" not in {at.key for at in without}


def test_an_empty_book_has_only_now_and_a_day_on() -> None:
    assert [at.key for at in curve_moments(counted(Desk().book), None, MORNING, CALENDAR)] == ["now", "day"]


def test_what_has_expired_is_no_moment_to_look_at() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    assert expiries_of(desk.book.open_condors, SET, CALENDAR) == []


def test_a_date_means_the_close_of_its_session() -> None:
    assert asked_moment(RiskAsked(), MORNING, CALENDAR) == MORNING
    assert asked_moment(RiskAsked(days=1.5), MORNING, CALENDAR) == MORNING + timedelta(hours=36)
    seen = asked_moment(RiskAsked(day=date(2018, 1, 12), days=3.0), MORNING, CALENDAR)
    assert seen == datetime(2018, 1, 12, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (RiskAsked(day=date(2018, 1, 9)), "the session of 2018-01-09 has closed by 2018-01-10 10:00 New York"),
        (RiskAsked(days=-1.0), "days: -1 is not within 0 to 1100"),
        (RiskAsked(days=1e9), "days: 1e\\+09 is not within"),
        (RiskAsked(days=float("nan")), "days: nan is not within"),
        (RiskAsked(day=date(1960, 1, 4)), "1960-01-04 is outside the exchange calendar"),
    ],
)
def test_the_past_and_the_far_future_are_refused(asked: RiskAsked, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        asked_moment(asked, MORNING, CALENDAR)


def test_sessions_are_counted_by_their_closes() -> None:
    # from Wednesday 2018-01-10 in the morning; Monday the 15th was Martin Luther King Day
    assert sessions_to(MORNING, MORNING, CALENDAR) == 1
    assert sessions_to(MORNING + timedelta(days=1), MORNING, CALENDAR) == 1
    assert sessions_to(MORNING + timedelta(days=7), MORNING, CALENDAR) == 4
