"""Does TA-Lib, given the solved close as one close more, find the indicator at the level?"""

import numpy as np
import pytest
import talib
from hypothesis import given
from hypothesis import strategies as st

from core.measures.rolling import rolling_mean, rolling_sd
from core.playbook.next_close import MEMORY, close_at_macd_cross, close_at_rsi, close_at_z, closes_before
from tests.core.histories import NAN


def walk(seed: int, count: int, scale: float = 0.06) -> np.ndarray:
    return 20.0 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, scale, count)) * 0.3)


@given(st.integers(0, 500), st.sampled_from([16, 40, 300, 900]), st.sampled_from([35.0, 50.0, 70.0]))
def test_rsi_is_at_the_level(seed: int, count: int, level: float) -> None:
    closes = walk(seed, count)
    close = close_at_rsi(closes_before(closes, count), 14, level)
    if close is None:  # then not even a fall to nothing brings RSI down to it
        assert talib.RSI(np.append(closes, 1e-9), 14)[-1] > level
        return
    assert talib.RSI(np.append(closes, close), 14)[-1] == pytest.approx(level, abs=1e-7)


@given(st.integers(0, 500), st.sampled_from([40, 300, 900]))
def test_macd_is_at_its_signal(seed: int, count: int) -> None:
    closes = walk(seed, count)
    line, signal, _ = talib.MACD(closes, 12, 26, 9)
    close = close_at_macd_cross(closes_before(closes, count), float(line[-1]), float(signal[-1]), (12, 26))
    assert close is not None
    after, its_signal, _ = talib.MACD(np.append(closes, close), 12, 26, 9)
    assert after[-1] == pytest.approx(its_signal[-1], abs=1e-6)
    above, its_signal, _ = talib.MACD(np.append(closes, close + 0.01), 12, 26, 9)
    assert above[-1] > its_signal[-1]


@given(st.integers(0, 500), st.sampled_from([0.0, 1.0, 1.5, 3.0, 4.0]))
def test_z_is_at_the_level(seed: int, z: float) -> None:
    closes = walk(seed, 60)
    close = close_at_z(closes, 20, z)
    assert close is not None
    all_closes = np.append(closes, close)
    mean, sd = rolling_mean(all_closes, 20)[-1], rolling_sd(all_closes, 20)[-1]
    assert (close - mean) / sd == pytest.approx(z, abs=1e-9)


def test_no_close_is_further_than_the_window_allows() -> None:
    # of n values one can be at most (n - 1) / sqrt(n) deviations away: 4.249 of 20
    assert close_at_z(walk(1, 60), 20, 4.24) is not None
    assert close_at_z(walk(1, 60), 20, 4.25) is None


def test_too_few_closes_have_no_level() -> None:
    assert close_at_rsi(walk(1, 14), 14, 50.0) is None
    assert close_at_macd_cross(walk(1, 25), 0.0, 0.0, (12, 26)) is None
    assert close_at_z(walk(1, 18), 20, 1.5) is None


def test_closes_before_begin_after_the_last_gap() -> None:
    values = np.array([1.0, NAN, 3.0, 4.0, 5.0])
    assert closes_before(values, 4).tolist() == [3.0, 4.0]
    assert closes_before(values, 2).tolist() == []
    assert len(closes_before(np.ones(1000), 900)) == MEMORY
