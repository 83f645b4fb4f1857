from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.playbook.verdict import TRIGGERS, Trigger
from gui.charts.levels import Levels
from gui.charts.span import Span
from gui.charts.strip import BY_PRESSURE, columns, patterns, picture, pressures, runs
from gui.theme import load_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

OFF, UNKNOWN, ARMED, BLOCKED, CONFIRMED = range(5)


def test_every_trigger_has_its_place() -> None:
    assert set(BY_PRESSURE) == set(TRIGGERS)
    states = np.array([TRIGGERS.index(trigger) for trigger in BY_PRESSURE], np.int8)
    assert pressures(states).tolist() == [0, 1, 2, 3, 4]


def shown(states: list[int], x0: float, x1: float, width: int) -> list[int]:
    return columns(Levels(np.array(states, float)), Span(x0, x1, width), width).tolist()


def test_a_session_is_as_wide_as_its_share_of_the_pixels() -> None:
    assert shown([ARMED, OFF, CONFIRMED], -0.5, 2.5, 6) == [ARMED, ARMED, OFF, OFF, CONFIRMED, CONFIRMED]
    assert shown([ARMED, OFF], -2.5, 3.5, 6) == [OFF, OFF, ARMED, OFF, OFF, OFF]
    assert shown([], -0.5, 7.5, 4) == [OFF] * 4


def test_one_session_is_seen_at_every_zoom() -> None:
    states = [OFF] * 10_000
    states[7321] = BLOCKED
    for per_pixel in (0.3, 1.0, 1.7, 3.0, 9.0, 50.0):
        width = round(10_000 / per_pixel)
        assert BLOCKED in shown(states, -0.5, 9_999.5, width), per_pixel


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=400),
    st.integers(10, 60),
)
def test_a_pixel_shows_the_most_pressing_session_under_it(states: list[int], width: int) -> None:
    length = len(states)
    found = shown(states, -0.5, length - 0.5, width)
    per_pixel = length / width
    for pixel, pressure in enumerate(found):
        if per_pixel < 1:
            under = [states[int((pixel + 0.5) * per_pixel)]]
            assert pressure == under[0]
        else:  # a block of the pyramid may straddle the pixel's edges
            low = max(int(np.floor(pixel * per_pixel - per_pixel)), 0)
            near = states[low : int(np.ceil((pixel + 2) * per_pixel))]
            whole = states[int(np.ceil(pixel * per_pixel)) : int(np.floor((pixel + 1) * per_pixel))]
            assert max(whole, default=0) <= pressure
            assert pressure in near


def test_runs() -> None:
    begins, ends = runs(np.array([2, 2, 0, 4]))
    assert begins.tolist() == [0, 2, 3]
    assert ends.tolist() == [2, 3, 4]


@pytest.mark.parametrize("name", ["dark", "light"])
def test_states_differ_by_pattern_not_by_colour_alone(qapp: QApplication, name: str) -> None:
    theme = load_theme(name)
    pictures, colours = patterns(theme, 84, 28)
    panel = int(theme.panel[1:], 16) | 0xFF000000
    ink = [(pictures[state] != panel).mean() for state in range(5)]
    assert ink[OFF] == 0
    assert ink[CONFIRMED] == 1
    assert 0.03 < ink[UNKNOWN] < 0.1  # dots: one pixel in sixteen
    assert 0.12 < ink[ARMED] < 0.17  # hatched: one in seven
    assert 0.2 < ink[BLOCKED] < 0.3  # crossed: twice that, less where they cross
    assert [f"#{colour & 0xFFFFFF:06x}" for colour in colours] == [
        getattr(theme, f"trigger_{trigger.value}") for trigger in BY_PRESSURE
    ]


def test_the_picture_has_an_outline_in_the_states_colour(qapp: QApplication) -> None:
    theme = load_theme("dark")
    pictures, colours = patterns(theme, 12, 8)
    image = picture(np.array([ARMED] * 6 + [OFF] * 6), pictures, colours)
    assert (image.width(), image.height()) == (12, 8)
    left, top = image.pixelColor(0, 4).name(), image.pixelColor(3, 0).name()
    assert left == top == image.pixelColor(5, 4).name() == image.pixelColor(3, 7).name() == theme.trigger_armed
    assert {image.pixelColor(x, 4).name() for x in range(6, 12)} == {theme.panel}
    assert BY_PRESSURE[ARMED] == Trigger.ARMED
