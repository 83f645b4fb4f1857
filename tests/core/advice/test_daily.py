"""Are the day's looks where the playbook's hours put them, and is a daily playbook left alone until EDR is red?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.advice.checklist import checklist
from tests.core.histories import calendar
from tests.core.monitor.scene import market, open_of, quote, state, with_last
from tests.core.playbooks import changed, composite


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.playbook("003-1")
def test_the_list_of_a_whole_day_and_of_a_half_day() -> None:
    looks = checklist(utc("2018-02-05T15:30"), calendar(), composite())  # 10:30 in New York
    times = [f"{one.at:%H:%M}" for one in looks]
    assert times == ["13:30", "14:45", "15:00", "18:30", "20:45", "21:00"]  # UTC: 8:30 to 16:00 in New York
    assert [one.is_now for one in looks] == [False, False, True, False, False, False]
    assert [one.is_past for one in looks] == [True, True, False, False, False, False]
    half = checklist(utc("2018-07-03T13:00"), calendar(), composite())  # closes at 13:00, 17:00 UTC
    assert [f"{one.at:%H:%M}" for one in half][-2:] == ["16:45", "17:00"]
    assert "17:30" not in [f"{one.at:%H:%M}" for one in half], "no afternoon window on a half day"


def test_on_a_weekend_the_list_is_that_of_the_next_session() -> None:
    looks = checklist(utc("2018-02-03T15:00"), calendar(), composite())
    assert {f"{one.at:%Y-%m-%d}" for one in looks} == {"2018-02-05"}
    assert not any(one.is_now or one.is_past for one in looks)
    assert checklist(utc("2099-01-01T15:00"), calendar(), composite()) == ()


@pytest.mark.playbook("003-1")
@pytest.mark.parametrize(("days", "red", "is_told"), [(1.0, 9.0, False), (1.0, 0.95, True), (45.0, 9.0, True)])
def test_within_the_day_a_daily_playbook_hears_of_a_rung_only_when_edr_is_red(
    days: float, red: float, *, is_told: bool
) -> None:
    playbook = changed(condor__dte=days, zones__red=red)
    history = with_last(market(), VIX9D=12.0, VIX=14.0)
    now = open_of(140, 60)
    last = float(history.columns["SPX"][-1])
    found = state(
        now,
        quote("SPX", last, now),
        quote("VIX", 30.0, now),
        quote("VIX9D", 40.0, now),
        history=history,
        playbook=playbook,
    )
    assert any(alert.key.startswith("rung:") for alert in found.alerts) is is_told
