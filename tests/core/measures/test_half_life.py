"""Is the half-life that of the standard library's regression, and unknown where nothing goes back?"""

import math
import statistics

import numpy as np
import pytest

from core.measures.half_life import half_life


def test_it_agrees_with_the_standard_library() -> None:
    random = np.random.default_rng(5)
    closes = [20.0]
    for shock in random.normal(0, 1, 251):
        closes.append(2.0 + 0.9 * closes[-1] + shock)
    slope = statistics.linear_regression(closes[:-1], closes[1:]).slope
    assert half_life(np.array(closes)) == pytest.approx(math.log(0.5) / math.log(slope))
    # without noise a deviation of 0.9 a session is halved after 6.58 sessions
    plain = np.array([20 + 10 * 0.9**n for n in range(252)])
    assert half_life(plain) == pytest.approx(6.5788, abs=1e-3)


@pytest.mark.parametrize(
    "closes", [[1.0, 2.0], [20.0] * 252, [1.0, 2.0, math.nan, 4.0], [2.0**n for n in range(50)], [1.0, -1.0] * 20]
)
def test_what_does_not_go_back_has_none(closes: list[float]) -> None:
    assert math.isnan(half_life(np.array(closes)))
