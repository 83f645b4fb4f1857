from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.playbook.verdict import TRIGGERS, Trigger
from gui.charts.span import Span, ValueSpan
from gui.charts.timeline import Timeline
from tests.gui.charts.painted import columns_with, painted, rows_with

if TYPE_CHECKING:
    from gui.theme import Theme

OFF, CONFIRMED = TRIGGERS.index(Trigger.OFF), TRIGGERS.index(Trigger.CONFIRMED)


def timeline(theme: Theme, length: int = 40) -> Timeline:
    """Layer 2 of four confirmed in sessions 10 to 19, the rest off; 10 pixels a session, rows of 50."""
    made = Timeline(None, theme)
    states = np.full((4, length), OFF, np.int8)
    states[1, 10:20] = CONFIRMED
    made.fill(states)
    made.show_range(Span(-0.5, length - 0.5, length * 10), ValueSpan(0, 4, 200))
    return made


def test_a_layers_state_is_drawn_in_its_row_and_at_its_sessions(any_theme: Theme) -> None:
    image = painted(timeline(any_theme), 400, 200)
    columns, rows = columns_with(image, any_theme.trigger_confirmed), rows_with(image, any_theme.trigger_confirmed)
    assert (columns[0], columns[-1]) == (100, 199)
    assert 50 <= rows[0] < rows[-1] < 100


def test_a_position_is_a_bar_below_its_layer(theme: Theme) -> None:
    made = timeline(theme)
    made.hold((((4.5, 14.5),), (), (), ((29.5, 30.5),)))
    image = painted(made, 400, 200)
    rows = rows_with(image, theme.position_live)
    assert [row for row in rows if row < 50] == list(range(min(rows), min(rows) + 5))
    assert columns_with(image, theme.position_live) == [*range(50, 150), *range(300, 310)]


def test_what_is_put_is_shown_and_can_be_cut(theme: Theme) -> None:
    made = timeline(theme)
    made.put(0, 42, Trigger.ARMED)
    assert [made.trigger_at(0, index) for index in (39, 40, 41, 42, 43)] == [
        Trigger.OFF,
        Trigger.UNKNOWN,
        Trigger.UNKNOWN,
        Trigger.ARMED,
        None,
    ]
    made.cut(40)
    assert made.trigger_at(0, 40) is None
    assert made.trigger_at(1, 12) is Trigger.CONFIRMED


def test_a_change_of_theme_redraws_the_strips(theme: Theme) -> None:
    from gui.theme import load_theme

    made = timeline(theme)
    painted(made, 400, 200)
    light = load_theme("light")
    made.dress(light)
    assert columns_with(painted(made, 400, 200), light.trigger_confirmed)


def test_low_rows_go_without_words(theme: Theme) -> None:
    made = timeline(theme)
    with_words = painted(made, 400, 200)
    made.show_range(Span(-0.5, 39.5, 400), ValueSpan(0, 4, 80))
    without = painted(made, 400, 80)
    assert rows_with(with_words, theme.text)
    assert not rows_with(without, theme.text)
