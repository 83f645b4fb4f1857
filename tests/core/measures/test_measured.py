"""Do the measures look only backwards, fit together on real days, and take one more session as it comes?"""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.measures.measured import Measured, MeasureSettings, measure, measured_with
from tests.core.histories import NAN, at, history_of, random_history, real_history

SETTINGS = MeasureSettings(universe="NYSE")
ARRAYS = [
    each.name for each in fields(Measured) if each.name not in {"history", "edr_formula", "universe", "settings"}
]


def assert_same(found: Measured, expected: Measured, **tolerance: float) -> None:
    for name in ARRAYS:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), err_msg=name, **tolerance)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 5),
    st.integers(0, 420),
    st.sampled_from(["A", "B", "C", "G", "H", "E3"]),
    st.sampled_from([0.0, 0.01]),
)
def test_truncating_the_future_gives_the_same_past(seed: int, length: int, formula: str, gaps: float) -> None:
    chosen = replace(SETTINGS, edr_formula=formula)
    history = random_history(seed, 420, gaps)
    cut = measure(history, chosen).until(length)
    assert_same(cut, measure(history.until(length), chosen), rtol=0, atol=0)
    assert cut.history.length == min(length, 420)


def test_every_array_has_an_element_a_session() -> None:
    measured = measure(random_history(1, 90), SETTINGS)
    assert {name: len(getattr(measured, name)) for name in ARRAYS} == dict.fromkeys(ARRAYS, 90)
    assert measured.vx.shape == (90, 8)


def test_nothing_imported_is_nothing_known() -> None:
    measured = measure(history_of(SPX=np.full(80, NAN)), MeasureSettings())
    known = {name for name in ARRAYS if np.isfinite(getattr(measured, name)).any()}
    assert known == {
        "edr_stands_in",
        "rule_front",
        "divergence",
        "divergence_sessions",
        "divergence_grade",
    }  # whole numbers
    assert set(measured.divergence) == set(measured.divergence_grade) == {-1}
    assert set(measured.rule_front) == {0}
    assert measured.universe == ""


def test_edr_is_unknown_where_vix9d_is_missing_inside_its_life() -> None:
    history = random_history(2, 80)
    vix9d = history.column("VIX9D").copy()
    vix9d[[*range(40), 60]] = NAN
    columns = {**history.columns, "VIX9D": vix9d}
    measured = measure(replace(history, columns=columns), SETTINGS)
    assert measured.edr_stands_in.tolist() == [True] * 40 + [False] * 40
    assert np.flatnonzero(np.isnan(measured.edr_pct)).tolist() == [*range(20), 60]
    by_hand = (0.6 * history.column("VIX")[30] + 0.4 * measured.hv20_pct[30]) / 252**0.5
    assert measured.edr_pct[30] == pytest.approx(by_hand)


def test_a_formula_without_vix9d_needs_no_stand_in() -> None:
    columns = {name: values for name, values in random_history(2, 40).columns.items() if name != "VIX9D"}
    history = replace(random_history(2, 40), columns=columns)
    assert not measure(history, replace(SETTINGS, edr_formula="B")).edr_stands_in.any()
    assert measure(history, replace(SETTINGS, edr_formula="C")).edr_stands_in.all()


@pytest.mark.parametrize("seed", range(4))
def test_one_more_session_is_what_the_whole_history_would_give(seed: int) -> None:
    history = random_history(seed, 1400, gaps=0.0005)
    values = {"SPX": 2100.0, "VIX": 21.0, "VIX9D": 23.5, "VX1": 20.0, "VX2": 19.0, "VX3": 18.5}
    values |= {"BREADTH:NYSE.advances": 900.0, "BREADTH:NYSE.declines": 2100.0}
    live = measured_with(measure(history, SETTINGS), values)
    whole = measure(history.extended(values), SETTINGS)
    for name in ARRAYS:
        np.testing.assert_allclose(getattr(live, name)[-60:], getattr(whole, name)[-60:], rtol=1e-11, err_msg=name)
    assert live.history.days[-1] == whole.history.days[-1]


