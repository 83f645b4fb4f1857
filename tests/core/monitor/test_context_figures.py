"""Does the status show of the economy what was known at its moment, and how far the announcements are?"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.market.events import MarketEvent
from core.market.series import MONTHLY, Series
from core.monitor.evaluate import evaluate
from core.state import ContextState, EventState, Facts
from tests.core.market.exchange import utc
from tests.core.monitor.scene import SESSIONS, close_of, facts, market, with_columns

MONTHS = np.arange("2008-11", "2010-07", dtype="datetime64[M]").astype("datetime64[D]")
LEVELS = np.array([100.0 + month for month in range(len(MONTHS))])
CPI = Series("CPIAUCSL", "fred", MONTHS, {"close": LEVELS}, np.zeros(len(MONTHS), np.bool_), MONTHLY)
# Bureau of Labor Statistics: the releases of April, May and June 2010's consumer prices
RELEASES = tuple(
    MarketEvent(date.fromisoformat(day), "CPI", 0.1, 0.2) for day in ("2010-05-19", "2010-06-17", "2010-07-16")
)


def given(now: str, **more: object) -> Facts:
    return replace(facts(utc(now)), events=RELEASES, monthly={"CPIAUCSL": CPI}, **more)


def context(one: Facts) -> dict[str, ContextState]:
    found = evaluate(one).more
    assert found is not None
    return {state.symbol: state for state in found.context}


def events(one: Facts) -> dict[str, EventState]:
    found = evaluate(one).more
    assert found is not None
    return {state.kind: state for state in found.events}


def test_before_the_release_the_month_before_is_shown() -> None:
    before, after = (context(given(now))["CPIAUCSL"] for now in ("2010-06-17T12:29", "2010-06-17T12:30"))
    assert (before.about, before.value.value) == (date(2010, 4, 1), 117.0)
    assert (after.about, after.value.value) == (date(2010, 5, 1), 118.0)
    assert after.known_at == utc("2010-06-17T12:30")
    assert after.value.inputs[0].age_s == 0


def test_changes_over_a_year_and_the_month_before() -> None:
    found = context(given("2010-06-18T12:00"))["CPIAUCSL"]
    assert found.year_pct is not None
    assert found.year_pct_before is not None
    assert found.year_pct.value == pytest.approx((118 / 106 - 1) * 100)
    assert found.year_pct_before.value == pytest.approx((117 / 105 - 1) * 100)


def test_too_early_nothing_is_known_and_says_so() -> None:
    late = replace(CPI, times=CPI.times[-2:], columns={"close": LEVELS[-2:]}, range_broken=CPI.range_broken[-2:])
    one = replace(given("2010-06-01T12:00"), monthly={"CPIAUCSL": late})
    found = context(one)["CPIAUCSL"]
    assert (found.about, found.value.unknown) == (None, "CPIAUCSL: no value was known by then")
    one = replace(given("2010-06-18T12:00"), monthly={"CPIAUCSL": late})
    assert context(one)["CPIAUCSL"].year_pct.unknown == "no value of 2010-05 or of twelve months before"  # type: ignore[union-attr]


@pytest.mark.playbook("004-9")
def test_a_yield_is_shown_from_the_next_opening_on() -> None:
    yields = 3 + np.cumsum(np.random.default_rng(2).normal(0, 0.05, SESSIONS))
    history = with_columns(market(), DGS10=yields)
    at_close = context(facts(close_of(SESSIONS - 1, 1), history=history))["DGS10"]
    assert at_close.value.value == yields[-2]
    assert at_close.about == market().days[-2].item()
    assert at_close.value.unit == "%"
    assert "next session" in at_close.value.note
    assert at_close.with_vix is not None
    assert at_close.with_vix.note == "59 of 60 sessions have both changes"
    monday = context(facts(close_of(SESSIONS, -60), history=history))["DGS10"]
    assert monday.value.value == yields[-1]


def test_too_few_common_sessions_have_no_correlation() -> None:
    yields = np.full(SESSIONS, np.nan)
    yields[-20:] = np.linspace(3, 3.4, 20)
    found = context(facts(close_of(SESSIONS - 1, 1), history=with_columns(market(), DGS10=yields)))["DGS10"]
    assert found.with_edr is not None
    assert found.with_edr.unknown == "18 of 60 sessions have both changes, 50 are needed"


@pytest.mark.playbook("004-9")
def test_announcements_are_counted_and_unlisted_kinds_say_so() -> None:
    found = events(given("2010-06-10T15:00"))
    assert list(found) == ["FOMC", "CPI", "PPI"]
    cpi = found["CPI"]
    # Thursday 2010-06-10 to Thursday 06-17: 11, 14, 15, 16, 17
    assert (cpi.next_day, cpi.sessions.value, cpi.days.value, cpi.is_around) == (date(2010, 6, 17), 5, 7, True)
    assert cpi.last == RELEASES[0]
    assert found["FOMC"].sessions.unknown == "no FOMC date is known: import a list of them"
    assert not found["FOMC"].is_around
    late = events(given("2010-07-20T15:00"))["CPI"]
    assert late.sessions.unknown == "no CPI date after 2010-07-16 is known: import a list of them"
    assert late.is_around  # two sessions ago
