from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gui.charts.span import Span
from gui.charts.vix import VixPane
from tests.gui.charts.pasts import past, playbook

if TYPE_CHECKING:
    from gui.theme import Theme

VIX, MEAN, SD = np.array([15.0, 37.32, np.nan]), np.array([np.nan, 12.32, 13.0]), np.array([np.nan, 10.0, 0.0])


def pane(theme: Theme) -> VixPane:
    made = VixPane(theme)
    made.fill(past(3, vix=VIX, vix_sma20=MEAN, vix_sd20=SD), playbook())
    return made


def test_distance_from_the_mean_is_in_standard_deviations(theme: Theme) -> None:
    assert pane(theme).words(1) == [
        "VIX 37.32 points",
        "20-day mean 12.32 points",
        "z +2.5 SD from the mean",  # (37.32 - 12.32) / 10
    ]
    assert pane(theme).words(0) == ["VIX 15.00 points", "20-day mean —"]
    assert pane(theme).words(2) == ["VIX —", "20-day mean 13.00 points"]


def test_lines_are_named_at_their_last_value_in_view(theme: Theme) -> None:
    made = pane(theme)
    assert [(label.text, label.value) for label in made.labels_at(Span(0, 1, 100))] == [
        ("VIX 37.32", 37.32),
        ("mean 12.32", 12.32),
    ]
    assert [label.text for label in made.labels_at(Span(0, 9, 100))] == ["mean 13.00"]
