"""Are all sign changes found, and are the roots roots?"""

import math

import numpy as np
import pytest

from core.valuation.roots import bracketed, fraction_to_zero, refined, sign_changes


def test_sign_changes_count_zero_as_not_below() -> None:
    assert sign_changes(np.array([-1.0, 0.0, 0.0, 2.0, -3.0, -1.0])).tolist() == [0, 3]


def test_brackets_are_refined_together() -> None:
    # roots known in closed form: pi, 2 pi, 3 pi of the sine
    low, high = np.array([3.0, 6.0, 9.0]), np.array([4.0, 7.0, 10.0])
    assert refined(np.sin, low, high, 4) == pytest.approx([math.pi, 2 * math.pi, 3 * math.pi], abs=1e-13)


def test_a_corner_is_found_to_the_width_of_the_last_bracket() -> None:
    found = refined(lambda x: np.where(x < math.e, -1.0, 5.0), np.array([0.0]), np.array([5.0]), 4)
    assert found[0] == pytest.approx(math.e, abs=5 / 64**4)


def test_no_bracket_gives_no_root() -> None:
    assert refined(np.sin, np.empty(0), np.empty(0), 3).shape == (0,)


def test_a_straight_line_meets_zero_in_proportion() -> None:
    assert fraction_to_zero(np.array([-1.0, 3.0, 0.0]), np.array([3.0, -1.0, 0.0])).tolist() == [0.25, 0.75, 0.0]


def test_brackets_close_on_roots_of_every_shape() -> None:
    # steep, flat at the root, a corner, and a curve on which straight lines alone would crawl
    functions = [
        lambda x: np.exp(x) - 2.0,
        lambda x: (x - 0.7) ** 3,
        lambda x: np.where(x < 0.3, x - 0.3, 50 * (x - 0.3)),
        lambda x: x**9 - 1e-4,
    ]

    def values(x: np.ndarray) -> np.ndarray:
        return np.array([function(one) for function, one in zip(functions, x, strict=True)])

    low, high = np.zeros(4), np.full(4, 2.0)
    found = bracketed(values, low, high, (values(low), values(high)))
    assert found[[0, 2]] == pytest.approx([np.log(2.0), 0.3], abs=1e-5)
    # 1e-5 of a dollar is as far as a value is followed: the third root of it here
    assert found[1] == pytest.approx(0.7, abs=0.025)
    assert abs(values(found)).max() <= 1e-5


def test_ends_that_are_a_little_off_still_lead_to_the_root() -> None:
    found = bracketed(lambda x: x - 1.0, np.array([0.0]), np.array([5.0]), (np.array([-1.01]), np.array([3.99])))
    assert found == pytest.approx([1.0], abs=1e-5)
