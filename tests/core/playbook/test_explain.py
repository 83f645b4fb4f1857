"""Does each rule say its value, threshold, distance and reason as a trader reads them?"""

from dataclasses import replace

import numpy as np
import pytest

from core.measures.breadth import DivergenceKind, Grade
from core.measures.measured import Measured
from core.playbook.explain import explain
from core.playbook.layer_state import trigger_history
from core.playbook.readings import Seen
from core.playbook.rules import COUNTED, RULES
from core.playbook.verdict import Says, Verdict
from tests.core.histories import NAN, measured_of
from tests.core.playbooks import composite

HISTORY_30 = np.full(30, NAN)


def told(rule: str, number: int = 1, measured: Measured | None = None, **arrays: object) -> Verdict:
    """Return the verdict at the last session of measures of which only these arrays are known."""
    found = measured or measured_of(**arrays)
    step = trigger_history(found, composite()).step(number)
    return explain(rule, Seen(found, found.history.length - 1, composite()), step)


def test_edr_above_its_rung() -> None:
    verdict = told("edr_rung", 2, edr_pct=[0.97])
    assert verdict.reason == "EDR 0.97 % is 0.02 above rung 0.95"
    assert (verdict.says, verdict.value, verdict.threshold, verdict.unit) == (Says.ON, 0.97, 0.95, "%")
    assert verdict.distance == pytest.approx(-0.02)
    assert verdict.source == "000"


def test_edr_below_its_rung() -> None:
    verdict = told("edr_rung", 2, edr_pct=[0.88])
    assert (verdict.says, verdict.reason) == (Says.OFF, "EDR 0.88 % is 0.07 below rung 0.95")
    assert verdict.distance == pytest.approx(0.07)


def test_a_rung_that_only_hysteresis_keeps_on_says_when_it_goes_off() -> None:
    stays = "EDR 0.91 % is 0.04 below rung 0.95, which stays on until 2 closes in a row are below 0.92"
    assert told("edr_rung", 2, edr_pct=[0.96, 0.91]).reason == f"{stays} (1 so far)"
    assert told("edr_rung", 2, edr_pct=[0.96, 0.93]).reason.endswith("are below 0.92")


def test_the_inputs_of_edr_are_those_of_its_formula() -> None:
    values = {"edr_pct": [0.97], "vix9d_used": [17.0], "hv20_pct": [13.0], "vix": [18.0]}
    inputs = told("edr_rung", edr_stands_in=[False], **values).inputs
    assert [(each.name, each.value) for each in inputs] == [("VIX9D", 17.0), ("HV20", 13.0)]
    stand_in = told("edr_rung", edr_stands_in=[True], **values).inputs[0]
    assert (stand_in.name, stand_in.value, stand_in.note) == ("VIX", 17.0, "stands in for VIX9D")
    other = replace(measured_of(**values), edr_formula="B")
    assert [(each.name, each.value) for each in told("edr_rung", measured=other).inputs] == [("VIX", 18.0)]


def test_unknown_edr_says_what_is_missing() -> None:
    verdict = told("edr_rung", edr_pct=[NAN])
    assert (verdict.says, verdict.value, verdict.threshold) == (Says.UNKNOWN, None, 0.90)
    assert verdict.reason == "EDR is unknown: no VIX was imported; no SPX up to 2010-01-04"
    missing = told("edr_rung", edr_pct=[NAN], edr_stands_in=[False])
    assert missing.reason == "EDR is unknown: no VIX9D was imported; no SPX up to 2010-01-04"


def test_rsi() -> None:
    low = told("rsi_spx_low", rsi_spx=[29.4])
    assert (low.says, low.reason, low.threshold) == (Says.ON, "RSI of SPX 29.4 is 5.6 below 35", 35.0)
    assert told("rsi_vix_block", rsi_vix=[55.2]).reason == "RSI of VIX 55.2 is 14.8 below 70"
    assert told("rsi_vix_block", rsi_vix=[NAN]).reason == "RSI of VIX is unknown: no VIX was imported"


def pair(front: int, curve: list[float], raw: float, rule: float) -> dict[str, list]:
    return {
        "vx": [[*curve, *[NAN] * (8 - len(curve))]],
        "backwardation_pct": [raw],
        "rule_backwardation_pct": [rule],
        "rule_front": [front],
    }


def test_backwardation_names_the_pair_it_reads() -> None:
    march = pair(2, [72.625, 59.15, 44.875], 22.781, 31.811)
    verdict = told("backwardation", **march)
    assert verdict.reason == "VX2 59.15 is 31.8 % above VX3 44.88, limit 3 %"
    assert (verdict.value, verdict.threshold) == (31.811, 3.0)
    assert [each.name for each in verdict.inputs] == ["VX2", "VX3"]
    assert told("vx_inverted", **march).reason == "VX1 72.62 is 22.8 % above VX2 59.15"
    calm = pair(1, [15.2, 16.02], -5.12, -5.12)
    assert told("backwardation", **calm).reason == "VX1 15.20 is 5.1 % below VX2 16.02, limit 3 %"
    assert (
        told("backwardation", rsi_spx=[50.0]).reason
        == "the VX curve is unknown: no VX1 was imported; no VX2 was imported"
    )


