"""Do the rules of VIX and its bands say their value, their limit and the band in force?"""

import numpy as np
import pytest

from core.playbook.explain import explain
from core.playbook.layer_state import trigger_history
from core.playbook.parameters import Playbook
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Verdict
from tests.core.histories import NAN, measured_of
from tests.core.playbooks import changed, composite


def told(rule: str, playbook: Playbook | None = None, **arrays: object) -> Verdict:
    rules, measured = playbook or composite(), measured_of(**arrays)
    step = trigger_history(measured, rules).step(1)
    return explain(rule, Seen(measured, measured.history.length - 1, rules), step)


MEAN = {"vix_sma20": [20.0], "vix_sd20": [2.0]}


@pytest.mark.parametrize(
    ("vix", "says", "reason"),
    [
        (24.0, Says.ON, "VIX 24.00 is 4.00 above its 20-session mean 20.00, 2.0 standard deviations, limit 1.5"),
        (19.0, Says.OFF, "VIX 19.00 is 1.00 below its 20-session mean 20.00, -0.5 standard deviations, limit 1.5"),
        (NAN, Says.UNKNOWN, "the 20-session mean of VIX is unknown: no VIX was imported"),
    ],
)
def test_a_spike(vix: float, says: Says, reason: str) -> None:
    found = told("vix_spike", vix=[vix], **MEAN)
    assert (found.says, found.reason, found.unit, found.threshold) == (says, reason, "SD", 1.5)


def test_a_spike_in_cross_mode() -> None:
    playbook = changed(vix__mode="cross")
    arrays = {"vix_sma20": [20.0, 20.0], "vix_sd20": [1.0, 1.0]}
    crossed = told("vix_spike", playbook, vix=[19.0, 21.0], **arrays)
    assert crossed.reason == "VIX 21.00 is 1.00 above its 20-session mean 20.00, crossed on this close"
    assert (crossed.value, crossed.threshold, crossed.unit) == (21.0, 20.0, "points")
    stays = told("vix_spike", playbook, vix=[21.0, 21.0], **arrays)
    assert stays.reason.endswith("no crossing on this close")


def test_a_vix_without_movement() -> None:
    found = told("vix_spike", vix=[20.0], vix_sma20=[20.0], vix_sd20=[0.0])
    assert found.reason.endswith("which has not moved: no standard deviation")


@pytest.mark.parametrize(
    ("rule", "vix", "reason"),
    [
        (
            "vix_in_band",
            [14.0, 14.0],
            "VIX 14.00, settled in the low band by 2 closes (below 15, 15 to 25, above 25)",
        ),
        ("vix_band_high", [26.0, 26.0, 20.0], "VIX 20.00, settled in the high band by 2 closes"),
        ("vix_band_middle", [14.0, 16.0], "VIX 16.00: no band was held for 2 closes so far"),
        ("vix_band_middle", [NAN], "VIX is unknown: no VIX was imported"),
    ],
)
def test_bands(rule: str, vix: list[float], reason: str) -> None:
    assert told(rule, vix=vix).reason.startswith(reason)


def test_a_band_has_its_limit_as_threshold() -> None:
    vix = [20.0, 20.0]
    limits = {rule: told(rule, vix=vix).threshold for rule in ("vix_in_band", "vix_band_middle", "vix_band_high")}
    assert limits == {"vix_in_band": None, "vix_band_middle": 15.0, "vix_band_high": 25.0}


def test_markers() -> None:
    assert told("vix_marker", vix=[17.0]).reason == "VIX 17.00 is 1.00 above 16"
    assert told("edr_marker", edr_pct=[0.90]).reason == "EDR 0.90 % is 0.04 below 0.94"
    assert told("edr_marker", edr_pct=[0.90]).source == "assumption"


def test_range_bound() -> None:
    vix = np.array([18.0, 22.0, *[20.0] * 18])
    found = told("vix_range_bound", vix=vix, vix_sma20=np.full(20, 20.0))
    assert found.reason == "VIX ranged over 20 % of its mean in 20 sessions, range-bound below 25 %"
    assert found.says == Says.ON
    assert "not one level" in found.switch.note


def test_three_lights_list_their_lights() -> None:
    found = told(
        "three_lights",
        rsi_vix=[75.0, 75.0],
        macd=[-1.0, 1.0],
        macd_signal=[0.0, 0.0],
        vix=[20.0, 21.0],
        divergence=[0, 0],
        divergence_grade=[0, 0],
    )
    assert found.reason.startswith("2 of 3 lights, 2 needed: MACD of VIX 1.00 is 1.00 above its signal 0.00")
    assert [child.rule for child in found.children] == ["macd_bullish", "rsi_vix_block", "ad_divergence"]
    assert (found.says, found.value, found.threshold, found.switch) == (Says.ON, 2.0, 2.0, None)
