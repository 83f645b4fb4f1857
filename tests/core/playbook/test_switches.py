"""Does a session that closes just beyond a switch level turn the rule, and one just short of it not?"""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from core.market.calendar import vix_expiries_after
from core.measures.measured import Measured, MeasureSettings, measure, measured_with
from core.measures.spot_vol import BASE, vix_at
from core.playbook.explain import explain
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.layer_state import LayerStep, provisional_steps, trigger_history
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Switch
from tests.core.histories import NAN, calendar, history_of, measured_of, random_history
from tests.core.playbooks import changed, composite

SETTINGS = MeasureSettings(universe="NYSE")
NOON = datetime(2011, 8, 8, 16, tzinfo=UTC)
BY_VIX = (
    "edr_high",
    "edr_marker",
    "vix_marker",
    "rsi_vix_block",
    "rsi_vix_up",
    "rsi_vix_down",
    "rsi_vix_adds",
    "vix_spike",
    "macd_bullish",
    "backwardation",
    "vx_inverted",
    "rv_above_iv",
)


def now(past: Measured, values: dict[str, float]) -> tuple[LayerStep, Seen]:
    """Return layer 1 and what is seen in a session in progress."""
    live = measured_with(past, values)
    step = provisional_steps(trigger_history(past, composite()), live, composite())[0]
    return step, Seen(live, live.history.length - 1, composite(), time=NOON)


def switch(rule: str, step: LayerStep, seen: Seen) -> Switch | None:
    return explain(rule, seen, step).switch


def moved(past: Measured, values: dict[str, float], vix: float) -> dict[str, float]:
    """Return the session's values with VIX there: VIX9D in proportion, futures by 1/sqrt(1 + days/10)."""
    day = past.history.calendar.days[past.history.first + past.history.length].item()
    days = [(expiry - day).days for expiry in vix_expiries_after(day, 8, calendar())]
    curve = {
        f"VX{n}": values[f"VX{n}"] + (vix - values["VIX"]) / np.sqrt(1 + days[n - 1] / 10) for n in range(1, 9)
    }
    return {**values, **curve, "VIX": vix, "VIX9D": values["VIX9D"] * vix / values["VIX"]}


@pytest.mark.parametrize("rule", BY_VIX)
@pytest.mark.parametrize("seed", range(6))
def test_a_session_just_beyond_the_level_turns_the_rule_and_one_just_short_does_not(rule: str, seed: int) -> None:
    history = random_history(seed, 330)
    turned = 0
    for length in range(260, 320, 6):
        past = measure(history.until(length), SETTINGS)
        values = {name: float(column[length]) for name, column in history.columns.items() if ":" not in name}
        step, seen = now(past, values)
        found = switch(rule, step, seen)
        assert found is not None
        if found.vix is None:
            assert found.note
            continue
        assert found.vix.now == values["VIX"]
        side = np.sign(found.vix.distance)
        words = [now(past, moved(past, values, found.vix.value + side * d))[0].rules[rule] for d in (-1e-6, 1e-6)]
        assert words == [step.rules[rule], ON if found.turns is Says.ON else OFF]
        assert words[0] != words[1]
        turned += 1
    assert turned or rule in {"rsi_vix_up", "rsi_vix_down"}


@pytest.mark.parametrize("seed", range(6))
def test_rsi_of_spx_switches_at_a_level_of_spx(seed: int) -> None:
    history = random_history(seed, 330)
    for length in range(260, 320, 6):
        past = measure(history.until(length), SETTINGS)
        values = {name: float(history.column(name)[length]) for name in ("SPX", "VIX", "VIX9D")}
        step, seen = now(past, values)
        found = switch("rsi_spx_low", step, seen)
        side = np.sign(found.spx.distance)
        words = [
            now(past, {**values, "SPX": found.spx.value + side * d})[0].rules["rsi_spx_low"] for d in (-1e-5, 1e-5)
        ]
        assert words == [step.rules["rsi_spx_low"], ON if found.turns is Says.ON else OFF]
        # carried to VIX by the map, and to EDR by its formula with HV20 as it is
        assert found.vix.value == pytest.approx(float(vix_at(found.spx.value, values["SPX"], values["VIX"], BASE)))
        hv20 = seen.measured.hv20_pct[-1]
        edr = (0.6 * values["VIX9D"] * found.vix.value / values["VIX"] + 0.4 * hv20) / np.sqrt(252)
        assert found.edr_pct.value == pytest.approx(edr)


def seen_at(edr_parts: tuple[float, float, float], **more: object) -> tuple[Measured, Seen, LayerStep]:
    vix9d, hv20, vix = edr_parts
    measured = measured_of(
        vix9d_used=[vix9d],
        hv20_pct=[hv20],
        vix=[vix],
        spx=[5000.0],
        edr_pct=[(0.6 * vix9d + 0.4 * hv20) / np.sqrt(252)],
        **more,
    )
    return measured, Seen(measured, 0, composite()), trigger_history(measured, composite()).step(1)


