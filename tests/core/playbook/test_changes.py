"""Is every change of a trigger found at its close, with the values and the rules that made it?"""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from core.measures.measured import MeasureSettings, measure
from core.playbook.changes import trigger_changes
from core.playbook.layer_state import trigger_history
from core.playbook.verdict import Trigger
from tests.core.histories import NAN, measured_of, random_history, real_history
from tests.core.playbooks import changed, composite

PLAYBOOK = changed(ladder__start=0.75)  # layer 4's rung is at 0.90
# sessions from 2010-01-04: off, armed, unknown, armed, off (released after two low closes and three sessions)
EDR = [0.80, 0.92, NAN, 0.80, 0.80, 0.80]


@pytest.mark.playbook("002-6")
def test_each_change_of_a_small_history_by_hand() -> None:
    quiet = {"macd": np.full(6, -1.0), "macd_signal": np.zeros(6), "rsi_vix": np.full(6, 50.0)}
    measured = measured_of(edr_pct=EDR, **quiet)
    triggers = trigger_history(measured, PLAYBOOK)
    found = [change for change in trigger_changes(triggers, measured, PLAYBOOK) if change.layer == 4]
    assert [(change.session, change.before, change.after) for change in found] == [
        (date(2010, 1, 5), Trigger.OFF, Trigger.ARMED),
        (date(2010, 1, 6), Trigger.ARMED, Trigger.UNKNOWN),
        (date(2010, 1, 7), Trigger.UNKNOWN, Trigger.ARMED),
        (date(2010, 1, 8), Trigger.ARMED, Trigger.OFF),
    ]
    armed = found[0]
    assert armed.time == datetime(2010, 1, 5, 21, tzinfo=UTC)
    assert armed.playbook_hash == PLAYBOOK.hash
    assert armed.reason.startswith("Armed: EDR 0.92 % is 0.02 above rung 0.90")
    assert [item.name for item in armed.inputs] == ["VIX", "HV20", "MACD", "MACD signal"]
    assert {item.time for item in armed.inputs} == {armed.time}


def test_a_span_has_the_changes_of_the_whole_that_lie_in_it() -> None:
    measured = measure(random_history(3, 300, gaps=0.01), MeasureSettings(universe="NYSE"))
    triggers = trigger_history(measured, composite())
    whole = trigger_changes(triggers, measured, composite())
    days = measured.history.days
    first, last = days[100].item(), days[200].item()
    part = trigger_changes(triggers, measured, composite(), (first, last))
    assert part == [change for change in whole if first <= change.session <= last]
    assert 0 < len(part) < len(whole)
    assert whole == sorted(whole, key=lambda change: (change.session, change.layer))


def test_walking_the_changes_gives_the_states_back() -> None:
    measured = measure(random_history(5, 300, gaps=0.01), MeasureSettings(universe="NYSE"))
    triggers = trigger_history(measured, composite())
    by_day = {(c.session, c.layer): c for c in trigger_changes(triggers, measured, composite())}
    for number in (1, 2, 3, 4):
        state = triggers.trigger(number, 0)
        for index, day in enumerate(measured.history.days):
            if (change := by_day.get((day.item(), number))) is not None:
                assert change.before == state
                state = change.after
            assert state == triggers.trigger(number, index)


def test_the_crash_of_2020_on_the_real_files() -> None:
    measured = measure(real_history(), MeasureSettings())
    triggers = trigger_history(measured, composite())
    day = date(2020, 2, 24)
    found = trigger_changes(triggers, measured, composite(), (day, day))
    assert [(change.layer, change.after) for change in found] == [(n, Trigger.BLOCKED) for n in (1, 2, 3, 4)]
    vix = next(item for item in found[0].inputs if item.name == "VIX")
    assert vix.value == 25.03
