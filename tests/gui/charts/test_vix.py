from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gui.charts.span import Span
from tests.gui.charts.pasts import past, playbook

if TYPE_CHECKING:
    from gui.charts.stack import PaneStack
    from gui.charts.vix import VixPane

VIX, MEAN, SD = np.array([15.0, 37.32, np.nan]), np.array([np.nan, 12.32, 13.0]), np.array([np.nan, 10.0, 0.0])


def pane(stack: PaneStack) -> VixPane:
    made = stack.vix
    made.fill(past(3, vix=VIX, vix_sma20=MEAN, vix_sd20=SD), playbook())
    return made


def test_distance_from_the_mean_is_in_standard_deviations(stack: PaneStack) -> None:
    assert pane(stack).words(1) == [
        "VIX 37.32 points",
        "20-day mean 12.32 points",
        "z +2.5 SD from the mean",  # (37.32 - 12.32) / 10
    ]
    assert pane(stack).words(0) == ["VIX 15.00 points", "20-day mean —"]
    assert pane(stack).words(2) == ["VIX —", "20-day mean 13.00 points"]


def test_lines_are_named_at_their_last_value_in_view(stack: PaneStack) -> None:
    made = pane(stack)
    assert [(label.text, label.value) for label in made.labels_at(Span(0, 1, 100))] == [
        ("VIX 37.32", 37.32),
        ("mean 12.32", 12.32),
    ]
    assert [label.text for label in made.labels_at(Span(0, 9, 100))] == ["mean 13.00"]
