from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gui.charts.spread import spread


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([10.0, 50.0, 90.0], 15, 0, 100) == [10, 50, 90]


def test_neighbours_move_apart_evenly() -> None:
    assert spread([50.0, 50.0], 10, 0, 100) == [45, 55]
    assert spread([50.0, 51.0, 52.0], 10, 0, 100) == [41, 51, 61]


def test_the_edge_pushes_back() -> None:
    assert spread([2.0, 3.0], 10, 5, 100) == [5, 15]
    assert spread([99.0, 98.0], 10, 5, 95) == [95, 85]


@given(st.lists(st.floats(0, 200), max_size=8), st.floats(5, 20))
def test_order_and_distance_are_kept(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, 0, 200)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    along = [placed[index] for index in order]
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(along))
    assert all(-1e-6 <= y <= 200 + 1e-6 for y in placed)
