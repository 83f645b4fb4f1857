"""Do MACD and RSI agree with TA-Lib called directly and with the textbook, and never cross a gap?"""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import talib

from core.measures.indicators import macd, wilder_rsi
from tests.core.histories import NAN, random_history

VIX = random_history(11, 900).column("VIX")


def with_gaps() -> tuple[np.ndarray, list[slice]]:
    values = VIX.copy()
    values[[100, 400, 401, 420]] = NAN
    return values, [slice(100), slice(101, 400), slice(402, 420), slice(421, 900)]


def test_macd_is_talibs_on_each_stretch_without_a_gap() -> None:
    values, stretches = with_gaps()
    line, signal = macd(values, 12, 26, 9)
    for stretch in stretches:
        expected = talib.MACD(values[stretch].copy(), 12, 26, 9)
        np.testing.assert_array_equal(line[stretch], expected[0])
        np.testing.assert_array_equal(signal[stretch], expected[1])
    assert np.isnan(line[[100, 400, 401, 420]]).all()


def test_rsi_is_talibs_on_each_stretch_without_a_gap() -> None:
    values, stretches = with_gaps()
    found = wilder_rsi(values, 14)
    for stretch in stretches:
        np.testing.assert_array_equal(found[stretch], talib.RSI(values[stretch].copy(), 14))
    assert np.isnan(found[[100, 400, 401, 420]]).all()


def test_macd_is_the_difference_of_two_exponential_means() -> None:
    closes = pd.Series(VIX)
    expected = closes.ewm(span=12, adjust=False).mean() - closes.ewm(span=26, adjust=False).mean()
    signal = expected.ewm(span=9, adjust=False).mean()
    found = macd(VIX, 12, 26, 9)
    np.testing.assert_allclose(found[0][400:], expected[400:], atol=1e-9)  # both have forgotten their start
    np.testing.assert_allclose(found[1][400:], signal[400:], atol=1e-9)


def test_rsi_is_the_ratio_of_wilders_means() -> None:
    moves = pd.Series(VIX).diff()
    gain = moves.clip(lower=0).ewm(alpha=1 / 14, adjust=False).mean()
    loss = (-moves).clip(lower=0).ewm(alpha=1 / 14, adjust=False).mean()
    np.testing.assert_allclose(wilder_rsi(VIX, 14)[500:], (100 * gain / (gain + loss))[500:], atol=1e-9)


def test_the_first_rsi_and_the_next_by_hand() -> None:
    # 14 moves: gains 3.34 in all, losses 1.40; then a loss of 0.28: means (13 x old + new) / 14
    closes = [
        44.34,
        44.09,
        44.15,
        43.61,
        44.33,
        44.83,
        45.10,
        45.42,
        45.84,
        46.08,
        45.89,
        46.03,
        45.61,
        46.28,
        46.28,
    ]
    found = wilder_rsi(np.array([*closes, 46.00]), 14)
    assert found[14] == pytest.approx(100 * 3.34 / (3.34 + 1.40))
    gain, loss = 3.34 * 13 / 14, (1.40 * 13 / 14 + 0.28)
    assert found[15] == pytest.approx(100 * gain / (gain + loss))
    assert np.isnan(found[:14]).all()


def test_rsi_of_what_has_not_moved_is_unknown_not_oversold() -> None:
    found = wilder_rsi(np.array([15.0] * 30 + [16.0]), 14)
    assert np.isnan(found[:30]).all()
    assert found[30] == 100.0


def test_short_stretches_give_nothing() -> None:
    assert np.isnan(macd(VIX[:33], 12, 26, 9)[0]).all()
    assert np.isfinite(macd(VIX[:34], 12, 26, 9)[1][-1])
    assert np.isnan(wilder_rsi(VIX[:14], 14)).all()


def test_indicators_do_not_bring_pandas_in() -> None:
    code = (
        "import sys, numpy as np; from core.measures.indicators import wilder_rsi;"
        "wilder_rsi(np.arange(1.0, 40.0), 14); assert 'talib' in sys.modules;"
        "assert 'pandas' not in sys.modules and 'polars' not in sys.modules;"
        "import pandas; assert pandas.Series([1.0]).sum() == 1.0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
