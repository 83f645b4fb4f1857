"""Do the rolling windows agree with pandas, and is a missing session never counted as something?"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from core.measures.rolling import (
    change_over,
    gap_free_runs,
    rolling_max,
    rolling_mean,
    rolling_min,
    rolling_sd,
    rolling_sum,
    run_starts,
    z_score,
)
from tests.core.histories import NAN

RANDOM = np.random.default_rng(7)
VALUES = np.where(RANDOM.random(400) < 0.03, np.nan, RANDOM.normal(20, 4, 400))


@pytest.mark.parametrize("count", [2, 5, 20, 60])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (rolling_sum, "sum"),
        (rolling_mean, "mean"),
        (rolling_sd, "std"),
        (rolling_max, "max"),
        (rolling_min, "min"),
    ],
)
def test_windows_agree_with_pandas(ours: Callable, theirs: str, count: int) -> None:
    expected = getattr(pd.Series(VALUES).rolling(count), theirs)().to_numpy()
    np.testing.assert_allclose(ours(VALUES, count), expected, rtol=1e-9)


def test_a_window_longer_than_the_history_is_unknown() -> None:
    assert np.isnan(rolling_sd(np.array([1.0, 2.0]), 3)).all()
    assert len(rolling_mean(np.array([]), 3)) == 0


def test_z_counts_standard_deviations_from_the_mean() -> None:
    # mean of 1..5 is 3, their sample variance 10/4
    assert z_score(np.array([1.0, 2, 3, 4, 5]), 5)[-1] == pytest.approx(2 / 2.5**0.5)


def test_z_of_what_never_moves_is_unknown_not_zero() -> None:
    assert np.isnan(z_score(np.full(80, 0.1), 60)).all()


def test_change_is_the_log_of_a_ratio() -> None:
    assert change_over(np.array([100.0, 105, NAN, 121]), 1)[1] == pytest.approx(0.04879016)
    assert change_over(np.array([100.0, 105, NAN, 121]), 3)[-1] == pytest.approx(np.log(1.21))
    assert np.isnan(change_over(np.array([100.0, 105, NAN, 121]), 1)[[0, 2, 3]]).all()


def test_runs_are_the_stretches_between_gaps() -> None:
    known = np.array([False, True, True, False, False, True])
    assert [(run.start, run.stop) for run in gap_free_runs(known)] == [(1, 3), (5, 6)]
    assert run_starts(np.array([True, False, True, False, False])).tolist() == [0, 0, 2, 2, 2]
