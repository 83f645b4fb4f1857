"""Do the windows say which announcement or expiry is near, and how far off?"""

import numpy as np
import pytest

from core.measures.measured import MeasureSettings, measure
from core.playbook.explain import explain
from core.playbook.layer_state import trigger_history
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Verdict
from tests.core.histories import history_of
from tests.core.playbooks import composite

FOMC = np.array(["2019-07-31", "2019-09-18", "2019-10-30"], "datetime64[D]")


def told(rule: str, sessions: int, **events: np.ndarray) -> Verdict:
    """Return the verdict on the last of so many sessions from 2019-09-03."""
    measured = measure(history_of("2019-09-03", SPX=np.full(sessions, 4000.0)), MeasureSettings())
    step = trigger_history(measured, composite(), events).step(1)
    return explain(rule, Seen(measured, sessions - 1, composite(), events=events), step)


@pytest.mark.parametrize(
    ("sessions", "says", "reason"),
    [
        (1, Says.OFF, "FOMC 2019-09-18 is in 11 sessions, window 5"),
        (7, Says.ON, "FOMC 2019-09-18 is in 5 sessions, window 5"),
        (12, Says.ON, "FOMC 2019-09-18 is today, window 5"),
        (15, Says.ON, "FOMC 2019-09-18 is 3 sessions ago, window 5"),
    ],
)
def test_an_announcement(sessions: int, says: Says, reason: str) -> None:
    found = told("fomc_window", sessions, FOMC=FOMC)
    assert (found.says, found.reason) == (says, reason)


def test_without_dates_and_outside_them() -> None:
    assert told("cpi_window", 1).reason == "no CPI dates were imported"
    assert told("ppi_window", 1, PPI=FOMC[:1]).reason == "the PPI dates end or begin at 2019-07-31"
    assert told("event_window", 12, FOMC=FOMC).reason == "FOMC 2019-09-18 is today, window 5"
    assert told("event_window", 1, FOMC=FOMC).reason == "no CPI dates were imported; no PPI dates were imported"


def test_the_theta_window() -> None:
    opened = told("theta_window", 5)  # 2019-09-09, 9 days before the VIX expiry
    assert opened.reason == "theta window open: VIX expiry 2019-09-18 is 9 days away, window 10 to 7"
    assert opened.switch.note == (
        "the calendar decides: it closes after 2019-09-11, before the VIX expiry of 2019-09-18"
    )
    closed = told("theta_window", 1)
    assert (closed.says, closed.value) == (Says.OFF, 15.0)
