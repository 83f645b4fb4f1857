"""The trial on real files: are market, EDR, breadth and rules of three days what is worked out here?"""

from __future__ import annotations

import math
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.flow import real_market as real
from tests.flow.real_market import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.shell import Shell


def test_the_files_are_what_the_test_takes_them_for() -> None:
    real.paths()
    assert round(real.spx()["2018-02-05"], 2) == 2648.94
    assert round(real.spx()["2020-03-16"], 2) == 2386.13
    assert (real.index("VIX")["2018-02-05"], real.index("VIX")["2020-03-16"]) == (37.32, 82.69)
    assert real.curve()["2018-02-05"][:2] == [33.225, 27.975]
    assert real.breadth()["2018-02-05"] == (2, 502)


@pytest.mark.parametrize("day", DAYS)
def test_the_market_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    found = states[day]
    assert found["as_of"] == real.end_of(day).astimezone(real.ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
    age = (real.end_of(day) - real.moment(day, time(16))).total_seconds()
    assert (found["spx"]["value"], found["vix"]["value"]) == (real.spx()[day], real.index("VIX")[day])
    assert found["spx"]["age_s"] == found["vix"]["age_s"] == found["oldest_age_s"] == age == 28_799
    assert found["vix_indicators"] == pytest.approx(
        {
            "sma20": real.sma20(day),
            "macd": real.macd(day)[0],
            "macd_signal": real.macd(day)[1],
            "rsi14": real.rsi14(real.index("VIX"), day),
        },
        rel=1e-9,
    )
    assert found["spx_indicators"] == pytest.approx(
        {"rsi14": real.rsi14(real.spx(), day), "hv20_pct": real.hv20(day)}, rel=1e-9
    )
    first, second, *_ = real.curve()[day]
    front, back = real.rule_pair(day)
    assert found["curve"] == pytest.approx(
        {
            "vx1": first,
            "vx2": second,
            "backwardation_pct": 100 * (first / second - 1),
            "rule_backwardation_pct": 100 * (front / back - 1),
        }
    )


def test_figures_that_are_known_by_heart(states: dict[str, dict[str, Any]]) -> None:
    crash, march = states["2018-02-05"], states["2020-03-16"]
    assert round(crash["spx"]["value"], 2) == 2648.94
    assert crash["vix"]["value"] == 37.32
    assert (crash["curve"]["vx1"], crash["curve"]["vx2"]) == (33.225, 27.975)
    assert crash["breadth"]["rana"] == (2 - 502) / 504
    assert round(march["curve"]["backwardation_pct"], 1) == 22.8
    assert round(march["curve"]["rule_backwardation_pct"], 1) == 31.8


@pytest.mark.parametrize("day", DAYS)
def test_edr_and_ladder_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    found, edr = states[day], real.edr(day)
    assert found["edr"]["value_pct"] == pytest.approx(edr, rel=1e-12)
    assert found["edr"]["points"] == pytest.approx(edr / 100 * real.spx()[day], rel=1e-12)
    assert (found["edr"]["formula"], found["edr"]["note"]) == ("A", "")
    inputs = {item["name"]: item["value"] for item in found["edr"]["inputs"]}
    assert inputs == pytest.approx({"VIX9D": real.index("VIX9D")[day], "HV20": real.hv20(day)}, rel=1e-12)
    assert found["edr"]["zone"] == ("amber" if 0.90 <= edr <= 1.10 else "red")
    rung = math.floor((edr - 0.90) / 0.05) + 1
    steps = (edr - 0.90) / 0.05
    assert found["ladder"] == pytest.approx(
        {
            "rung": rung,
            "step_coverage_pct": min(25 * rung, 100),
            "layer_depth_pct": min(25 * steps, 100),
            "coverage_pct": min(25 * (1 + steps), 100),
            "next_trigger_pct": 0.90 + 0.05 * rung,
            "distance_pct": 0.90 + 0.05 * rung - edr,
        },
        abs=1e-9,
    )


@pytest.mark.parametrize("day", DAYS)
def test_breadth_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    found = states[day]["breadth"]
    said, run, d = real.divergence(day)
    assert (found["universe"], found["ad_line"], found["rana"]) == ("SP500", real.ad_line(day), real.rana(day))
    assert (found["divergence"]["kind"], found["divergence"]["sessions"]) == (said, run)
    assert found["divergence"]["grade"] == "none"
    if d is None:
        assert found["divergence"]["d"] is None
        reason = states[day]["unknown"]["breadth.divergence.d"]
        assert reason == "no breadth of SP500 on 2020-01-17, and 64 sessions in a row are needed"
    else:
        assert found["divergence"]["d"] == pytest.approx(d, rel=1e-9)
    assert (d is None) is (day == "2020-03-16")


def test_the_divergences_of_two_years_are_those_of_the_slow_detector(trial: Shell) -> None:
    """Every tenth session and every session whose kind changes, from 2017-06-01 to the gap in the data."""
    seen = set()
    days = [day for day in real.sessions() if "2017-06-01" <= day < "2019-02-28"]
    kinds = {day: real.kind(day) for day in days}
    chosen = [day for n, day in enumerate(days) if n % 60 == 0 or kinds[day] != kinds[days[n - 1]]]
    for day in chosen[:40]:
        found = trial.json("status", "--as-of", day)["breadth"]["divergence"]
        said, run, d = real.divergence(day)
        assert (found["kind"], found["sessions"]) == (said, run), day
        assert found["d"] == pytest.approx(d, rel=1e-9), day
        strength = -d if said == "bullish" else d
        graded = sum(strength >= limit for limit in (1.0, 1.5, 2.5)) if said != "none" else 0
        graded = 3 if run >= 8 else graded
        assert found["grade"] == ("none", "minor", "moderate", "pronounced")[graded], day
        seen.add(said)
    assert seen == {"bearish", "bullish", "slope", "none"}


@pytest.mark.parametrize("day", DAYS)
def test_each_rule_of_each_layer_of_the_day(states: dict[str, dict[str, Any]], day: str) -> None:
    line, signal = real.macd(day)
    (first, second), (front, back) = real.curve()[day][:2], real.rule_pair(day)
    rsi_vix, edr = real.rsi14(real.index("VIX"), day), real.edr(day)
    excess, inverted = 100 * (real.hv20(day) / real.index("VIX")[day] - 1), 100 * (first / second - 1)
    compared = {
        "rsi_spx_low": (real.rsi14(real.spx(), day), 35.0),
        "backwardation": (100 * (front / back - 1), 3.0),
        "macd_bullish": (line - signal, 0.0),
        "rsi_vix_block": (rsi_vix, 70.0),
        "rv_above_iv": (excess, 20.0),
        "vx_inverted": (inverted, 0.0),
        "edr_high": (edr, 1.00),
    }
    counted = set()
    for layer in states[day]["layers"]:
        rung = 0.90 + 0.05 * (layer["number"] - 1)
        for verdict in _verdicts(layer["why"]):
            name = verdict["rule"]
            if name in compared or name == "edr_rung":
                value, threshold = compared.get(name, (edr, rung))
                numbers = [verdict["value"], verdict["threshold"], verdict["distance"]]
                if name == "macd_bullish" and value > 0:  # crossed already: only a fresh cross would do
                    assert numbers == [pytest.approx(value, abs=1e-9), None, None]
                else:
                    assert numbers == pytest.approx([value, threshold, threshold - value], abs=1e-9)
                counted.add(name)
        # an EDR at or above the rung arms, RSI of VIX above 70 blocks
        assert layer["trigger"] == ("blocked" if edr >= rung and rsi_vix > 70 else "off")
    assert counted == {*compared, "edr_rung"}


def _verdicts(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for verdict in found:
        yield verdict
        yield from _verdicts(verdict["children"])


@pytest.mark.parametrize(("day", "before"), [("2018-02-02", "2018-02-01"), ("2018-02-05", "2018-02-02")])
def test_a_crossed_rung_is_told(states: dict[str, dict[str, Any]], day: str, before: str) -> None:
    rungs = [max(math.floor((real.edr(one) - 0.90) / 0.05) + 1, 0) for one in (before, day)]
    old, new = ("all 4 rungs" if rung >= 4 else f"rung {rung}" for rung in rungs)
    assert [alert["title"] for alert in states[day]["alerts"]] == [f"EDR up to {new}"]
    assert f"from {old} to {new} (on a close)" in states[day]["alerts"][0]["text"]
