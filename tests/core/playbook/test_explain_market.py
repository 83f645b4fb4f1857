"""Do breadth, the curves and realised volatility say what they read, and from where?"""

import numpy as np
import pytest

from core.measures.breadth import DivergenceKind, Grade
from core.measures.measured import Measured, MeasureSettings, measure
from core.playbook.explain import explain
from core.playbook.layer_state import trigger_history
from core.playbook.parameters import Playbook
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Verdict
from tests.core.histories import NAN, history_of, measured_of
from tests.core.playbooks import changed, composite


def at_last(rule: str, measured: Measured, playbook: Playbook | None = None) -> Verdict:
    rules = playbook or composite()
    step = trigger_history(measured, rules).step(1)
    return explain(rule, Seen(measured, measured.history.length - 1, rules), step)


def told(rule: str, **arrays: object) -> Verdict:
    return at_last(rule, measured_of(**arrays))


def told_of_closes(rule: str, playbook: Playbook | None = None, **columns: object) -> Verdict:
    return at_last(rule, measure(history_of(**columns), MeasureSettings()), playbook)


SLOPE = {"divergence": [DivergenceKind.SLOPE], "divergence_sessions": [2], "divergence_d": [1.2]}


def test_each_grade_says_what_would_arm() -> None:
    minor = {**SLOPE, "divergence_grade": [Grade.MINOR]}
    assert told("ad_minor", **minor).reason == "slope divergence for 2 sessions, minor"
    assert told("ad_pronounced", **minor).reason == "slope divergence for 2 sessions, minor: pronounced would arm"
    assert (told("ad_moderate", **minor).value, told("ad_moderate", **minor).threshold) == (1.2, 1.5)


def test_confirmation_counts_the_run() -> None:
    found = told("ad_confirmed", **{**SLOPE, "divergence_sessions": [4]})
    assert (found.says, found.reason) == (Says.ON, "slope divergence for 4 sessions, confirmed from 3")
    assert told("ad_confirmed", divergence=[DivergenceKind.BULLISH]).reason == "no bearish or slope divergence"
    assert told("ad_confirmed", divergence=[-1]).reason == "breadth is unknown: no breadth was imported"


def test_realignment_names_both_ways() -> None:
    found = told("ad_realigned", ad_line=np.arange(20.0), divergence_d=np.full(20, 0.9))
    ways = "a 20-session high of the A/D line, or d below 0.5 for 3 sessions"
    assert found.reason == f"breadth is realigned: it takes {ways}; d is 0.9"
    not_yet = told("ad_realigned", ad_line=np.arange(20.0, 0.0, -1.0), divergence_d=np.full(20, 0.9))
    assert not_yet.reason.startswith("breadth is not realigned")


def test_the_proxy_is_named_as_one() -> None:
    found = told_of_closes("backwardation", VIX=[22.0], VIX3M=[20.0])
    assert found.reason == "proxy, no VX settlements: VIX is 10.0 % above VIX3M 20.00, limit 3 %"
    assert [(item.name, item.note) for item in found.inputs] == [
        ("VIX", ""),
        ("VIX3M", "stands in for VX futures"),
    ]
    assert "VIX3M stands in" in found.switch.note
    assert found.says == Says.ON


RATES = {"DGS10": [*[3.0] * 10, 3.30, 9.9], "DGS2": [2.0] * 12, "DGS3MO": [*[1.0] * 10, NAN, 1.0]}


def test_steepening_in_basis_points() -> None:
    found = told_of_closes("steeper_10y2y", **RATES)
    assert found.reason == "10-year less 2-year changed by +30 bp in 10 sessions, limit +25"
    assert (found.says, found.unit, found.value) == (Says.ON, "bp", pytest.approx(30.0))
    assert [(item.name, item.value) for item in found.inputs] == [("DGS10", 3.30), ("DGS2", 2.0)]
    assert found.inputs[0].note == "of 2010-01-19, published after its close"
    missing = told_of_closes("steeper_10y3m", **RATES)
    assert missing.reason == "10-year less 3-month is unknown: no DGS3MO on 2010-01-19"
    assert told_of_closes("steeper_10y2y", DGS10=[3.0], DGS2=[2.0]).reason.endswith("history are needed")


def test_either_spread_speaks_for_the_curve() -> None:
    found = told_of_closes("curve_steepening", **RATES)
    assert found.reason == "10-year less 2-year changed by +30 bp in 10 sessions, limit +25"
    assert [child.says for child in found.children] == [Says.ON, Says.UNKNOWN]


def test_the_other_pair_of_volatilities() -> None:
    spx = np.array([100.0 if n % 2 else 101.0 for n in range(11)])
    other = changed(rv_iv__pair="rv10-vix9d")
    found = told_of_closes("rv_above_iv", other, SPX=spx, VIX9D=np.full(11, 10.0))
    assert found.reason == "HV10 is 67 % above VIX9D, limit 20 % above"  # 16.651 / 10
    assert told_of_closes("rv_above_iv", other, SPX=spx).reason == (
        "realised volatility is unknown: no VIX9D was imported"
    )
