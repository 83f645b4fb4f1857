from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.measures.breadth import DivergenceKind, Grade
from tests.gui.charts.pasts import past, playbook

if TYPE_CHECKING:
    from gui.charts.stack import PaneStack


@pytest.mark.parametrize(
    ("kind", "grade", "sessions", "words"),
    [
        (DivergenceKind.BEARISH, Grade.MODERATE, 1, ["bearish divergence, grade moderate, 1 session"]),
        (DivergenceKind.BULLISH, Grade.NONE, 3, ["bullish divergence, grade none, 3 sessions"]),
        (DivergenceKind.SLOPE, Grade.UNKNOWN, 2, ["slope divergence, grade unknown, 2 sessions"]),
        (DivergenceKind.NONE, Grade.NONE, 0, []),
        (DivergenceKind.UNKNOWN, Grade.UNKNOWN, 0, []),
    ],
)
def test_divergences_in_words(
    stack: PaneStack, kind: DivergenceKind, grade: Grade, sessions: int, words: list[str]
) -> None:
    pane = stack.breadth
    found = past(
        1,
        ad_line=np.array([-1234.0]),
        spx=np.array([2648.94]),
        divergence=np.array([kind], np.int8),
        divergence_grade=np.array([grade], np.int8),
        divergence_sessions=np.array([sessions], np.int32),
    )
    pane.fill(found, playbook())
    assert pane.words(0) == ["A/D -1,234 issues", "SPX 2,648.94 points", *words]
    notes = [piece.text for piece in pane.pieces(0) if piece.kind == "note"]
    assert "breadth of NYSE" in notes
    assert ("divergence unknown" in notes) == (kind is DivergenceKind.UNKNOWN)
    assert ("no divergence" in notes) == (kind is DivergenceKind.NONE)
