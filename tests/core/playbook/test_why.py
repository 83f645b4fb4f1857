"""Does a layer say in one sentence why it is where it is, and show its whole tree?"""

from datetime import date

import numpy as np
import pytest

from core.measures.measured import MeasureSettings, measure, measured_with
from core.playbook.layer_state import provisional_steps, trigger_history
from core.playbook.parameters import Playbook
from core.playbook.readings import Seen
from core.playbook.verdict import Says, Trigger
from core.playbook.why import LayerWhy, layer_why, state_since
from tests.core.histories import NAN, at, measured_of, random_history, real_history
from tests.core.playbooks import changed, composite, ruled

NO_DIVERGENCE = {"divergence": [0], "divergence_grade": [0], "divergence_sessions": [0], "divergence_d": [0.2]}


def told(number: int, playbook: Playbook | None = None, **arrays: object) -> LayerWhy:
    rules, measured = playbook or composite(), measured_of(**arrays)
    step = trigger_history(measured, rules).step(number)
    return layer_why(step, Seen(measured, measured.history.length - 1, rules))


def spread(sessions: int, **last: float) -> dict[str, np.ndarray]:
    return {name: np.full(sessions, value) for name, value in last.items()}


def test_off_gives_every_reason_and_that_layer_1_stands() -> None:
    found = told(1, edr_pct=[0.84], rsi_vix=[50.0], **NO_DIVERGENCE)
    assert found.trigger == Trigger.OFF
    assert found.reason == (
        "Off: EDR 0.84 % is 0.06 below rung 0.90; A/D line confirms SPX: no divergence; "
        "layer 1 stands at 10 % of the credit all the same."
    )
    alone = told(1, changed(l1__standing=False), edr_pct=[0.84], rsi_vix=[50.0], **NO_DIVERGENCE)
    assert alone.reason.endswith("no divergence.")
    assert told(4, edr_pct=[0.84]).reason == "Off: EDR 0.84 % is 0.21 below rung 1.05."


@pytest.mark.playbook("004-4")
def test_armed_says_what_is_not_confirmed() -> None:
    found = told(4, edr_pct=[1.20], macd=[-0.5], macd_signal=[0.0], rsi_vix=[50.0])
    assert found.reason == (
        "Armed: EDR 1.20 % is 0.15 above rung 1.05; unconfirmed: MACD of VIX -0.50 is 0.50 below its signal 0.00."
    )


def test_armed_says_what_is_unknown_about_the_confirmation() -> None:
    assert told(4, edr_pct=[1.20], rsi_vix=[50.0]).reason.endswith(
        "unconfirmed: MACD of VIX is unknown: no VIX was imported."
    )
    crossed = told(4, edr_pct=[1.20, 1.20], macd=[-1.0, 1.0], macd_signal=[0.0, 0.0])
    assert crossed.trigger == Trigger.ARMED
    assert crossed.reason.endswith("unconfirmed: RSI of VIX is unknown: no VIX was imported.")


def test_confirmed_says_by_what_or_that_it_was_earlier() -> None:
    lead = np.array([-1.0, 1, 1, 1, 1, 1, 1, 1])
    now = told(4, macd=lead[:2], **spread(2, edr_pct=1.2, macd_signal=0.0, rsi_vix=50.0))
    assert now.reason == (
        "Confirmed: EDR 1.20 % is 0.15 above rung 1.05; "
        "MACD of VIX 1.00 is 1.00 above its signal 0.00, crossed today."
    )
    later = told(4, macd=lead, **spread(8, edr_pct=1.2, macd_signal=0.0, rsi_vix=50.0))
    assert later.reason.endswith("rung 1.05; confirmed earlier since it armed.")
    assert told(4, ruled('"edr_rung"'), edr_pct=[1.2]).reason == "Confirmed: EDR 1.20 % is 0.15 above rung 1.05."


@pytest.mark.playbook("004-4")
def test_blocked_says_by_what() -> None:
    found = told(4, edr_pct=[1.2], rsi_vix=[78.3])
    assert found.reason == "Blocked: RSI of VIX 78.3 is 8.3 above 70; armed: EDR 1.20 % is 0.15 above rung 1.05."
    assert [verdict.says for verdict in found.verdicts] == [Says.ON, Says.UNKNOWN, Says.BLOCKED]
    assert [verdict.part for verdict in found.verdicts] == ["arms", "confirms", "blocks"]


def test_unknown_says_only_what_is_missing() -> None:
    found = told(1, edr_pct=[0.80], rsi_vix=[50.0])
    assert found.reason == "Unknown: breadth is unknown: no breadth was imported."


