"""Does every gate say on just beyond its limit, off just short of it, and unknown without its input?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.measures.breadth import DivergenceKind as Kind
from core.measures.breadth import Grade
from core.measures.measured import MeasureSettings, measure
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.layer_state import trigger_history
from core.playbook.rules import RULES, market_words
from tests.core.histories import NAN, history_of, measured_of
from tests.core.playbooks import composite, ruled


# What each rule reads on the sessions given, the last one judged; limits are those of the composite.
def bearish(grade: Grade) -> dict[str, Any]:
    return {"divergence": [Kind.BEARISH], "divergence_grade": [grade]}


BEARISH = {"divergence": [Kind.BEARISH]}
UNSEEN = {"divergence": [Kind.UNKNOWN], "divergence_grade": [Grade.UNKNOWN]}
CALM = [20.0] * 19
NOT_ALIGNED = {"divergence_d": [0.5] * 20, "ad_line": [9.0] * 19 + [8.0]}
TABLES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "ad_divergence": (
        bearish(Grade.MODERATE),
        bearish(Grade.MINOR),
        UNSEEN,
    ),
    "ad_minor": (
        bearish(Grade.MINOR),
        bearish(Grade.NONE),
        UNSEEN,
    ),
    "ad_moderate": (
        bearish(Grade.MODERATE),
        bearish(Grade.MINOR),
        UNSEEN,
    ),
    "ad_pronounced": (
        bearish(Grade.PRONOUNCED),
        bearish(Grade.MODERATE),
        UNSEEN,
    ),
    "ad_confirmed": (BEARISH | {"divergence_sessions": [3]}, BEARISH | {"divergence_sessions": [2]}, UNSEEN),
    "ad_realigned": (
        {"divergence_d": [0.49] * 3},
        NOT_ALIGNED,
        {"divergence_d": [NAN]},
    ),
    "rsi_spx_low": ({"rsi_spx": [34.9]}, {"rsi_spx": [35.0]}, {"rsi_spx": [NAN]}),
    "backwardation": (
        {"rule_backwardation_pct": [3.01]},
        {"rule_backwardation_pct": [3.0]},
        {"rule_backwardation_pct": [NAN]},
    ),
    "macd_bullish": (
        {"macd": [-1.0] * 5 + [1.0], "macd_signal": [0.0] * 6},
        {"macd": [-1.0] + [1.0] * 6, "macd_signal": [0.0] * 7},
        {"macd": [-1.0] * 5 + [NAN], "macd_signal": [0.0] * 6},
    ),
    "rsi_vix_block": ({"rsi_vix": [70.1]}, {"rsi_vix": [70.0]}, {"rsi_vix": [NAN]}),
    "rsi_vix_up": ({"rsi_vix": [50.0, 50.1]}, {"rsi_vix": [50.1, 50.2]}, {"rsi_vix": [50.0, NAN]}),
    "rsi_vix_down": ({"rsi_vix": [50.1, 50.0]}, {"rsi_vix": [49.0, 48.0]}, {"rsi_vix": [50.1, NAN]}),
    "rsi_vix_adds": ({"rsi_vix": [50.0, 51.0, 60.0]}, {"rsi_vix": [60.0, 50.0]}, {"rsi_vix": [NAN, 60.0]}),
    "vix_spike": (
        {"vix": [23.0], "vix_sma20": [20.0], "vix_sd20": [2.0]},
        {"vix": [22.99], "vix_sma20": [20.0], "vix_sd20": [2.0]},
        {"vix": [23.0], "vix_sma20": [NAN], "vix_sd20": [2.0]},
    ),
    "vix_range_bound": (
        {"vix": [*CALM, 24.9], "vix_sma20": [20.0] * 20},
        {"vix": [*CALM, 25.0], "vix_sma20": [20.0] * 20},
        {"vix": [*CALM, NAN], "vix_sma20": [20.0] * 20},
    ),
    "vix_in_band": ({"vix": [14.0, 14.0]}, {}, {"vix": [14.0, 16.0]}),
    "vix_band_middle": ({"vix": [15.0, 15.0]}, {"vix": [14.9, 14.9]}, {"vix": [14.0, 16.0]}),
    "vix_band_high": ({"vix": [25.1, 25.1]}, {"vix": [25.0, 25.0]}, {"vix": [25.1, NAN]}),
    "vix_band_up": ({"vix": [14.0, 14.0, 16.0, 16.0]}, {"vix": [14.0] * 30}, {"vix": [14.0, 14.0, 16.0, NAN]}),
    "vx_inverted": ({"backwardation_pct": [0.01]}, {"backwardation_pct": [0.0]}, {"backwardation_pct": [NAN]}),
    "rv_above_iv": ({"rv_iv_pct": [20.1]}, {"rv_iv_pct": [20.0]}, {"rv_iv_pct": [NAN]}),
    "edr_high": ({"edr_pct": [1.0]}, {"edr_pct": [0.99]}, {"edr_pct": [NAN]}),
    "edr_marker": ({"edr_pct": [0.95]}, {"edr_pct": [0.94]}, {"edr_pct": [NAN]}),
    "vix_marker": ({"vix": [16.1]}, {"vix": [16.0]}, {"vix": [NAN]}),
}
NEVER_OFF = {"vix_in_band"}
"""A VIX that has settled is in one of the bands: it is on or not known yet."""
WORDS = (ON, OFF, UNKNOWN)


@pytest.mark.parametrize("rule", TABLES)
@pytest.mark.parametrize("column", range(3), ids=["on", "off", "unknown"])
def test_a_rule_of_one_reading(rule: str, column: int) -> None:
    given = TABLES[rule][column]
    if not given:
        assert rule in NEVER_OFF
        return
    assert market_words(measured_of(**given), composite())[rule][-1] == WORDS[column]


@pytest.mark.parametrize(("on", "unknown"), [(on, rest) for on in range(5) for rest in range(5 - on)])
def test_a_regime_shift_is_two_of_four_with_unknown_as_a_third_value(on: int, unknown: int) -> None:
    say = [ON] * on + [UNKNOWN] * unknown + [OFF] * (4 - on - unknown)
    given: dict[str, Any] = {"vix": {ON: [14.0, 14.0, 16.0, 16.0], OFF: [14.0] * 4, UNKNOWN: [NAN] * 4}[say[0]]}
    for name, word, values in (
        ("backwardation_pct", say[1], (1.0, -1.0)),
        ("rv_iv_pct", say[2], (30.0, 0.0)),
        ("edr_pct", say[3], (1.2, 0.5)),
    ):
        given[name] = [{ON: values[0], OFF: values[1], UNKNOWN: NAN}[word]] * 4
    expected = ON if on >= 2 else UNKNOWN if on + unknown >= 2 else OFF
    if say[0] == OFF and on + unknown:  # a band that never moved up needs 20 sessions to be known
        given["vix"] = [14.0] * 30
        given = {name: values if name == "vix" else values[:1] * 30 for name, values in given.items()}
    elif say[0] == OFF:
        given = {name: [values[0]] * 30 for name, values in given.items()}
    assert market_words(measured_of(**given), composite())["regime_shift"][-1] == expected


@pytest.mark.parametrize("macd", WORDS)
@pytest.mark.parametrize("rsi", WORDS)
@pytest.mark.parametrize("breadth", WORDS)
def test_three_lights_are_two_of_three(macd: int, rsi: int, breadth: int) -> None:
    given = {
        "macd": {ON: [-1.0] * 5 + [1.0], OFF: [-1.0] * 6, UNKNOWN: [NAN] * 6}[macd],
        "macd_signal": [0.0] * 6,
        "rsi_vix": [{ON: 80.0, OFF: 40.0, UNKNOWN: NAN}[rsi]] * 6,
        "divergence": [{ON: Kind.BEARISH, OFF: Kind.NONE, UNKNOWN: Kind.UNKNOWN}[breadth]] * 6,
        "divergence_grade": [{ON: Grade.PRONOUNCED, OFF: Grade.NONE, UNKNOWN: Grade.UNKNOWN}[breadth]] * 6,
    }
    lights = (macd, rsi, breadth)
    on, unknown = lights.count(ON), lights.count(UNKNOWN)
    expected = ON if on >= 2 else UNKNOWN if on + unknown >= 2 else OFF
    assert market_words(measured_of(**given), composite())["three_lights"][-1] == expected


RATES = {ON: 1.75, OFF: 1.76, UNKNOWN: NAN}
"""The short yield after two sessions, the first of which is published by the second close: 25 basis points."""


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("rule", "short"), [("steeper_10y2y", "DGS2"), ("steeper_10y3m", "DGS3MO")])
def test_a_steeper_curve(rule: str, short: str, word: int) -> None:
    measured = measure(history_of(DGS10=[3.0] * 12, **{short: [2.0] * 10 + [RATES[word]] * 2}), MeasureSettings())
    assert market_words(measured, composite())[rule][-1] == word


@pytest.mark.parametrize("one", WORDS)
@pytest.mark.parametrize("other", WORDS)
def test_the_curve_steepens_by_either_end(one: int, other: int) -> None:
    ends = {name: [2.0] * 10 + [RATES[word]] * 2 for name, word in (("DGS2", one), ("DGS3MO", other))}
    measured = measure(history_of(DGS10=[3.0] * 12, **ends), MeasureSettings())
    expected = ON if ON in (one, other) else UNKNOWN if UNKNOWN in (one, other) else OFF
    assert market_words(measured, composite())["curve_steepening"][-1] == expected


DAYS = {
    ON: ["2019-08-01", "2019-09-10", "2019-12-02"],
    OFF: ["2019-08-01", "2019-12-02"],
    UNKNOWN: ["2019-08-01", "2019-08-02"],
}


def dated(**kinds: int) -> dict[str, np.ndarray]:
    return {kind.upper(): np.array(DAYS[word], dtype="datetime64[D]") for kind, word in kinds.items()}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("kind", ["fomc", "cpi", "ppi"])
def test_the_window_of_one_kind(kind: str, word: int) -> None:
    measured = measure(history_of("2019-09-10", SPX=[4000.0]), MeasureSettings())
    assert market_words(measured, composite(), dated(**{kind: word}))[f"{kind}_window"][-1] == word


@pytest.mark.parametrize("fomc", WORDS)
@pytest.mark.parametrize("cpi", WORDS)
@pytest.mark.parametrize("ppi", WORDS)
def test_the_window_of_any_kind(fomc: int, cpi: int, ppi: int) -> None:
    measured = measure(history_of("2019-09-10", SPX=[4000.0]), MeasureSettings())
    found = market_words(measured, composite(), dated(fomc=fomc, cpi=cpi, ppi=ppi))["event_window"][-1]
    assert found == (ON if ON in (fomc, cpi, ppi) else UNKNOWN if UNKNOWN in (fomc, cpi, ppi) else OFF)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (
            "2019-09-10",
            ON,
        ),  # 10 days before the third Friday of September, 8 before the VIX expiry of the 18th
        ("2019-09-06", OFF),  # 14 and 12 days before, 24 before the end of the quarter
        ("2026-12-31", UNKNOWN),  # the calendar of the tests ends with the year
    ],
)
def test_the_theta_window(day: str, word: int) -> None:
    measured = measure(history_of(day, SPX=[4000.0]), MeasureSettings())
    assert market_words(measured, composite())["theta_window"][-1] == word


@pytest.mark.parametrize(("edr", "word"), [(0.90, ON), (0.89, OFF), (NAN, UNKNOWN)])
def test_the_rung_of_a_layer(edr: float, word: int) -> None:
    found = trigger_history(measured_of(edr_pct=[edr]), ruled('"edr_rung"'))
    assert found.arms[0, -1] == word


def test_every_gate_has_its_table() -> None:
    others = {"regime_shift", "three_lights", "steeper_10y2y", "steeper_10y3m", "curve_steepening", "theta_window"}
    windows = {"fomc_window", "cpi_window", "ppi_window", "event_window"}
    assert {*TABLES, *others, *windows, "edr_rung"} == set(RULES)