def test_macd_says_when_it_crossed() -> None:
    lead = np.array([-1.0, 1, 1, 1, 1, 1, 1])

    def reason(sessions: int) -> str:
        return told("macd_bullish", macd=lead[:sessions], macd_signal=np.zeros(sessions)).reason

    assert reason(1) == "MACD of VIX -1.00 is 1.00 below its signal 0.00"
    assert reason(2) == "MACD of VIX 1.00 is 1.00 above its signal 0.00, crossed today"
    assert reason(3).endswith("crossed 1 session ago")
    assert reason(6).endswith("crossed 4 sessions ago")
    assert reason(7).endswith("crossed more than 5 sessions ago: a fresh cross is missing")
    late = told("macd_bullish", macd=lead, macd_signal=np.zeros(7))
    assert (late.says, late.value, late.threshold, late.distance) == (Says.OFF, 1.0, None, None)
    below = told("macd_bullish", macd=lead[:1], macd_signal=np.zeros(1))
    assert (below.threshold, below.distance) == (0.0, 1.0)
    hidden = told("macd_bullish", macd=[1.0, 1.0], macd_signal=[0.0, 0.0])
    assert hidden.says == Says.UNKNOWN
    assert hidden.reason.endswith("signal 0.00, but a gap hides whether it crossed within 5 sessions")


@pytest.mark.parametrize(
    ("kind", "grade", "run", "says", "reason"),
    [
        (DivergenceKind.NONE, Grade.NONE, 0, Says.OFF, "A/D line confirms SPX: no divergence"),
        (DivergenceKind.BEARISH, Grade.MODERATE, 3, Says.ON, "bearish divergence for 3 sessions, moderate"),
        (
            DivergenceKind.SLOPE,
            Grade.MINOR,
            1,
            Says.OFF,
            "slope divergence for 1 session, minor: moderate would arm",
        ),
        (
            DivergenceKind.BULLISH,
            Grade.PRONOUNCED,
            9,
            Says.OFF,
            "bullish divergence for 9 sessions: it does not arm",
        ),
        (
            DivergenceKind.SLOPE,
            Grade.NONE,
            2,
            Says.OFF,
            "slope divergence for 2 sessions, too weak for a grade: moderate would arm",
        ),
    ],
)
def test_divergence(kind: int, grade: int, run: int, says: Says, reason: str) -> None:
    verdict = told(
        "ad_divergence",
        divergence=[kind],
        divergence_grade=[grade],
        divergence_sessions=[run],
        divergence_d=[1.62],
    )
    assert (verdict.says, verdict.reason) == (says, reason)
    assert (verdict.value, verdict.threshold, verdict.unit) == (1.62, 1.5, "SD")


def test_breadth_that_was_never_imported_is_said() -> None:
    assert told("ad_divergence", edr_pct=[0.9]).reason == "breadth is unknown: no breadth was imported"


def test_a_regime_shift_lists_its_signs() -> None:
    vix = np.concatenate((np.full(28, 14.0), [16.0, 16.0]))
    last = {
        name: np.append(HISTORY_30[:29], value) for name, value in {"edr_pct": 0.8, "rv_iv_pct": -15.0}.items()
    }
    curve = {"backwardation_pct": np.append(HISTORY_30[:29], NAN)}
    verdict = told("regime_shift", vix=vix, **last, **curve)
    signs = "VIX moved up to the middle band within 20 sessions"
    assert verdict.reason == f"1 of 4 signs of a regime shift, 2 needed, 1 unknown: {signs}"
    assert (verdict.says, verdict.value, verdict.threshold) == (Says.UNKNOWN, 1.0, 2.0)
    assert [child.says for child in verdict.children] == [Says.ON, Says.UNKNOWN, Says.OFF, Says.OFF]
    assert verdict.children[2].reason == "HV20 is 15 % below VIX, limit 20 % above"
    assert verdict.children[3].reason == "EDR 0.80 % is 0.20 below 1.00"


def test_a_band_that_is_not_known_yet_says_so() -> None:
    assert told("vix_band_up", vix=[14.0]).reason.startswith("the VIX band is unknown: ")
    flat = told("vix_band_up", vix=np.full(30, 14.0))
    assert flat.reason == "VIX did not move up: it is in the low band within 20 sessions"


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"theta_window"}))  # the calendar alone is always known
def test_every_rule_can_be_explained_when_nothing_is_known(rule: str) -> None:
    verdict = told(rule, edr_pct=[NAN])
    assert verdict.says == Says.UNKNOWN
    assert verdict.reason
    assert (verdict.distance, verdict.source) == (2.0 if rule in COUNTED else None, RULES[rule].source)