def test_held_says_that_only_the_hold_keeps_it() -> None:
    edr = np.array([1.2, 0.8, 0.8])
    found = told(4, edr_pct=edr, **spread(3, macd=-1.0, macd_signal=0.0, rsi_vix=50.0))
    assert found.reason.startswith(
        "Armed: held for at least 3 sessions, though EDR 0.80 % is 0.25 below rung 1.05"
    )


@pytest.mark.playbook("004-1")
def test_the_tree_is_shown_branch_by_branch() -> None:
    found = told(2, edr_pct=[0.80], rsi_spx=[30.0], rule_backwardation_pct=[NAN])
    arms = found.verdicts[0]
    assert (arms.rule, arms.says, [child.rule for child in arms.children]) == (
        "any",
        Says.UNKNOWN,
        ["edr_rung", "all"],
    )
    both = arms.children[1]
    assert [(child.rule, child.says, child.part) for child in both.children] == [
        ("rsi_spx_low", Says.ON, "arms"),
        ("backwardation", Says.UNKNOWN, "arms"),
    ]
    assert both.reason == "all of: the VX curve is unknown: no VX1 was imported; no VX2 was imported"


def test_a_blocking_tree_marks_only_the_branches_that_block() -> None:
    playbook = ruled('"edr_rung"', block='{ any = ["rsi_vix_block", "rsi_spx_low"] }')
    found = told(1, playbook, edr_pct=[1.2], rsi_vix=[80.0], rsi_spx=[50.0])
    blocks = found.verdicts[1]
    assert (blocks.says, [child.says for child in blocks.children]) == (Says.BLOCKED, [Says.BLOCKED, Says.OFF])
    assert found.reason.startswith("Blocked: RSI of VIX 80.0 is 10.0 above 70; armed:")


def test_state_since_is_the_day_it_began() -> None:
    measured = measured_of(edr_pct=[0.8, 1.2, 1.2], **spread(3, macd=-1.0, macd_signal=0.0, rsi_vix=50.0))
    triggers = trigger_history(measured, composite())
    assert state_since(triggers, measured.history, 4) == date(2010, 1, 5)
    assert state_since(triggers, measured.history, 4, 0) == date(2010, 1, 4)
    assert state_since(triggers.until(0), measured.history, 4) is None


@pytest.mark.parametrize("seed", range(3))
def test_every_layer_explains_itself_at_every_session(seed: int) -> None:
    measured = measure(random_history(seed, 320, gaps=0.01), MeasureSettings(universe="NYSE"))
    triggers = trigger_history(measured, composite())
    for index in range(0, 320, 3):
        for number in (1, 2, 3, 4):
            found = layer_why(triggers.step(number, index), Seen(measured, index, composite()))
            assert found.reason.startswith(found.trigger.value.capitalize() + ": ")
            assert found.reason.endswith(".")
            assert "nan" not in found.reason
            for verdict in found.verdicts:
                assert verdict.reason


def test_a_provisional_session_explains_itself_from_its_own_measures() -> None:
    history = random_history(2, 400)
    past = measure(history, MeasureSettings(universe="NYSE"))
    live = measured_with(past, {"SPX": 2000.0, "VIX": 30.0, "VIX9D": 33.0})
    step = provisional_steps(trigger_history(past, composite()), live, composite())[3]
    found = layer_why(step, Seen(live, live.history.length - 1, composite()))
    assert found.trigger == step.trigger
    assert f"EDR {live.edr_pct[-1]:.2f} %" in found.reason


def test_the_crash_of_2020_on_the_real_files() -> None:
    history = real_history()
    measured = measure(history, MeasureSettings())
    crash = at(history, "2020-03-16")
    step = trigger_history(measured, composite()).step(2, crash)
    found = layer_why(step, Seen(measured, crash, composite()))
    assert "VX2 59.15 is 31.8 % above VX3 44.88, limit 3 %" in found.reason
    vx2 = found.verdicts[0].children[1].children[1].inputs[0]
    assert (vx2.name, vx2.value, vx2.source) == ("VX2", 59.15, "real file")
    assert vx2.time is not None
    assert vx2.time.isoformat() == "2020-03-16T20:00:00+00:00"


def test_a_layer_that_is_switched_off_says_so_and_still_shows_its_rules() -> None:
    found = told(4, changed(layer__4__enabled=False), edr_pct=[1.2])
    assert found.reason == "Off: layer 4 is switched off in the playbook; its rule says on."
    assert found.verdicts[0].says == Says.ON
