"""Are shares, turns, lengths and agreement what a count by hand gives, and does the future change no past?"""

import numpy as np
import pytest

from core.measures.measured import MeasureSettings, measure
from core.playbook.edr_study import event_study, rung_shares
from core.playbook.layer_state import TriggerHistory, trigger_history
from core.playbook.parameters import Playbook
from core.playbook.rules_calendar import event_days
from core.playbook.study import LayerStudy, agreement, is_known, is_on, layer_study, study
from core.playbook.verdict import Trigger
from tests.core.histories import NAN, measured_of, random_history, real_history
from tests.core.playbooks import changed, composite, preset, preset_names, ruled

EVERY = slice(None)
# EDR by session, rung of layer 1 at 0.90, no minimum hold and no hysteresis: on above, unknown where EDR is
EDR = [0.95, 0.95, 0.80, NAN, 0.95, NAN, 0.95, 0.80, 0.80, 0.80]
#      on    on    off   ?    on    ?    on    off   off   off
PLAIN = {"layer__min_hold": 0, "ladder__hysteresis": 0.0, "ladder__hysteresis_closes": 1}


def plain(**more: object) -> Playbook:
    from core.playbook.parameters import with_values

    values = {key.replace("__", "."): value for key, value in {**PLAIN, **more}.items()}
    return with_values(ruled('"edr_rung"', block='"rsi_vix_block"'), values)


def folded(playbook: Playbook, rsi: float = 50.0) -> TriggerHistory:
    return trigger_history(measured_of(edr_pct=EDR, rsi_vix=np.full(10, rsi)), playbook)


def test_a_layer_by_hand() -> None:
    found: LayerStudy = layer_study(plain(), folded(plain()), 1, EVERY)
    assert found.on_pct.value == pytest.approx(100 * 4 / 8)
    assert {state: share.value for state, share in found.state_pct.items()} == {
        Trigger.OFF: pytest.approx(40),
        Trigger.ARMED: 0,
        Trigger.CONFIRMED: pytest.approx(40),
        Trigger.BLOCKED: 0,
        Trigger.UNKNOWN: pytest.approx(20),
    }
    # known: on on off on on off off off: three turns between eight known sessions; stretches of 2 and 2
    assert found.switches_a_year.value == pytest.approx(3 * 252 / 7)
    assert found.median_days_on.value == 2


def test_a_blocked_layer_counts_as_on() -> None:
    blocked = layer_study(plain(), folded(plain(), rsi=80.0), 1, EVERY)
    assert blocked.on_pct.value == pytest.approx(50)
    assert blocked.state_pct[Trigger.BLOCKED].value == pytest.approx(40)


def test_a_span_counts_its_own_sessions_only() -> None:
    found = layer_study(plain(), folded(plain()), 1, slice(0, 3))
    assert found.on_pct.value == pytest.approx(100 * 2 / 3)
    assert found.median_days_on.value == 2
    nothing = layer_study(plain(), folded(plain()), 1, slice(3, 4))
    assert nothing.on_pct.unknown == "no session of the span is known"
    assert nothing.median_days_on.unknown == "it was never on"
    assert layer_study(plain(), folded(plain()), 1, slice(5, 5)).state_pct[Trigger.OFF].unknown


def test_a_layer_that_is_switched_off_is_not_counted() -> None:
    off = plain(layer__1__enabled=False)
    assert layer_study(off, folded(off), 1, EVERY).on_pct.unknown == "the layer is switched off in the playbook"
    same = agreement((plain(), folded(plain())), (off, folded(off)), EVERY)
    assert same.layer_pct[1].unknown == "the layer is switched off in the playbook"
    assert same.all_pct.value == 100


def test_agreement_by_hand() -> None:
    # the other's rung is at 1.00: never on, so they agree where the first is off
    other = plain(ladder__start=1.00)
    found = agreement((plain(), folded(plain())), (other, folded(other)), EVERY)
    assert found.layer_pct[1].value == pytest.approx(100 * 4 / 8)
    assert found.layer_pct[2].value == pytest.approx(100 * 4 / 8)  # 0.95 is layer 2's rung in the first
    assert found.layer_pct[3].value == 100
    assert found.all_pct.value == pytest.approx(100 * (4 + 4 + 8 + 8) / 32)
    assert (found.first, found.second) == ("ruled", "ruled")


