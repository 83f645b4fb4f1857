from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.measures.breadth import DivergenceKind, Grade
from gui.charts.divergences import CORNERS, HALF_SIZE_PX, divergence_runs
from gui.charts.span import Span, ValueSpan

if TYPE_CHECKING:
    from gui.charts.stack import PaneStack

B, U, S, N, X = (
    DivergenceKind.BEARISH,
    DivergenceKind.BULLISH,
    DivergenceKind.SLOPE,
    DivergenceKind.NONE,
    DivergenceKind.UNKNOWN,
)


def runs_of(kinds: list[int], grades: list[int]) -> list[tuple[int, int, int]]:
    found = divergence_runs(np.array(kinds, np.int8), np.array(grades, np.int8))
    return list(zip(found.first.tolist(), found.kind.tolist(), found.grade.tolist(), strict=True))


def test_a_run_is_marked_once_at_its_first_session_with_its_greatest_grade() -> None:
    assert runs_of([N, B, B, B, N, U, U], [0, 1, 3, 2, 0, 2, 1]) == [(1, B, 3), (5, U, 2)]


def test_runs_of_another_kind_follow_without_a_pause() -> None:
    assert runs_of([S, S, B, S], [1, 1, 2, 1]) == [(0, S, 1), (2, B, 2), (3, S, 1)]


def test_ungraded_and_unknown_runs_are_not_marked() -> None:
    assert runs_of([B, N, S, X, B], [0, 0, -1, -1, 1]) == [(4, B, 1)]
    assert runs_of([], []) == []


def test_thinning_keeps_the_strongest_of_each_stretch() -> None:
    kinds = np.zeros(64, np.int8)
    grades = np.zeros(64, np.int8)
    kinds[1::2], grades[1::2] = B, 1
    grades[21], grades[22] = 3, 0
    found = divergence_runs(kinds, grades)
    assert len(found.first) == 32
    thinned = found.thinned(10)  # stretches of 16
    assert thinned.first.tolist() == [1, 21, 33, 49]
    assert found.thinned(0.5).first.tolist() == found.first.tolist()
    assert found.between(20, 30).first.tolist() == [21, 23, 25, 27, 29]


def test_marks_do_not_change_while_scrolling(stack: PaneStack) -> None:
    kinds = np.zeros(2000, np.int8)
    kinds[::7] = S
    marks = stack.breadth.marks
    marks.fill(kinds, (kinds > 0).astype(np.int8))
    marks.show_range(Span(0, 1000, 200), ValueSpan(0, 1, 100))
    before = [i for i in marks.shown().first.tolist() if 100 <= i <= 900]
    marks.show_range(Span(37, 1037, 200), ValueSpan(0, 1, 100))
    assert [i for i in marks.shown().first.tolist() if 100 <= i <= 900] == before
    assert len(before) < 800 / 80 + 2


def test_kinds_have_shapes_and_grades_have_sizes_of_their_own() -> None:
    assert len(set(CORNERS.values())) == 3
    assert max(CORNERS[B], key=lambda corner: corner[1])[0] == 0.0  # points down
    assert min(CORNERS[U], key=lambda corner: corner[1])[0] == 0.0  # points up
    sizes = [HALF_SIZE_PX[grade] for grade in (Grade.MINOR, Grade.MODERATE, Grade.PRONOUNCED)]
    assert all(math.isfinite(size) for size in sizes)
    assert sizes == sorted(set(sizes))
