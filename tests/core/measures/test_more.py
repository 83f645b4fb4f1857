"""Do the further measures stand on the sessions of the history, and correlate only what was known?"""

import numpy as np
import pandas as pd
import pytest

from core.measures.curve import constant_maturity, days_to_expiries
from core.measures.measured import Measured, MeasureSettings, measure
from core.measures.more import known_sessions, more_measures
from tests.core.histories import NAN, at, calendar, history_of, random_history, real_history


def measured_with(seed: int = 5, **columns: np.ndarray) -> Measured:
    history = random_history(seed, 200)
    named = {name: values[:200] for name, values in columns.items()}
    merged = {**history.columns, **named}
    return measure(
        history_of(**{name.replace(":", "__").replace(".", "__"): v for name, v in merged.items()}),
        MeasureSettings(universe="NYSE"),
    )


def test_every_array_has_an_element_a_session() -> None:
    more = more_measures(measured_with())
    arrays = [
        more.mcclellan,
        more.mcclellan_summation,
        more.ad_percent,
        more.zweig_pct,
        more.zweig_thrust,
        more.vx30,
    ]
    assert {len(array) for array in (*arrays, *more.realised_pct.values())} == {200}
    assert more.contango_pct.shape == (200, 7)
    assert list(more.realised_pct) == [
        "parkinson_pct",
        "garman_klass_pct",
        "rogers_satchell_pct",
        "yang_zhang_pct",
    ]


def test_nothing_imported_is_nothing_known() -> None:
    more = more_measures(measure(history_of(SPX=np.full(80, NAN)), MeasureSettings()))
    assert np.isnan(more.vx30).all()
    assert np.isnan(more.mcclellan).all()
    assert more.correlations == ()
    empty = measure(history_of(SPX=np.array([])), MeasureSettings())
    assert more_measures(empty).contango_pct.shape == (0, 7)


def test_thirty_days_from_three_futures_are_those_of_all_eight() -> None:
    measured = measure(real_history(), MeasureSettings())
    left = days_to_expiries(measured.history.days, 8, calendar())
    whole = constant_maturity(measured.vx, left)
    rows = np.isfinite(measured.vx[:, :3]).all(axis=1)
    np.testing.assert_array_equal(more_measures(measured).vx30[rows], whole[rows])
    assert rows.sum() > 3000


def test_a_correlation_leaves_out_what_was_not_known_at_the_last_close() -> None:
    random = np.random.default_rng(3)
    yields = 2 + np.cumsum(random.normal(0, 0.05, 200))
    dollar = 100 + np.cumsum(random.normal(0, 0.4, 200))
    measured = measured_with(DGS10=yields, DTWEXBGS=dollar)
    found = {one.symbol: one for one in more_measures(measured).correlations}
    vix = pd.Series(np.log(measured.vix)).diff()
    # a yield is known at the next opening: 59 of the last 60 changes
    pair = pd.DataFrame({"x": pd.Series(yields).diff(), "y": vix}).iloc[140:199]
    assert found["DGS10"].with_vix == pytest.approx(pair["x"].corr(pair["y"]))
    assert found["DGS10"].vix_sessions == 59
    # the dollar index a week later: five sessions more without a holiday
    days = measured.history.days
    unknown = int((days + np.timedelta64(7, "D") >= days[-1]).sum())
    pair = pd.DataFrame({"x": pd.Series(np.log(dollar)).diff(), "y": vix}).iloc[140 : 200 - unknown]
    assert found["DTWEXBGS"].vix_sessions == 60 - unknown
    assert found["DTWEXBGS"].with_vix == pytest.approx(pair["x"].corr(pair["y"]))
    edr = pd.Series(np.log(measured.edr_pct)).diff()
    pair = pd.DataFrame({"x": pd.Series(yields).diff(), "y": edr}).iloc[140:199]
    assert found["DGS10"].with_edr == pytest.approx(pair["x"].corr(pair["y"]))


def test_the_value_of_the_last_session_changes_no_correlation() -> None:
    yields = 2 + np.cumsum(np.random.default_rng(3).normal(0, 0.05, 200))
    other = yields.copy()
    other[-1] = 9.0
    first, second = (more_measures(measured_with(DGS10=values)).correlations[0] for values in (yields, other))
    assert first == second


def test_known_sessions_are_counted_from_the_first() -> None:
    history = history_of("2018-01-02", DGS10=np.ones(30), DTWEXBGS=np.ones(30))
    last = at(history, "2018-02-05")
    cut = history.until(last + 1)
    close = int(cut.closes[-1])
    assert known_sessions("DGS10", cut, close) == last  # that of Friday is the last one known
    assert known_sessions("DGS10", cut, close + 17 * 3600) == last  # 9:00 on Tuesday
    assert known_sessions("DGS10", cut, close + 18 * 3600) == last + 1  # 10:00
    # the dollar index of Monday 01-29 is known a week later at 16:15
    assert known_sessions("DTWEXBGS", cut, close) == at(history, "2018-01-26") + 1
    assert known_sessions("DTWEXBGS", cut, close + 15 * 60) == at(history, "2018-01-29") + 1
