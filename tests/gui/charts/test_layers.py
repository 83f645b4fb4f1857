from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.playbook.verdict import Trigger
from core.positions.book import Layer
from core.positions.leg import DatedFill, parse_fill
from gui.charts.span import Span
from tests.gui.charts.pasts import moment, past, playbook
from tests.gui.states import STATE

if TYPE_CHECKING:
    from gui.charts.layers import LayersPane
    from gui.charts.stack import PaneStack

LENGTH = 30


def pane(stack: PaneStack) -> LayersPane:
    made = stack.layers
    rows = [[trigger] * LENGTH for trigger in (Trigger.ARMED, Trigger.OFF, Trigger.BLOCKED, Trigger.CONFIRMED)]
    made.fill(past(LENGTH, rows), playbook())
    return made


def test_states_are_named_beside_their_rows(stack: PaneStack) -> None:
    made = pane(stack)
    made.show_span(Span(-0.5, 29.5, 300), [])
    made.point_at(5)
    assert [(label.value, label.text, label.role) for label in made.labels.labels] == [
        (3.5, "armed", "trigger_armed"),
        (2.5, "off", "text_muted"),
        (1.5, "blocked", "trigger_blocked"),
        (0.5, "confirmed", "trigger_confirmed"),
    ]
    assert made.words(5) == ["L1 armed", "L2 off", "L3 blocked", "L4 confirmed"]
    assert made.words(LENGTH) == ["L1 unknown", "L2 unknown", "L3 unknown", "L4 unknown"]


def test_positions_lie_on_whole_sessions_weekends_on_the_one_after(stack: PaneStack) -> None:
    days = past(LENGTH).history.days.astype(object)
    call = parse_fill("+4 VIX 2018-03-21 C 19 @ 1.90")
    sold = parse_fill("-4 VIX 2018-03-21 C 19 @ 2.90")
    bought_on_saturday = moment(days[4].replace(day=6), 16)  # session 4 is Friday 2018-01-05
    closed_holding = Layer(
        (DatedFill(call, bought_on_saturday, 1, "open"), DatedFill(sold, moment(days[9], 16), 2, "close"))
    )
    open_holding = Layer((DatedFill(call, moment(days[20], 16), 3, "open"),), condor_id=7)
    first = replace(STATE.layers[0], name="inner ring", holdings=(closed_holding, open_holding))
    rest = tuple(replace(layer, holdings=()) for layer in STATE.layers[1:])
    made = pane(stack)
    made.hold(replace(STATE, as_of=moment(days[25], 20), layers=(first, *rest)))
    assert made.timeline.live == (((4.5, 9.5), (19.5, 25.5)), (), (), ())
    assert made.words(9)[0] == "L1 armed, position live"
    assert made.words(10)[0] == "L1 armed"
    assert made.scale.fixed[0] == (3.5, "inner ring")


def test_a_state_that_a_close_has_yet_to_decide_is_starred_and_that_of_the_last_close_is_not(
    stack: PaneStack,
) -> None:
    made = pane(stack)
    now = tuple(replace(layer, provisional=Trigger.CONFIRMED) for layer in STATE.layers)
    made.put(LENGTH, replace(STATE, layers=now))
    made.show_span(Span(-0.5, 31.5, 300), [])
    made.point_at(LENGTH)
    assert [label.text for label in made.labels.labels] == ["confirmed*"] * 4
    made.point_at(LENGTH - 1)
    assert [label.text for label in made.labels.labels] == ["armed", "off", "blocked", "confirmed"]
