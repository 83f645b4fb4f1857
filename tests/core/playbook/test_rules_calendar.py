"""Are the windows open on the sessions that a calendar on paper gives, and unknown without a list of dates?"""

from datetime import date

import numpy as np
import pytest

from core.market.events import MarketEvent
from core.measures.measured import Measured, MeasureSettings, measure
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.rules import market_words
from core.playbook.rules_calendar import QUARTER_END, SPX_MONTHLY, VIX_MONTHLY, event_days, major_expiries
from tests.core.histories import calendar, history_of
from tests.core.playbooks import changed, composite


def sessions(first: str, count: int) -> Measured:
    return measure(history_of(first, SPX=np.full(count, 4000.0)), MeasureSettings())


def words(rule: str, measured: Measured, **events: list[str]) -> list[int]:
    dated = {kind: np.array(days, dtype="datetime64[D]") for kind, days in events.items()}
    return market_words(measured, composite(), dated)[rule].tolist()


# September 2019: sessions 3 (Tue) to 30 (Mon); FOMC on Wednesday 18
SEPTEMBER = "2019-09-03"


@pytest.mark.playbook("001-6")
def test_five_sessions_before_and_after_an_announcement() -> None:
    found = words("fomc_window", sessions(SEPTEMBER, 20), FOMC=["2019-07-31", "2019-09-18", "2019-10-30"])
    days = [str(day) for day in sessions(SEPTEMBER, 20).history.days]
    open_days = [day for day, word in zip(days, found, strict=True) if word == ON]
    assert open_days == [
        *("2019-09-11", "2019-09-12", "2019-09-13", "2019-09-16", "2019-09-17", "2019-09-18"),
        *("2019-09-19", "2019-09-20", "2019-09-23", "2019-09-24", "2019-09-25"),
    ]
    assert set(found) == {ON, OFF}


def test_outside_the_list_a_window_is_unknown_and_never_off() -> None:
    found = words("fomc_window", sessions(SEPTEMBER, 20), FOMC=["2019-09-18"])
    assert found == [UNKNOWN] * 6 + [ON] * 11 + [UNKNOWN] * 3
    assert set(words("fomc_window", sessions(SEPTEMBER, 20))) == {UNKNOWN}
    assert set(words("fomc_window", sessions(SEPTEMBER, 20), FOMC=[])) == {UNKNOWN}


def test_an_announcement_on_a_closed_day_counts_for_the_session_after_it() -> None:
    sunday = words("cpi_window", sessions(SEPTEMBER, 20), CPI=["2019-08-01", "2019-09-15", "2019-11-01"])
    monday = words("cpi_window", sessions(SEPTEMBER, 20), CPI=["2019-08-01", "2019-09-16", "2019-11-01"])
    assert sunday == monday


@pytest.mark.parametrize(
    ("lists", "word"),
    [
        (("near", "far", "far"), ON),
        (("far", "near", "none"), ON),
        (("far", "far", "far"), OFF),
        (("far", "far", "none"), UNKNOWN),
        (("none", "none", "none"), UNKNOWN),
    ],
)
def test_any_of_the_three_opens_the_event_window(lists: tuple[str, ...], word: int) -> None:
    dates = {"near": ["2019-08-01", "2019-09-04", "2019-10-10"], "far": ["2019-08-01", "2019-10-10"], "none": []}
    chosen = {kind: dates[name] for kind, name in zip(("FOMC", "CPI", "PPI"), lists, strict=True)}
    assert words("event_window", sessions(SEPTEMBER, 1), **chosen) == [word]


def test_announcements_give_their_days() -> None:
    events = [
        MarketEvent(date(2019, 10, 30), "FOMC"),
        MarketEvent(date(2019, 9, 18), "FOMC", 1.75),
        MarketEvent(date(2019, 9, 12), "CPI"),
    ]
    days = event_days(events)
    assert [str(day) for day in days["FOMC"]] == ["2019-09-18", "2019-10-30"]
    assert [str(day) for day in days["CPI"]] == ["2019-09-12"]


def test_the_major_expiries_of_2025() -> None:
    first, last = np.datetime64("2025-01-02"), np.datetime64("2025-09-30")
    found = {kind: [str(day) for day in days] for kind, days in major_expiries(first, last, calendar()).items()}
    assert found[VIX_MONTHLY][:6] == [
        "2025-01-22", "2025-02-19", "2025-03-18", "2025-04-16", "2025-05-21", "2025-06-18",
    ]  # fmt: skip
    assert found[SPX_MONTHLY][2:5] == ["2025-03-21", "2025-04-17", "2025-05-16"]  # April: Good Friday
    assert found[QUARTER_END][:4] == ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]


@pytest.mark.playbook("001-19")
def test_the_theta_window_is_ten_to_seven_days_before() -> None:
    # 2019: SPX Friday September 20 (10th to 13th), VIX Wednesday September 18 (8th to 11th),
    # quarter end Monday September 30 (20th to 23rd), VIX October 16 (6th to 9th), SPX October 18 (8th to 11th)
    measured = sessions(SEPTEMBER, 28)  # to October 10
    found = words("theta_window", measured)
    open_days = {str(day) for day, word in zip(measured.history.days, found, strict=True) if word == ON}
    assert open_days == {
        "2019-09-09", "2019-09-10", "2019-09-11", "2019-09-12", "2019-09-13",
        "2019-09-20", "2019-09-23",
        "2019-10-07", "2019-10-08", "2019-10-09", "2019-10-10",
    }  # fmt: skip
    assert set(found) == {ON, OFF}


def test_the_window_is_the_playbooks() -> None:
    wider = market_words(sessions(SEPTEMBER, 28), changed(theta__window_start=60.0))["theta_window"]
    assert set(wider.tolist()) == {ON}


def test_past_the_calendar_the_theta_window_is_unknown() -> None:
    # the calendar of the tests ends with 2026: December 2026's VIX expiry needs January 2027
    found = words("theta_window", sessions("2026-12-21", 5))
    assert found[0] == ON  # 10 days before December 31
    assert UNKNOWN in found
    assert OFF not in found
