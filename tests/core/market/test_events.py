"""How far is an announcement, and was what it said known? Against dates counted by hand."""

from datetime import date

import pytest

from core.market.events import (
    MarketEvent,
    distance,
    events_around,
    known_events,
    last_event,
    next_event,
)
from tests.core.market.exchange import calendar, utc

FOMC = [MarketEvent(date.fromisoformat(day), "FOMC") for day in ("2018-01-31", "2018-03-21", "2018-05-02")]
CPI = MarketEvent(date(2018, 2, 14), "CPI", actual=0.5, consensus=0.3, previous=0.1)
EVENTS = [*FOMC, CPI]


def test_the_next_meeting_is_counted_in_sessions_and_days() -> None:
    # Monday 2018-02-05 to Wednesday 2018-02-14: 6, 7, 8, 9, 12, 13, 14
    found = next_event(EVENTS, "CPI", date(2018, 2, 5), calendar())
    assert found is not None
    assert (found.event, found.sessions, found.days) == (CPI, 7, 9)


def test_the_day_itself_is_the_next_and_none_is_made_up() -> None:
    same = next_event(FOMC, "FOMC", date(2018, 3, 21), calendar())
    assert same is not None
    assert same.sessions == same.days == 0
    assert next_event(FOMC, "FOMC", date(2018, 5, 3), calendar()) is None
    assert next_event(FOMC, "CPI", date(2018, 1, 1), calendar()) is None


def test_the_last_one_is_counted_backwards() -> None:
    found = last_event(EVENTS, "FOMC", date(2018, 2, 5), calendar())
    assert found is not None
    assert (found.event.day, found.sessions, found.days) == (date(2018, 1, 31), -3, -5)
    assert last_event(EVENTS, "FOMC", date(2018, 1, 31), calendar()) is None


@pytest.mark.parametrize(
    ("event", "day", "sessions"),
    [
        ("2020-03-15", "2020-03-13", 1),  # the Sunday cut counts for Monday
        ("2020-03-15", "2020-03-16", 0),
        ("2018-02-14", "2018-02-11", 3),  # from a Sunday: Monday, Tuesday, Wednesday
        ("2018-02-20", "2018-02-16", 1),  # over Presidents' Day
        ("2018-02-02", "2018-02-05", -1),
    ],
)
def test_closed_days(event: str, day: str, sessions: int) -> None:
    found = distance(MarketEvent(date.fromisoformat(event), "FOMC"), date.fromisoformat(day), calendar())
    assert found is not None
    assert found.sessions == sessions


def test_around_is_five_sessions_either_way() -> None:
    # 2018-02-07 is five sessions before 02-14 (8, 9, 12, 13, 14) and five after 01-31 (1, 2, 5, 6, 7)
    found = events_around(EVENTS, date(2018, 2, 7), calendar())
    assert [(one.event.kind, one.sessions) for one in found] == [("FOMC", -5), ("CPI", 5)]
    assert [one.event.kind for one in events_around(EVENTS, date(2018, 2, 8), calendar())] == ["CPI"]


def test_outside_the_calendar_there_is_no_distance() -> None:
    far = MarketEvent(date(2095, 1, 1), "FOMC")
    assert distance(far, date(2018, 2, 7), calendar()) is None
    assert next_event([far], "FOMC", date(2018, 2, 7), calendar()) is None


def test_what_was_said_is_known_from_its_hour_on() -> None:
    before, after = utc("2018-02-14T13:29"), utc("2018-02-14T13:30")  # 8:30 New York
    assert known_events([CPI], before) == [MarketEvent(CPI.day, "CPI", None, 0.3, 0.1)]
    assert known_events([CPI], after) == [CPI]
    held = MarketEvent(date(2018, 3, 21), "FOMC", actual=1.75)
    assert known_events([held], utc("2018-03-21T17:59"))[0].actual is None  # 13:59 New York, summer time
    assert known_events([held], utc("2018-03-21T18:00"))[0].actual == 1.75


def test_the_surprise_needs_both_numbers() -> None:
    assert CPI.surprise == pytest.approx(0.2)
    assert MarketEvent(date(2018, 2, 14), "CPI", actual=0.5).surprise is None
    assert known_events([CPI], utc("2018-02-14T13:29"))[0].surprise is None
