"""Is the rolling correlation pandas' own, and does it say how many sessions took part?"""

import numpy as np
import pandas as pd
import pytest

from core.measures.correlation import difference, log_change, rolling_correlation
from tests.core.histories import NAN, random_history, real_history

HISTORY = random_history(5, 300)
VIX, SPX = log_change(HISTORY.column("VIX")), log_change(HISTORY.column("SPX"))


@pytest.mark.playbook("000-27")
def test_it_agrees_with_pandas() -> None:
    found, count = rolling_correlation(VIX, SPX)
    expected = pd.Series(VIX).rolling(60).corr(pd.Series(SPX)).to_numpy()
    np.testing.assert_allclose(found[60:], expected[60:], rtol=1e-9)
    assert set(count[60:]) == {60}


def test_sessions_without_a_value_take_no_part() -> None:
    vix = VIX.copy()
    vix[[150, 151, 170]] = NAN
    found, count = rolling_correlation(vix, SPX)
    pairs = pd.DataFrame({"x": vix, "y": SPX}).iloc[121:181].dropna()
    assert count[180] == len(pairs) == 57
    assert found[180] == pytest.approx(pairs["x"].corr(pairs["y"]))


def test_too_few_sessions_are_unknown() -> None:
    vix = VIX.copy()
    vix[100:111] = NAN
    found, count = rolling_correlation(vix, SPX)
    assert count[149] == 49
    assert np.isnan(found[149])
    assert np.isfinite(found[99])
    assert np.isnan(found[:50]).all()


def test_what_does_not_move_has_no_correlation() -> None:
    found, _ = rolling_correlation(np.full(100, 0.25), SPX[:100])
    assert np.isnan(found).all()


def test_changes() -> None:
    assert difference(np.array([1.5, 1.25, NAN, 2.0]))[1] == -0.25
    assert np.isnan(difference(np.array([1.5, 1.25, NAN, 2.0]))[[0, 2, 3]]).all()
    assert log_change(np.array([10.0, 11.0]))[1] == pytest.approx(np.log(1.1))


def test_vix_falls_when_spx_rises_on_the_real_files() -> None:
    history = real_history()
    found, _ = rolling_correlation(log_change(history.column("VIX")), log_change(history.column("SPX")))
    known = found[np.isfinite(found)]
    assert np.median(known) == pytest.approx(-0.75, abs=0.1)
