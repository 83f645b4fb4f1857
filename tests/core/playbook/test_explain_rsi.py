"""Do the crossings of RSI say where RSI was, is, and what it crossed?"""

import numpy as np
import pytest

from core.playbook.explain import explain
from core.playbook.layer_state import trigger_history
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Verdict
from tests.core.histories import NAN, measured_of
from tests.core.playbooks import composite


def told(rule: str, rsi: list[float]) -> Verdict:
    measured = measured_of(rsi_vix=np.array(rsi), vix=np.full(len(rsi), 20.0))
    step = trigger_history(measured, composite()).step(1)
    return explain(rule, Seen(measured, len(rsi) - 1, composite()), step)


@pytest.mark.parametrize(
    ("rule", "rsi", "says", "reason"),
    [
        ("rsi_vix_up", [45, 55], Says.ON, "RSI of VIX 55.0 is 5.0 above 50, 45.0 at the close before"),
        (
            "rsi_vix_up",
            [55, 56],
            Says.OFF,
            "RSI of VIX 56.0 is 6.0 above 50, 55.0 at the close before: no crossing",
        ),
        ("rsi_vix_up", [NAN, 56], Says.UNKNOWN, "RSI of VIX 56.0 is 6.0 above 50, the close before is unknown"),
        ("rsi_vix_down", [72, 69], Says.ON, "RSI of VIX 69.0 is 1.0 below 70, 72.0 at the close before"),
        ("rsi_vix_down", [55, 49], Says.ON, "RSI of VIX 49.0 is 1.0 below 50, 55.0 at the close before"),
        (
            "rsi_vix_down",
            [45, 44],
            Says.OFF,
            "RSI of VIX 44.0 is 6.0 below 50, 45.0 at the close before: no crossing",
        ),
        (
            "rsi_vix_adds",
            [45, 55, 60],
            Says.ON,
            "RSI of VIX 60.0 is 10.0 above 50: it crossed up and has not crossed down since",
        ),
        (
            "rsi_vix_adds",
            [45, 72, 60],
            Says.OFF,
            "RSI of VIX 60.0 is 10.0 above 50, but it crossed down through 70 since",
        ),
        (
            "rsi_vix_adds",
            [60, 60],
            Says.UNKNOWN,
            "RSI of VIX 60.0 is 10.0 above 50, but a gap hides whether it crossed down since",
        ),
        ("rsi_vix_adds", [60, 40], Says.OFF, "RSI of VIX 40.0 is 10.0 below 50"),
    ],
)
def test_crossings(rule: str, rsi: list[float], says: Says, reason: str) -> None:
    found = told(rule, rsi)
    assert (found.says, found.reason) == (says, reason)