def test_the_first_rung_by_hand() -> None:
    # 0.90 % asks for 0.90 x 15.8745 = 14.287 = 0.6 V + 0.4 x 10; V = VIX9D = 17.145, VIX = 17.145 x 15/13 = 19.783
    _, seen, step = seen_at((13.0, 10.0, 15.0))
    found = explain("edr_rung", seen, step).switch
    assert found.turns is Says.ON
    assert found.edr_pct.value == 0.90
    assert found.vix.value == pytest.approx(19.783, abs=5e-4)
    assert found.vix.distance == pytest.approx(4.783, abs=5e-4)
    # SPX by the base response: 5000 (19.783/15)^(-1/4.5) = 4701.7
    assert found.spx.value == pytest.approx(5000 * (19.783 / 15) ** (-1 / 4.5), abs=0.05)
    assert found.spx.distance == pytest.approx(found.spx.value - 5000)
    assert "assumed" in found.note


def test_a_rung_that_is_on_goes_off_below_its_hysteresis() -> None:
    measured, seen, step = seen_at((20.0, 14.0, 18.0))
    found = explain("edr_rung", seen, step).switch
    assert (found.turns, round(found.edr_pct.value, 10)) == (Says.OFF, 0.87)
    assert found.note.startswith("below for 2 closes in a row, 0 so far")
    assert found.edr_pct.distance == pytest.approx(0.87 - measured.edr_pct[0])


def test_where_hv20_alone_keeps_edr_up_no_vix_would_do() -> None:
    _, seen, step = seen_at((20.0, 60.0, 18.0))
    found = explain("edr_rung", seen, step).switch
    assert (found.vix, found.spx) == (None, None)
    assert "HV20 alone" in found.note


def test_a_vix_outside_the_map_has_no_spx() -> None:
    _, seen, step = seen_at((20.0, 30.0, 18.0))
    found = explain("edr_rung", seen, step).switch  # 0.87 %: VIX9D = 3.02, VIX = 2.7
    assert found.vix.value == pytest.approx((0.87 * np.sqrt(252) - 12) / 0.6 * 18 / 20)
    assert found.spx is None
    assert "outside 9 to 90" in found.note


@pytest.mark.parametrize("rule", ["ad_divergence", "ad_minor", "ad_realigned", "ad_confirmed"])
def test_breadth_has_no_level_and_says_so(rule: str) -> None:
    measured = measured_of(divergence=[0], divergence_grade=[0], divergence_d=[0.1], ad_line=[1.0])
    step = trigger_history(measured, composite()).step(1)
    step = replace(step, rules={**step.rules, rule: OFF})
    found = explain(rule, Seen(measured, 0, composite()), step).switch
    assert (found.edr_pct, found.vix, found.spx) == (None, None, None)
    assert "advances and declines decide" in found.note


def test_an_unknown_rule_has_no_switch() -> None:
    measured = measured_of(vix=[NAN])
    step = trigger_history(measured, composite()).step(1)
    for rule in ("edr_rung", "macd_bullish", "rsi_vix_block", "backwardation", "fomc_window"):
        assert step.rules[rule] == UNKNOWN
        assert explain(rule, Seen(measured, 0, composite()), step).switch is None


def test_bands_switch_at_their_limits_after_two_closes() -> None:
    measured = measured_of(vix=[14.0, 14.0], spx=[4000.0, 4000.0])
    step = trigger_history(measured, composite()).step(1)
    seen = Seen(measured, 1, composite())
    levels = {
        rule: explain(rule, seen, step).switch for rule in ("vix_band_middle", "vix_band_high", "vix_band_up")
    }
    assert {rule: found.vix.value for rule, found in levels.items() if found} == {
        "vix_band_middle": 15.0,
        "vix_band_high": 25.0,
    }
    assert "for 2 closes in a row" in levels["vix_band_middle"].note
    assert explain("vix_in_band", seen, step).switch.note.startswith("every VIX is in a band")


def test_windows_name_the_day_on_which_they_open() -> None:
    history = history_of("2019-09-03", SPX=np.full(3, 4000.0))
    measured = measure(history, SETTINGS)
    events = {"FOMC": np.array(["2019-07-31", "2019-09-18", "2019-10-30"], "datetime64[D]")}
    step = trigger_history(measured, composite(), events).step(1)
    seen = Seen(measured, 2, composite(), events=events)
    assert explain("theta_window", seen, step).switch.note == (
        "the calendar decides: it opens 2019-09-08, before the VIX expiry of 2019-09-18"
    )
    assert explain("fomc_window", seen, step).switch.note == (
        "the calendar decides: 5 sessions before FOMC 2019-09-18"
    )


def test_a_cross_in_cross_mode_speaks_of_one_close() -> None:
    measured = measured_of(vix=[19.0, 21.0], vix_sma20=[20.0, 20.0], vix_sd20=[1.0, 1.0])
    playbook = changed(vix__mode="cross")
    step = trigger_history(measured, playbook).step(1)
    found = explain("vix_spike", Seen(measured, 1, playbook), step).switch
    assert found.note == "it speaks of the close that crosses and is off at the next"
