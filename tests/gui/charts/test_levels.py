from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.charts.levels import Levels

NUMBERS = st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6))
SERIES = st.lists(NUMBERS, min_size=1, max_size=700).map(np.array)


@given(SERIES, st.integers(0, 699), st.integers(0, 699), st.floats(0.1, 1000))
def test_nothing_in_view_is_lost_or_invented(values: np.ndarray, one: int, other: int, per_pixel: float) -> None:
    first, last = sorted((one % len(values), other % len(values)))
    levels = Levels(values)
    x, y = levels.points(first, last, per_pixel)
    seen, drawn = values[first : last + 1], y[np.isfinite(y)]
    if np.isfinite(seen).any():
        assert drawn.max() >= np.nanmax(seen)
        assert drawn.min() <= np.nanmin(seen)
        assert levels.extremes(first, last, per_pixel) == (drawn.min(), drawn.max())
    else:
        assert not np.isfinite(values[first : last + 1]).any()
    assert set(drawn) <= set(values[np.isfinite(values)])
    assert len(x) == len(y) <= 3 * len(values) + 2


def test_every_pixel_column_spans_exactly_what_its_sessions_span() -> None:
    values = np.random.default_rng(1).normal(size=100_000)
    values[40_000] = 1e3  # one session of a hundred thousand
    x, y = Levels(values).points(0, 99_999, 64.0)
    for block in range(99_999 // 64):
        mine = y[(x >= block * 64) & (x < block * 64 + 64)]
        assert (mine.min(), mine.max()) == (
            values[block * 64 : block * 64 + 64].min(),
            values[block * 64 : block * 64 + 64].max(),
        )
    assert y.max() == 1e3
    assert len(y) == 2 * 1563  # 100,000 / 64, rounded up, two points each


def test_a_gap_stays_a_gap() -> None:
    values = np.arange(1024, dtype=float)
    values[256:512] = np.nan
    for per_pixel in (1.0, 4.0, 64.0):
        x, y = Levels(values).points(0, 1023, per_pixel)
        assert np.isnan(y[(x >= 256) & (x < 512)]).all()
        assert np.isfinite(y[(x < 256) | (x >= 512)]).all()


def test_a_value_between_two_gaps_gets_a_dash_that_can_be_seen() -> None:
    values = np.array([1.0, np.nan, 5.0, np.nan, 2.0, 3.0])
    x, y = Levels(values).points(0, 5, 0.1)
    dashes = {(round(float(a), 3), float(b)) for a, b in zip(x, y, strict=True) if b == 5.0}
    assert dashes == {(2.0, 5.0), (1.7, 5.0), (2.3, 5.0)}
    assert np.isfinite(x).all()


@given(SERIES, st.lists(st.tuples(st.integers(0, 900), NUMBERS), max_size=40), st.integers(0, 700))
def test_values_put_one_by_one_make_the_pyramid_that_building_makes(
    values: np.ndarray, puts: list[tuple[int, float]], kept: int
) -> None:
    levels, expected = Levels(values), list(values)
    for index, value in puts:
        place = min(index, len(expected))
        levels.put(place, value)
        expected[place : place + 1] = [value]
    levels.cut(kept)
    built = Levels(np.array(expected[:kept], dtype=float))
    assert levels.length == built.length
    for per_pixel in (1.0, 2.0, 8.0, 1e9):
        for mine, theirs in zip(levels.points(0, 999, per_pixel), built.points(0, 999, per_pixel), strict=True):
            np.testing.assert_array_equal(mine[: len(theirs)], theirs)


def test_growth_past_the_capacity_keeps_everything() -> None:
    levels = Levels(np.empty(0))
    for index in range(3000):
        levels.put(index, float(index % 97))
    np.testing.assert_array_equal(levels.values, np.arange(3000) % 97)
    assert levels.extremes(0, 2999, 1e6) == (0.0, 96.0)


def test_a_hole_cannot_be_put() -> None:
    with pytest.raises(IndexError, match="index 5 of a series of 3"):
        Levels(np.zeros(3)).put(5, 1.0)


def test_the_highest_of_each_block_with_its_edges() -> None:
    edges, highest = Levels(np.array([0.0, 1, 0, 0, 3, 0, 2, 0, 1])).highest(0, 8, 4.0)
    assert edges.tolist() == [0, 4, 8, 9]
    assert highest.tolist() == [1, 3, 1]


def test_an_empty_series_has_no_extremes_and_no_points() -> None:
    levels = Levels(np.empty(0))
    assert np.isnan(levels.extremes(0, 10, 3.0)).all()
    assert len(levels.points(0, 10, 1.0)[0]) == 0
