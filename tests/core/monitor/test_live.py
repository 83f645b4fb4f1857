"""Do quotes count as the close of their session would, and does nothing stale stand in for a value?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.monitor.evaluate import evaluate
from core.monitor.live import live_session
from core.monitor.past import make_past
from core.playbook.verdict import Trigger
from tests.core.histories import random_history
from tests.core.monitor.scene import (
    SESSIONS,
    close_of,
    edr_a,
    facts,
    hv20,
    market,
    open_of,
    quote,
    state,
    with_columns,
    with_last,
)
from tests.core.playbooks import composite

LAST = SESSIONS - 1
NOON = open_of(SESSIONS, 150)  # of the session after the last close
SPX, VIX = 2100.0, 25.0
CLOSES = market().columns


def test_without_a_quote_there_is_no_session_in_progress() -> None:
    assert live_session(facts(NOON)) is None
    assert state(NOON).provisional is None


def test_spx_and_vix_without_vix9d_use_the_last_daily_ratio_and_name_it() -> None:
    found = state(NOON, quote("SPX", SPX, NOON), quote("VIX", VIX, NOON))
    ratio = CLOSES["VIX9D"][-1] / CLOSES["VIX"][-1]
    expected = edr_a(VIX * ratio, hv20([*CLOSES["SPX"], SPX]))
    assert found.edr.value == pytest.approx(expected, rel=1e-12)
    assert found.edr_points.value == pytest.approx(expected / 100 * SPX, rel=1e-12)
    day = market().days[-1]
    assert found.edr.note == f"VIX9D = VIX x {ratio:.4f}, the daily ratio of {day}"
    vix9d = found.edr.inputs[0]
    assert (vix9d.name, vix9d.note, vix9d.time, vix9d.source) == ("VIX9D", found.edr.note, NOON, "typed")
    assert found.edr.is_provisional


def test_a_quote_of_vix9d_itself_is_taken() -> None:
    quoted = (quote("SPX", SPX, NOON), quote("VIX", VIX, NOON), quote("VIX9D", 30.0, NOON))
    found = state(NOON, *quoted)
    assert found.edr.value == pytest.approx(edr_a(30.0, hv20([*CLOSES["SPX"], SPX])), rel=1e-12)
    assert found.edr.note == ""


def test_a_last_close_without_vix9d_gives_no_ratio_of_an_older_day() -> None:
    found = state(
        NOON, quote("SPX", SPX, NOON), quote("VIX", VIX, NOON), history=with_last(market(), VIX9D=np.nan)
    )
    assert found.edr.value is None
    assert "VIX9D" in found.edr.unknown


def test_where_vix9d_never_was_vix_stands_in_and_is_named() -> None:
    never = with_columns(market(), VIX9D=None)
    found = state(NOON, quote("SPX", SPX, NOON), quote("VIX", VIX, NOON), history=never)
    assert found.edr.value == pytest.approx(edr_a(VIX, hv20([*CLOSES["SPX"], SPX])), rel=1e-12)
    assert "VIX stands in for VIX9D" in found.edr.note


def test_spx_alone_leaves_vix_and_what_follows_from_it_at_the_close() -> None:
    quoted, closed = state(NOON, quote("SPX", SPX, NOON)), state(NOON)
    assert quoted.vix.value == CLOSES["VIX"][-1]
    assert quoted.edr.value == pytest.approx(edr_a(CLOSES["VIX9D"][-1], hv20([*CLOSES["SPX"], SPX])), rel=1e-12)
    assert {n: f.value for n, f in quoted.vix_indicators.items()} == {
        n: f.value for n, f in closed.vix_indicators.items()
    }
    assert quoted.spx_indicators["hv20_pct"].value == pytest.approx(hv20([*CLOSES["SPX"], SPX]), rel=1e-12)
    assert (quoted.spx_indicators["rsi14"].is_provisional, quoted.vix_indicators["rsi14"].is_provisional) == (
        True,
        False,
    )
    used = {item.name: item.time for item in quoted.edr.inputs}
    assert used == {"VIX9D": close_of(LAST), "HV20": NOON}


def test_vix_alone_leaves_spx_at_the_close() -> None:
    found = state(NOON, quote("VIX", VIX, NOON))
    ratio = CLOSES["VIX9D"][-1] / CLOSES["VIX"][-1]
    assert found.spx.value == CLOSES["SPX"][-1]
    assert found.edr.value == pytest.approx(edr_a(VIX * ratio, hv20(CLOSES["SPX"])), rel=1e-12)
    mean = (sum(CLOSES["VIX"][-19:]) + VIX) / 20
    assert found.vix_indicators["sma20"].value == pytest.approx(mean, rel=1e-12)
    assert found.spx_indicators["rsi14"].value == state(NOON).spx_indicators["rsi14"].value


def test_breadth_and_curve_hold_while_quotes_move() -> None:
    quoted, closed = state(NOON, quote("SPX", SPX, NOON), quote("VIX", VIX, NOON)), state(NOON)
    assert (
        quoted.ad_line.value
        == closed.ad_line.value
        == pytest.approx(np.sum(CLOSES["BREADTH:NYSE.advances"] - CLOSES["BREADTH:NYSE.declines"]))
    )
    assert quoted.ad_line.inputs[0].time == close_of(LAST)
    assert quoted.divergence == closed.divergence
    assert {n: f.value for n, f in quoted.curve.items()} == {n: f.value for n, f in closed.curve.items()}


@pytest.mark.playbook("000-3")
@pytest.mark.parametrize(("minutes", "is_amber"), [(0.9, False), (1.1, True), (30.0, True)])
def test_a_quote_turns_amber_after_a_minute_and_lives_half_an_hour(minutes: float, is_amber: bool) -> None:
    asked = open_of(SESSIONS, 60 + minutes)
    found = state(asked, quote("SPX", SPX, open_of(SESSIONS, 60)), quote("VIX", VIX, open_of(SESSIONS, 60)))
    for figure in (found.spx, found.vix, found.edr, found.edr_points, found.vix_indicators["macd"]):
        assert figure.is_known
        assert figure.is_amber is is_amber


@pytest.mark.playbook("000-3")
def test_a_stale_vix_makes_all_that_reads_it_unknown_and_never_its_close() -> None:
    asked = open_of(SESSIONS, 91)
    found = state(asked, quote("SPX", SPX, asked), quote("VIX", VIX, open_of(SESSIONS, 60)))
    reason = "VIX: last quote 31 min old in session"
    for figure in (found.vix, found.edr, found.edr_points, *found.vix_indicators.values(), found.ladder.rung):
        assert (figure.value, figure.unknown) == (None, reason)
    assert found.spx_indicators["hv20_pct"].value == pytest.approx(hv20([*CLOSES["SPX"], SPX]), rel=1e-12)
    assert found.edr_zone == ""
    for layer in found.layers:
        assert layer.provisional is Trigger.UNKNOWN
        assert reason in layer.trigger_reason


def test_a_stale_spx_leaves_vix_known() -> None:
    asked = open_of(SESSIONS, 91)
    found = state(asked, quote("SPX", SPX, open_of(SESSIONS, 60)), quote("VIX", VIX, asked))
    assert found.vix.value == VIX
    assert found.edr.unknown == found.spx.unknown == "SPX: last quote 31 min old in session"
    assert found.spx_indicators["rsi14"].value is None
    assert found.vix_indicators["rsi14"].is_known


def test_closes_hold_until_the_next_close_and_not_a_second_longer() -> None:
    before, after = state(close_of(SESSIONS, -1 / 60)), state(close_of(SESSIONS))
    assert before.spx.value == CLOSES["SPX"][-1]
    assert before.edr.is_known
    figures = (after.spx, after.vix, after.edr, after.ad_line, after.rana, after.curve["vx1"], after.ladder.rung)
    for figure in (*figures, *after.vix_indicators.values(), *after.spx_indicators.values()):
        assert figure.value is None
        assert figure.unknown
    assert [layer.trigger for layer in after.layers] == [Trigger.UNKNOWN] * 4


def test_facts_whose_past_lies_behind_the_clock_show_nothing_old() -> None:
    late = evaluate(replace(facts(NOON), now=close_of(SESSIONS)))
    assert late.layers == state(close_of(SESSIONS)).layers
    assert late.ad_line.value is None


def test_after_the_close_quotes_are_of_the_session_that_has_closed() -> None:
    typed = close_of(SESSIONS, 10)
    found = state(typed, quote("SPX", SPX, typed), quote("VIX", VIX, typed))
    assert str(found.provisional_day) == str(market().calendar.days[market().first + SESSIONS])
    ratio = CLOSES["VIX9D"][-1] / CLOSES["VIX"][-1]
    assert found.edr.value == pytest.approx(edr_a(VIX * ratio, hv20([*CLOSES["SPX"], SPX])), rel=1e-12)
    assert found.ad_line.value is None  # its breadth has not come, and that of the day before does not count
    assert found.layers[0].trigger is Trigger.UNKNOWN  # no close, so no word of the closes
    assert found.layers[3].provisional is not Trigger.UNKNOWN


def test_once_the_next_session_opens_the_missing_close_is_missing() -> None:
    typed = open_of(SESSIONS + 1, 1)
    found = state(typed, quote("SPX", SPX, typed), quote("VIX", VIX, typed))
    assert str(found.provisional_day) == str(market().calendar.days[market().first + SESSIONS + 1])
    day = market().calendar.days[market().first + SESSIONS]
    assert found.edr.value is None
    assert found.spx_indicators["hv20_pct"].unknown == f"no SPX on {day}, and 21 sessions in a row are needed"


def test_a_quote_of_the_weekend_is_of_the_next_session() -> None:
    friday = next(i for i in range(LAST - 1, 0, -1) if close_of(i).weekday() == 4)
    saturday = close_of(friday, 24 * 60)
    found = state(saturday, quote("VIX", VIX, saturday))
    assert str(found.provisional_day) == str(market().days[friday + 1])
    assert found.spx.value == CLOSES["SPX"][friday]


def test_a_quote_older_than_the_close_is_not_looked_at() -> None:
    noon = open_of(LAST, 150)
    assert state(NOON, quote("SPX", SPX, noon)).spx.value == CLOSES["SPX"][-1]
    assert live_session(facts(NOON, quote("SPX", SPX, noon))) is None


def test_a_quote_of_later_is_not_looked_at() -> None:
    assert state(NOON, quote("SPX", SPX, open_of(SESSIONS, 151))).spx.value == CLOSES["SPX"][-1]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), length=st.integers(70, 200), gaps=st.sampled_from([0.0, 0.02]))
def test_the_provisional_session_is_what_the_close_would_give(seed: int, length: int, gaps: float) -> None:
    """Quotes of everything but breadth, then the same values as closes: figures and triggers agree exactly."""
    whole = random_history(seed, length, gaps)
    known = ("SPX", "VIX", "VIX9D", *(f"VX{n}" for n in range(1, 9)))
    whole = with_columns(whole, **{"BREADTH:NYSE.advances": None, "BREADTH:NYSE.declines": None})
    at = open_of(length - 1, 100)
    quotes = [
        quote(name, float(whole.columns[name][-1]), at) for name in known if np.isfinite(whole.columns[name][-1])
    ]
    if {"SPX", "VIX", "VIX9D"} - {one.symbol for one in quotes}:
        return
    live = state(at, *quotes, history=whole.until(length - 1))
    past = make_past(whole, composite())
    assert live.provisional is not None
    for name in ("spx", "hv20_pct", "edr_pct", "vix_sma20", "macd", "macd_signal", "rsi_vix", "rsi_spx"):
        assert getattr(live.provisional, name)[-1] == pytest.approx(
            getattr(past.measured, name)[-1], rel=1e-12, nan_ok=True
        )
    assert live.provisional.rule_front[-1] == past.measured.rule_front[-1]
    closes = past.triggers
    held = {name for name in known if not np.isfinite(whole.columns[name][-1])}
    if not held:
        assert [layer.provisional for layer in live.layers] == [closes.trigger(n) for n in (1, 2, 3, 4)]
