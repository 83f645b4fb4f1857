from __future__ import annotations

import math

import pytest

from gui.charts.span import Span, ValueSpan, clamped, last_sessions, limits, padded


def test_a_session_reaches_half_a_session_to_both_sides() -> None:
    span = Span(9.5, 19.5, 100.0)  # sessions 10 to 19, ten pixels each
    assert (span.first, span.last) == (10, 19)
    assert span.sessions_per_pixel == pytest.approx(0.1)
    assert span.pixel(10) == pytest.approx(5)
    assert [span.session_at(pixel) for pixel in (0.0, 9.9, 10.1, 99.9)] == [10, 10, 11, 19]


def test_values_are_counted_from_the_top() -> None:
    values = ValueSpan(0.0, 4.0, 200.0)
    assert [values.pixel(v) for v in (4.0, 1.0, 0.0)] == [0.0, 150.0, 200.0]


def test_limits_and_ranges_leave_room_at_the_right() -> None:
    assert limits(1000) == (-0.5, 999.5 + 20)
    assert last_sessions(252, 1000) == (747.5, 999.5 + 5.04)
    assert last_sessions(0, 1000) == last_sessions(5000, 1000) == limits(1000)
    assert limits(0) == (-0.5, 8.5)  # room for the fewest sessions that can be shown


def test_a_stretch_is_moved_then_cut_to_its_limits() -> None:
    assert clamped(-10, 40, (-0.5, 100)) == (-0.5, 49.5)
    assert clamped(90, 140, (-0.5, 100)) == (50, 100)
    assert clamped(-50, 500, (-0.5, 100)) == (-0.5, 100)
    assert clamped(10, 11, (-0.5, 100)) == (10, 18)


def test_padding_of_a_range_a_point_and_nothing() -> None:
    assert padded(0.0, 100.0) == (-6.0, 106.0)
    assert padded(50.0, 50.0) == (49.5, 50.5)
    assert padded(0.0, 0.0) == (-0.01, 0.01)
    assert padded(math.nan, math.nan) == (0.0, 1.0)