def test_universe_and_life_of_vix9d_are_those_of_the_past_however_long_ago() -> None:
    history = random_history(3, 900)
    columns = dict(history.columns)
    columns["VIX9D"] = np.where(np.arange(900) < 100, columns["VIX9D"], NAN)  # nobody imported it since
    for field in ("advances", "declines"):
        columns[f"BREADTH:NYSE.{field}"] = np.where(np.arange(900) < 150, columns[f"BREADTH:NYSE.{field}"], NAN)
    past = measure(replace(history, columns=columns), MeasureSettings())
    live = measured_with(past, {"SPX": 2000.0, "VIX": 20.0})
    assert (past.universe, live.universe) == ("NYSE", "NYSE")
    assert live.settings == past.settings == MeasureSettings()
    assert not live.edr_stands_in[-1]
    assert np.isnan(live.edr_pct[-1])


def test_a_symbol_never_seen_before_may_be_quoted_live() -> None:
    history = history_of(SPX=np.linspace(2000, 2050, 30), VIX=np.linspace(15, 16, 30))
    past = measure(history, MeasureSettings())
    live = measured_with(past, {"SPX": 2051.0, "VIX": 16.0, "VIX9D": 14.0, "VX1": 17.0, "VX2": 18.0})
    assert live.vix9d_used[-1] == 14.0
    assert live.edr_stands_in.tolist()[-2:] == [True, False]
    assert live.backwardation_pct[-1] == pytest.approx((17 / 18 - 1) * 100)


def test_february_and_march_on_the_real_files() -> None:
    history = real_history()
    measured = measure(history, MeasureSettings())
    friday, monday, crash = (at(history, day) for day in ("2018-02-02", "2018-02-05", "2020-03-16"))
    assert measured.universe == "SP500"
    assert measured.spx[monday] == pytest.approx(2648.94, abs=0.005)
    assert measured.vix[monday] == 37.32
    assert measured.vx[monday, :2].tolist() == [33.225, 27.975]
    assert measured.rana[monday] == pytest.approx((2 - 502) / (2 + 502))
    assert measured.ad_line[monday] - measured.ad_line[friday] == -500
    assert measured.backwardation_pct[monday] == pytest.approx((33.225 / 27.975 - 1) * 100)
    assert measured.rule_front[monday] == 1  # 2018-02-14 is 9 days away
    assert measured.spx[crash] == pytest.approx(2386.13, abs=0.005)
    assert measured.vix[crash] == 82.69
    assert measured.backwardation_pct[crash] == pytest.approx(22.8, abs=0.05)
    assert measured.rule_backwardation_pct[crash] == pytest.approx(31.8, abs=0.05)
    assert measured.rule_front[crash] == 2
    # breadth has a gap from 2019-02-28 to 2020-01-17: 60 values are not there again on 2020-03-16
    assert np.isnan(measured.divergence_d[crash])
    assert measured.divergence[crash] >= 0


def test_edr_and_means_of_2018_02_05_by_hand() -> None:
    history = real_history()
    measured = measure(history, MeasureSettings())
    monday = at(history, "2018-02-05")
    closes = history.column("SPX")[monday - 20 : monday + 1]
    returns = np.diff(np.log(closes))
    hv20 = np.sqrt(((returns - returns.mean()) ** 2).sum() / 19 * 252) * 100
    edr = (0.6 * 59.34 + 0.4 * hv20) / np.sqrt(252)  # VIX9D closed at 59.34
    assert measured.edr_pct[monday] == pytest.approx(edr)
    assert measured.edr_points[monday] == pytest.approx(edr / 100 * 2648.94, abs=1e-3)
    vix = history.column("VIX")[monday - 19 : monday + 1]
    assert measured.vix_sma20[monday] == pytest.approx(vix.sum() / 20)
    assert measured.vix_sd20[monday] == pytest.approx(np.sqrt(((vix - vix.mean()) ** 2).sum() / 19))
    assert measured.rv_iv_pct[monday] == pytest.approx((hv20 / 37.32 - 1) * 100)


def test_vix_stands_in_before_2011_on_the_real_files() -> None:
    measured = measure(real_history(), MeasureSettings())
    assert measured.edr_stands_in.sum() == at(real_history(), "2011-01-04")
