"""Are McClellan, A/D percent and the Zweig thrust as published? Against TA-Lib, pandas and the known thrusts."""

import numpy as np
import pandas as pd
import pytest
import talib

from core.market.calendar import session_indexes
from core.measures.breadth_extra import (
    ad_percent,
    ema,
    mcclellan,
    mcclellan_summation,
    zweig_pct,
    zweig_thrust,
)
from tests.core.histories import NAN, calendar, random_history, rows

HISTORY = random_history(8, 400)
ADVANCES, DECLINES = (HISTORY.column(f"BREADTH:NYSE.{name}") for name in ("advances", "declines"))
RANA_1000 = 1000 * (ADVANCES - DECLINES) / (ADVANCES + DECLINES)


@pytest.mark.parametrize("count", [2, 10, 19, 39])
def test_the_mean_is_talibs(count: int) -> None:
    np.testing.assert_allclose(ema(RANA_1000, count), talib.EMA(RANA_1000, count), rtol=1e-9)


def test_the_mean_begins_with_the_plain_mean_and_moves_by_its_weight() -> None:
    # count 3: weight 0.5; mean of 1, 2, 6 is 3, then 3 + (5 - 3) / 2
    assert ema(np.array([1.0, 2, 6, 5]), 3)[2:].tolist() == [3.0, 4.0]


def test_the_oscillator_is_that_of_talib_and_needs_thirty_nine_sessions() -> None:
    found = mcclellan(ADVANCES, DECLINES)
    expected = talib.EMA(RANA_1000, 19) - talib.EMA(RANA_1000, 39)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)
    assert np.flatnonzero(np.isfinite(found))[0] == 38


def test_the_oscillator_written_with_its_two_weights() -> None:
    # StockCharts: (net advances - EMA yesterday) x 0.10 (0.05) + EMA yesterday
    fast, slow = RANA_1000[:19].mean(), RANA_1000[:39].mean()
    for value in RANA_1000[19:39]:
        fast += 0.10 * (value - fast)
    for value in RANA_1000[39:]:
        fast += 0.10 * (value - fast)
        slow += 0.05 * (value - slow)
    assert mcclellan(ADVANCES, DECLINES)[-1] == pytest.approx(fast - slow)


def test_a_gap_begins_everything_anew() -> None:
    advances = ADVANCES.copy()
    advances[200] = NAN
    found = mcclellan(advances, DECLINES)
    assert np.flatnonzero(np.isnan(found)).tolist() == [*range(38), *range(200, 239)]
    np.testing.assert_allclose(found[201:], mcclellan(ADVANCES[201:], DECLINES[201:]), rtol=1e-12)
    total = mcclellan_summation(found)
    assert total[239] == found[239]
    assert total[-1] == pytest.approx(found[239:].sum())
    assert np.isnan(total[200])


def test_the_summation_is_the_sum() -> None:
    found = mcclellan_summation(mcclellan(ADVANCES, DECLINES))
    expected = pd.Series(mcclellan(ADVANCES, DECLINES)).cumsum()  # pandas skips what is NaN at the start
    np.testing.assert_allclose(found, expected.to_numpy(), rtol=1e-9)


def test_ad_percent_counts_the_unchanged() -> None:
    found = ad_percent(np.array([300.0, 0, 5]), np.array([100.0, 0, 5]), np.array([100.0, 0, NAN]))
    assert found[0] == pytest.approx(40.0)
    assert np.isnan(found[1:]).all()


def test_a_thrust_is_ten_sessions_from_below_forty_to_above_sixty_one_and_a_half() -> None:
    slow = np.array([50.0, 39.9, *np.linspace(42, 60, 10), 62.0, 63.0])
    assert not zweig_thrust(slow).any()  # eleven sessions after 39.9
    quick = np.delete(slow, 5)
    assert np.flatnonzero(zweig_thrust(quick)).tolist() == [11]
    assert not zweig_thrust(np.where(quick == 39.9, 40.0, quick)).any()  # never below 40
    assert not zweig_thrust(np.where(quick > 61.5, 61.5, quick)).any()  # never above 61.5


def test_a_second_crossing_without_a_second_low_is_no_second_thrust() -> None:
    assert np.flatnonzero(zweig_thrust(np.array([39.0, 50, 62, 61, 62, 39, 62]))).tolist() == [2, 6]


def test_the_thrusts_of_the_new_york_stock_exchange() -> None:
    # the thrusts that the literature lists between 1990 and 2015
    listed = ["2004-05-25", "2009-03-18", "2011-10-14", "2013-10-18", "2015-10-08"]
    found = rows("breadth/breadth_nyse_1990_2015.csv")
    days = np.array([row["date"] for row in found], dtype="datetime64[D]")
    traded = session_indexes(days, calendar()) >= 0
    advances, declines = (np.array([float(row[name]) for row in found]) for name in ("advances", "declines"))
    thrust = zweig_thrust(zweig_pct(advances[traded], declines[traded]))
    assert days[traded][thrust].astype(str).tolist() == listed


def test_nothing_is_nothing() -> None:
    none = np.array([])
    assert len(mcclellan(none, none)) == len(zweig_thrust(none)) == 0
    assert np.isnan(mcclellan(np.full(50, NAN), np.full(50, NAN))).all()