def test_rung_shares_by_hand() -> None:
    values = {"vix9d_used": [14.29, 15.0, NAN], "hv20_pct": [14.29, 15.0, 15.0], "vix": [14.0, 17.0, 16.0]}
    shares = {share.formula: share for share in rung_shares(measured_of(**values), composite(), EVERY)}
    # A: 14.29 / 15.8745 = 0.9002, 15 / 15.8745 = 0.9449; B: 0.8819, 1.0709, 1.0079
    assert (shares["A"].days, shares["B"].days) == (2, 3)
    assert [share.value for share in shares["A"].rung_pct.values()] == [100, 0, 0, 0]
    assert [share.value for share in shares["B"].rung_pct.values()] == pytest.approx(
        [200 / 3, 200 / 3, 200 / 3, 100 / 3]
    )
    doubled = rung_shares(measured_of(**values), changed(edr__mult=2.0), EVERY)[0]
    assert [share.value for share in doubled.rung_pct.values()] == [100] * 4


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("seed", [1, 2])
def test_the_future_changes_no_past(name: str, seed: int) -> None:
    history = random_history(seed, 420, gaps=0.003)
    playbook = preset(name)
    events = {"FOMC": history.days[::40]}
    whole = trigger_history(measure(history, MeasureSettings(universe="NYSE")), playbook, events)
    for length in (120, 121, 300, 419):
        cut = trigger_history(measure(history.until(length), MeasureSettings(universe="NYSE")), playbook, events)
        np.testing.assert_array_equal(cut.state, whole.state[:, :length])
        for rule, words in cut.rules.items():
            np.testing.assert_array_equal(words, whole.rules[rule][:length], err_msg=rule)


def test_another_future_changes_no_past() -> None:
    """The last year is replaced by another one: what was judged before it stays to the last bit."""
    history = random_history(4, 420)
    other = random_history(5, 420)
    spliced = {
        name: np.concatenate((column[:300], other.columns[name][300:])) for name, column in history.columns.items()
    }
    changed_future = type(history)(history.calendar, history.first, 420, spliced, history.sources)
    for name in preset_names():
        one, two = (
            trigger_history(measure(h, MeasureSettings(universe="NYSE")), preset(name))
            for h in (history, changed_future)
        )
        np.testing.assert_array_equal(one.state[:, :300], two.state[:, :300])


def test_a_study_of_a_span_does_not_hang_on_what_came_later() -> None:
    history = random_history(6, 400, gaps=0.002)
    playbooks = [changed(breadth__universe="NYSE"), preset("000-ladder")]
    span = slice(100, 250)
    whole, cut = (study(h, playbooks, {}, span) for h in (history, history.until(250)))
    assert whole.playbooks == cut.playbooks
    assert whole.agreements == cut.agreements
    assert whole.rungs == cut.rungs


def test_the_ladder_is_on_more_than_half_of_2007_to_2021() -> None:
    history = real_history()
    start, stop = (int(np.searchsorted(history.days, np.datetime64(day))) for day in ("2007-01-01", "2022-01-01"))
    found = study(history, [composite(), preset("000-ladder")], event_days([]), slice(start, stop))
    by_formula = {share.formula: share for share in found.rungs}
    assert 50 < by_formula["A"].rung_pct[0.90].value < 62
    assert by_formula["B"].rung_pct[0.90].value > by_formula["A"].rung_pct[0.90].value  # VIX is above HV20
    ladder = found.playbooks[1].layers[0]
    assert ladder.on_pct.value > by_formula["A"].rung_pct[0.90].value  # hysteresis and hold only lengthen
    assert ladder.state_pct[Trigger.UNKNOWN].value < 1


def test_on_and_known_are_those_of_the_states() -> None:
    triggers = folded(plain())
    assert is_on(triggers, 1).tolist() == [True, True, False, False, True, False, True, False, False, False]
    assert is_known(triggers, 1).tolist() == [True, True, True, False, True, False, True, True, True, True]


@pytest.mark.playbook("000-23")
def test_edr_around_announcements_by_hand() -> None:
    measured = measured_of(edr_pct=[1.0, 2.0, 4.0, 8.0, NAN, 16.0, 32.0, 64.0])
    days = measured.history.days[[2, 6]]
    found = event_study(measured, "FOMC", days, EVERY)
    assert found.count == 2
    # before: 2 and 16; of: 4 and 32; after: 8 and 64; others: 1 alone, for one is unknown
    assert {step: mean.value for step, mean in found.away.items()} == {-1: 9.0, 0: 18.0, 1: 36.0}
    assert found.others.value == 1.0
    first = event_study(measured, "FOMC", days, slice(0, 3))
    assert (first.count, first.away[1].unknown) == (1, "no session of the span is known")
    assert event_study(measured, "CPI", days[:0], EVERY).count == 0
