from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from gui.charts.span import Span
from tests.gui.charts.pasts import past, playbook

if TYPE_CHECKING:
    from gui.charts.stack import PaneStack


@pytest.mark.parametrize(
    ("edr", "words"),
    [
        (0.89, "green zone, below rung 1"),
        (0.90, "amber zone, on rung 1"),
        (0.95, "amber zone, on rung 2"),
        (1.00, "amber zone, on rung 3"),
        (1.05, "amber zone, on all 4 rungs"),
        (1.10, "amber zone, on all 4 rungs"),  # the fifth rung has no layer of its own
        (2.70, "red zone, on all 4 rungs"),
    ],
)
def test_zone_and_rung_at_the_playbooks_limits(stack: PaneStack, edr: float, words: str) -> None:
    pane = stack.edr
    pane.fill(past(1, edr_pct=np.array([edr]), edr_points=np.array([25.0])), playbook())
    assert pane.words(0) == [f"EDR {edr:.2f} %", "25.0 points", words]


def test_what_stands_in_is_named_and_a_gap_is_unknown(stack: PaneStack) -> None:
    pane = stack.edr
    columns = {"edr_pct": np.array([0.7, np.nan]), "edr_stands_in": np.array([True, False])}
    pane.fill(past(2, **columns), playbook())
    assert "VIX stands in for VIX9D" in [piece.text for piece in pane.pieces(0)]
    assert pane.words(1) == ["EDR —"]


def test_rungs_are_named_beside_the_pane(stack: PaneStack) -> None:
    pane = stack.edr
    pane.fill(past(3, edr_pct=np.array([0.5, 0.6, 0.7])), playbook())
    assert {(label.text, label.value) for label in pane.labels_at(Span(0, 3, 100))} == {
        ("L1 0.90 %", 0.90),
        ("L2 0.95 %", 0.95),
        ("L3 1.00 %", 1.00),
        ("L4 1.05 %", 1.05),
        ("red 1.10 %", 1.10),
        ("EDR 0.70 %", 0.7),
    }
