"""Do the layer tokens and the nearest break-even say how the book stands?"""

from __future__ import annotations

from dataclasses import replace

from core.market.figure import unknown
from core.playbook.verdict import PositionState, Trigger
from gui.glance.book_faces import layer_face, nearest_face
from tests.gui.states import CONDOR_STATES, LAYER_STATES, STATE, distance


def test_a_token_has_the_triggers_shape_and_word_and_is_filled_while_live() -> None:
    live = layer_face(LAYER_STATES[0])
    assert (live.caption, live.unit, live.fill, live.layer) == ("L1", "confirmed", "position_live", 1)
    assert live.details[0].text == "live"
    bare = layer_face(LAYER_STATES[2])
    assert (bare.unit, bare.fill, bare.details[0].text) == ("unknown", "", "no fill")
    closed = layer_face(replace(LAYER_STATES[2], position=PositionState.CLOSED))
    assert closed.details[0].text == "closed"


def test_five_triggers_have_five_shapes() -> None:
    shapes = {layer_face(replace(LAYER_STATES[0], trigger=trigger)).mark.shape for trigger in Trigger}
    assert len(shapes) == 5


def test_a_provisional_trigger_is_shown_only_where_it_differs() -> None:
    assert [detail.text for detail in layer_face(LAYER_STATES[1]).details] == ["live", "now confirmed*"]
    same = replace(LAYER_STATES[1], provisional=Trigger.ARMED)
    assert [detail.text for detail in layer_face(same).details] == ["live"]


def test_the_nearest_break_even_is_that_of_the_nearest_condor() -> None:
    # 2880.82 - 2762.13 = 118.69 points; 118.69 / 28.17 = 4.21 EDR; the other condor's is 149.67 away
    shown = nearest_face(STATE)
    assert (shown.value, shown.unit) == ("119", "pts   4.2 EDR")
    assert [detail.text for detail in shown.details] == ["call 2,880.8", "condor 1"]


def test_a_crossed_break_even_counts_as_near_and_says_so() -> None:
    crossed = replace(CONDOR_STATES[1], nearest=distance("put side", 2770.0, 2762.13, 28.17))
    shown = nearest_face(replace(STATE, condors=(CONDOR_STATES[0], crossed)))
    assert shown.value == "-8"
    assert shown.role == "loss"
    assert shown.details[1].text == "condor 2, crossed"


def test_without_a_break_even_the_reason_stands() -> None:
    assert nearest_face(replace(STATE, condors=())).reason == "no condor is open"
    lost = replace(CONDOR_STATES[0], nearest=None, hedged=replace(CONDOR_STATES[0].hedged, unknown="no VX curve"))
    assert nearest_face(replace(STATE, condors=(lost,))).reason == "no VX curve"
    never = replace(CONDOR_STATES[0], nearest=None)
    assert nearest_face(replace(STATE, condors=(never,))).reason == "no condor breaks even"
    blind = replace(STATE, condors=(never,), spx=unknown("no SPX", "points"))
    assert nearest_face(blind).reason == "no SPX"


def test_unknown_edr_leaves_the_points() -> None:
    nearest = replace(CONDOR_STATES[0].nearest, edrs=unknown("EDR: no VIX9D", "EDR"))
    shown = nearest_face(replace(STATE, condors=(replace(CONDOR_STATES[0], nearest=nearest),)))
    assert shown.unit == "pts   EDR unknown"
