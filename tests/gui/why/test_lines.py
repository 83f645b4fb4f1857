"""Is every verdict of the trees listed, with numbers, time and source, in the words of the trade?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.playbook.switch_levels import ASSUMED
from core.playbook.verdict import Level, Says, Switch
from gui.why.lines import rule_words, source_text, why_lines
from tests.gui.states import CLOSE_OF_FEBRUARY_1, CURVE_ON, MACD_OFF, NOW, REGIME_UNKNOWN, WHY_2, WHY_3


def test_a_rule_is_called_what_traders_call_it() -> None:
    assert rule_words(MACD_OFF) == "MACD of VIX bullish"
    assert rule_words(replace(MACD_OFF, rule="all")) == "all of these"
    assert rule_words(replace(MACD_OFF, rule="some_new_rule")) == "some new rule"


def test_the_trees_are_listed_part_by_part_with_their_depth() -> None:
    found = [(line.depth, line.title, line.mark.word) for line in why_lines(WHY_2, NOW)]
    assert found == [
        (0, "Arms: any of these", "on"),
        (1, "EDR rung", "on"),
        (1, "all of these", "off"),
        (2, "RSI of SPX low", "off"),
        (2, "VX backwardation", "on"),
        (0, "Confirms: MACD of VIX bullish", "off"),
        (0, "Blocks: RSI of VIX high", "off"),
    ]


def test_a_rule_shows_value_threshold_distance_time_and_source() -> None:
    line = why_lines((CURVE_ON,), NOW)[0]
    assert (line.value, line.threshold, line.distance) == ("4.77 %", "3.00 %", "-1.77 %")
    assert line.reason == "VX1 16.48 is 4.8 % above VX2 15.72, limit 3 %"
    assert line.origin == "2018-02-01 16:00 ET, seed 001"
    assert "VIX" in line.tooltip
    assert "22 h old" in line.tooltip


def test_counts_have_no_decimals_and_indicators_one() -> None:
    regime = why_lines((REGIME_UNKNOWN,), NOW)[0]
    assert (regime.value, regime.threshold, regime.distance) == ("0", "2", "+2")
    rsi = why_lines(WHY_2, NOW)[3]
    assert (rsi.value, rsi.threshold, rsi.distance) == ("48.1", "35.0", "-13.1")


def test_what_is_unknown_is_a_dash_and_says_why() -> None:
    line = why_lines(WHY_3, NOW)[3]
    assert line.title == "realised above implied"
    assert (line.mark.word, line.value, line.threshold, line.distance) == ("unknown", "—", "—", "—")
    assert line.reason == "realised volatility is unknown: no close for 2018-01-24"


def test_a_blocking_rule_that_is_on_reads_blocked() -> None:
    assert why_lines(WHY_3, NOW)[-1].mark.word == "blocked"


def test_the_oldest_input_dates_a_rule() -> None:
    older = replace(CURVE_ON.inputs[0], time=CLOSE_OF_FEBRUARY_1 - timedelta(days=1))
    line = why_lines((replace(CURVE_ON, inputs=(CURVE_ON.inputs[0], older)),), NOW)[0]
    assert line.origin.startswith("2018-01-31 16:00 ET")


def test_sources_are_seeds_or_assumptions() -> None:
    assert source_text("002") == "seed 002"
    assert source_text("assumption") == "assumption"
    assert source_text("") == ""


def test_what_would_turn_a_rule_round_is_said_in_edr_vix_and_spx() -> None:
    levels = {"edr_pct": Level(0.87, 0.99), "vix": Level(13.28, 16.8), "spx": Level(1369.0, 1278.0)}
    turned = replace(CURVE_ON, switch=Switch(Says.OFF, **levels, note=f"2 closes; {ASSUMED}"))
    line = why_lines((turned,), NOW)[0]
    assert line.switch == "Turns off at EDR 0.870 % (-0.120), VIX 13.28 (-3.52), SPX 1,369 (+91) (2 closes)"
    assert ASSUMED in line.tooltip  # what every level assumes is not said in each line


def test_a_rule_that_no_level_turns_says_why_and_an_unknown_one_nothing() -> None:
    breadth = replace(CURVE_ON, switch=Switch(Says.ON, note="advances and declines decide"))
    assert why_lines((breadth,), NOW)[0].switch == "Turns on: advances and declines decide"
    assert why_lines((replace(CURVE_ON, switch=None),), NOW)[0].switch == ""
