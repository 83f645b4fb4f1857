"""Is HV20 the sample standard deviation of 20 log returns, and unknown when one of 21 closes is missing?"""

import math
import statistics

import numpy as np
import pandas as pd
import pytest

from core.measures.volatility import hv_pct, rv_iv_pct
from tests.core.histories import NAN, random_history, rows

SPX = random_history(3, 300).column("SPX")


def test_it_agrees_with_pandas() -> None:
    expected = np.log(pd.Series(SPX)).diff().rolling(20).std() * np.sqrt(252) * 100
    np.testing.assert_allclose(hv_pct(SPX), expected.to_numpy(), rtol=1e-9)


def test_the_first_value_takes_twenty_one_closes() -> None:
    assert np.flatnonzero(np.isfinite(hv_pct(SPX)))[0] == 20


def test_a_missing_close_makes_two_returns_and_so_twenty_one_sessions_unknown() -> None:
    closes = SPX.copy()
    closes[100] = NAN
    assert np.flatnonzero(np.isnan(hv_pct(closes)))[20:].tolist() == list(range(100, 121))


def test_alternating_moves_of_one_percent() -> None:
    # returns +0.01, -0.01, ...: mean 0, sum of squares 20 x 0.0001, over 19
    closes = 100 * np.exp(np.cumsum(np.array([0.0] + [0.01, -0.01] * 10)))
    assert hv_pct(closes)[-1] == pytest.approx(math.sqrt(20 * 1e-4 / 19 * 252) * 100)


def test_realised_over_implied_is_signed() -> None:
    assert rv_iv_pct(np.array([24.0, 12.0]), np.array([20.0, 16.0])) == pytest.approx([20.0, -25.0])


def test_the_february_of_2018_by_hand() -> None:
    closes = [float(row["Close"]) for row in rows("daily/spx_ohlc_1990_2021.csv") if row["Date"] <= "2018-02-05"]
    returns = [math.log(b / a) for a, b in zip(closes[-21:], closes[-20:], strict=False)]
    expected = statistics.stdev(returns) * math.sqrt(252) * 100
    assert hv_pct(np.array(closes))[-1] == pytest.approx(expected, rel=1e-12)
