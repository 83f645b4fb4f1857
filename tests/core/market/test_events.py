"""How far is an announcement, and was what it said known? Against dates counted by hand."""

from datetime import date

import pytest

from core.market.events import (
    MarketEvent,
    Nearest,
    distance,
    events_around,
    known_events,
    nearest_events,
)
from tests.core.market.exchange import calendar, utc

FOMC = [MarketEvent(date.fromisoformat(day), "FOMC") for day in ("2018-01-31", "2018-03-21", "2018-05-02")]
CPI = MarketEvent(date(2018, 2, 14), "CPI", actual=0.5, consensus=0.3, previous=0.1)
EVENTS = [*FOMC, CPI]


def far(event: MarketEvent, day: str) -> tuple[int, int]:
    found = distance(event, date.fromisoformat(day), calendar())
    assert found is not None
    return found.sessions, found.days


def test_an_event_is_counted_in_sessions_and_days() -> None:
    # Monday 2018-02-05 to Wednesday 2018-02-14: 6, 7, 8, 9, 12, 13, 14
    assert far(CPI, "2018-02-05") == (7, 9)
    assert far(CPI, "2018-02-14") == (0, 0)
    assert far(FOMC[0], "2018-02-05") == (-3, -5)


def test_the_last_and_the_next_of_each_kind() -> None:
    found = nearest_events(EVENTS, utc("2018-02-05T18:00"))
    assert found == {"FOMC": Nearest(FOMC[0], FOMC[1]), "CPI": Nearest(None, CPI)}
    assert nearest_events(EVENTS, utc("2018-06-01T18:00"))["FOMC"] == Nearest(FOMC[2], None)
    assert nearest_events([], utc("2018-06-01T18:00")) == {}


def test_on_its_day_an_event_is_to_come_until_its_hour() -> None:
    assert nearest_events([CPI], utc("2018-02-14T13:29"))["CPI"] == Nearest(None, CPI)  # 8:29 New York
    assert nearest_events([CPI], utc("2018-02-14T13:30"))["CPI"] == Nearest(CPI, None)
    assert nearest_events([CPI], utc("2018-02-15T02:00"))["CPI"] == Nearest(CPI, None)  # still the 14th there


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
    beyond = MarketEvent(date(2095, 1, 1), "FOMC")
    assert distance(beyond, date(2018, 2, 7), calendar()) is None


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
