"""Does the line of zero lie where the values are zero? Against circles and planes whose zero is known."""

from __future__ import annotations

import numpy as np
import pytest

from gui.risk.contour import zero_lines


def test_a_circle_is_found_all_around() -> None:
    x, y = np.linspace(-2, 2, 81), np.linspace(-2, 2, 61)
    pieces = zero_lines(x, y, x**2 + y[:, None] ** 2 - 1.7**2)
    assert np.hypot(*pieces.T) == pytest.approx(1.7, abs=2e-3)
    lengths = np.hypot(*(pieces[::2] - pieces[1::2]).T)
    assert lengths.sum() == pytest.approx(2 * np.pi * 1.7, rel=1e-3)  # the circumference: no gap, nothing twice


def test_a_plane_is_cut_exactly() -> None:
    x, y = np.linspace(0, 10, 11), np.linspace(0, 4, 5)
    pieces = zero_lines(x, y, 3 * x + 0.5 * y[:, None] - 12.7)
    assert 3 * pieces[:, 0] + 0.5 * pieces[:, 1] == pytest.approx(12.7)


def test_what_is_unknown_has_no_line_and_neither_has_one_sign() -> None:
    x, y = np.arange(5.0), np.arange(4.0)
    assert len(zero_lines(x, y, np.full((4, 5), 3.0))) == 0
    assert len(zero_lines(x, y, np.full((4, 5), np.nan))) == 0
    half = np.where(x < 3, x - 0.5, np.nan) + 0 * y[:, None]
    assert zero_lines(x, y, half)[:, 0] == pytest.approx(0.5)
