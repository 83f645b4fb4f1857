"""Does each cell say what the state says, in the trade's words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.market.figure import known, unknown
from core.market.quote import Quote
from core.market.today import today_bar
from core.state import DivergenceState
from gui.glance.faces import faces_of
from tests.gui.states import NOW, STATE, sessions_of_2018, simulated_state, stale_state

if TYPE_CHECKING:
    from core.state import MonitorState
    from gui.glance.face import Face


def face(key: str, state: MonitorState = STATE) -> Face:
    return next(face for face in faces_of(state) if face.key == key)


def texts(key: str, state: MonitorState = STATE) -> list[str]:
    return [detail.text for detail in face(key, state).details]


def test_the_cells_and_their_order_never_change() -> None:
    keys = [face.key for face in faces_of(STATE)]
    assert keys == [
        "spx", "vix", "edr", "breadth", "curve", "layer1", "layer2", "layer3", "layer4", "nearest", "age",
    ]  # fmt: skip
    assert [face.key for face in faces_of(stale_state())] == keys


def test_indices_are_marked_provisional_and_carry_their_indicators() -> None:
    assert face("spx").value == "2,762.13*"
    assert texts("spx") == ["RSI 48.1", "HV20 10.9 %"]
    assert face("vix").value == "17.31*"
    assert texts("vix") == ["mean 11.04", "RSI 66.2"]
    assert "last quote of SPX" in face("spx").tooltip
    assert "provisional" in face("spx").tooltip


def test_edr_shows_points_zone_rung_and_the_way_to_the_next_rung() -> None:
    edr = face("edr")
    assert (edr.value, edr.unit) == ("1.020*", "%   28.2 pts")
    assert texts("edr") == ["amber zone, rung 3", "next 1.05 % in 0.030 %"]
    assert edr.mark is not None
    assert edr.mark.role == "amber"
    assert "0.60 VIX9D + 0.40 HV20" in edr.tooltip
    assert "the daily ratio" in edr.tooltip


@pytest.mark.parametrize(("rung", "words"), [(3, "rung 3"), (4, "all 4 rungs"), (37, "all 4 rungs")])
def test_above_the_last_layers_rung_there_is_no_next_one(rung: int, words: str) -> None:
    shown = texts("edr", replace(STATE, ladder=replace(STATE.ladder, rung=known(rung, ""))))
    assert shown[0] == f"amber zone, {words}"
    assert (shown[1] == "top of the ladder") == (rung >= 4)


@pytest.mark.parametrize(("zone", "role"), [("green", "gain"), ("amber", "amber"), ("red", "red")])
def test_every_zone_has_its_own_shape_word_and_colour(zone: str, role: str) -> None:
    edr = face("edr", replace(STATE, edr_zone=zone))
    assert edr.details[0].text.startswith(zone)
    assert edr.details[0].role == role
    others = {face("edr", replace(STATE, edr_zone=z)).mark.shape for z in ("green", "amber", "red")}
    assert len(others) == 3


def test_what_is_unknown_is_a_dash_with_the_reason() -> None:
    for key in ("vix", "edr"):
        shown = face(key, stale_state())
        assert shown.value == "—"
        assert shown.reason == "VIX: last quote is 31 min old, older than 30 min"
        assert shown.details == ()
        assert shown.role == "unknown"
    assert face("breadth", stale_state()).reason == "no breadth imported"
    assert face("curve", stale_state()).reason == "VX1: no settlement for 2018-02-01"


def test_breadth_names_kind_grade_and_run() -> None:
    assert face("breadth").value == "bearish"
    assert texts("breadth") == ["moderate", "6 sessions"]
    quiet = replace(STATE, divergence=DivergenceState("none", "none", known(0.1, ""), known(0, "sessions")))
    assert face("breadth", quiet).value == "in step"
    assert texts("breadth", quiet) == ["no divergence", "RANA -0.42"]
    ungraded = replace(STATE, divergence=DivergenceState("bullish", "", unknown("gap"), known(2, "sessions")))
    assert texts("breadth", ungraded)[0] == "grade unknown"


def test_the_curve_shows_the_raw_pair_and_the_rules_own() -> None:
    curve = {
        "vx1": known(69.675, "points"),
        "vx2": known(56.7246, "points"),
        "backwardation_pct": known(22.83, "%"),
        "rule_backwardation_pct": known(31.78, "%"),
    }
    shown = face("curve", replace(STATE, curve=curve))
    assert (shown.value, shown.unit) == ("+22.8", "% backwardation")
    assert texts("curve", replace(STATE, curve=curve))[0] == "by rule +31.8 %"
    calm = curve | {"backwardation_pct": known(-6.0, "%")}
    assert face("curve", replace(STATE, curve=calm)).unit == "% contango"


def test_the_age_is_red_when_a_figure_is_unknown_and_amber_when_one_is_old() -> None:
    assert (face("age").role, texts("age")) == ("text", ["fresh", "2018-02-02 14:05 ET"])
    old = face("age", simulated_state())
    assert (old.value, old.unit, old.role, old.details[0].text) == ("1 min", "SPX", "amber", "old")
    stale = face("age", stale_state())
    assert (stale.value, stale.role, stale.details[0].text) == ("31 min", "red", "stale")
    assert "last quote is 31 min old" in stale.tooltip


def test_the_tooltip_of_an_index_has_the_bar_of_today_and_the_age_what_is_not_shown() -> None:
    sessions = sessions_of_2018()
    times = [NOW - timedelta(minutes=minutes) for minutes in (240, 200, 10, 1)]
    values = (17.0, 18.5, 16.8, 17.31)
    quotes = tuple(Quote("VIX", value, time) for value, time in zip(values, times, strict=True))
    bars = {name: today_bar(name, NOW, sessions, {"VIX": quotes}) for name in ("SPX", "VIX")}
    state = replace(STATE, today=bars, quotes_refused=("SPX 27,621.30 is +900 % from 2,762.13",))
    assert (
        "Session of 2018-02-02 so far: open 17.00, high 18.50, low 16.80, last 17.31, from 4 quotes"
        in face("vix", state).tooltip
    )
    assert "Today: SPX: no quote of the session of 2018-02-02" in face("spx", state).tooltip
    assert "not shown: SPX 27,621.30 is +900 % from 2,762.13" in face("age", state).tooltip
