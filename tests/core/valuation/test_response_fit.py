"""Does the fit find a response that was put into a history, withstand bad days, and say so where it cannot?"""

import csv
from datetime import date

import numpy as np
import pytest

from core.valuation.response_fit import CLAMP_DOWN, fit_responses
from core.valuation.response_map import ResponseMap
from tests.core.market.exchange import real_file

DAYS = np.arange("2020-01-01", "2022-06-01", dtype="datetime64[D]")


def history(noise: float, b_down: float = 5.0, b_up: float = 3.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return SPX and VIX closes of which each daily change has the response, and some noise of ln VIX."""
    rng = np.random.default_rng(seed)
    r = rng.normal(0, 0.012, len(DAYS) - 1)
    y = -np.where(r < 0, b_down, b_up) * r + rng.normal(0, noise, len(r))
    return (
        np.exp(np.concatenate([[np.log(level)], np.log(level) + np.cumsum(x)]))
        for level, x in ((4000.0, r), (18.0, y))
    )


def fitted(found: ResponseMap | str) -> ResponseMap:
    assert isinstance(found, ResponseMap), found
    return found


def test_an_exact_response_is_found_exactly() -> None:
    found = fitted(fit_responses(DAYS, *history(0.0)))
    for response in found.responses:
        assert (response.b_down, response.b_up) == pytest.approx((5.0, 3.0))
    assert (found.first, found.last, found.sessions) == (date(2021, 9, 22), date(2022, 5, 31), 252)
    assert found.is_fitted
    assert "fitted on 2022-05-31 over 252 sessions from 2021-09-22: b 5.00 down, 3.00 up" in found.note


def test_noise_spreads_low_and_high_around_the_base() -> None:
    found = fitted(fit_responses(DAYS, *history(0.02), sessions=800))
    assert (found.base.b_down, found.base.b_up) == pytest.approx((5.0, 3.0), abs=0.4)
    # the quantiles of a normal residual of 2 % at a move of 1.2 % x 1.645 (the 90 % quantile of its size)
    spread = 1.2816 * 0.02 / (0.012 * 1.645)
    assert found.high.b_down - found.base.b_down == pytest.approx(spread, abs=0.4)
    assert found.base.b_up - found.low.b_up == pytest.approx(spread, abs=0.4)


def test_single_bad_days_move_little() -> None:
    spx, vix = history(0.01)
    clean = fitted(fit_responses(DAYS, spx, vix))
    spoilt = np.array(vix)
    spoilt[-40] *= 3.0  # one wrong close: two wrong changes
    found = fitted(fit_responses(DAYS, spx, spoilt))
    assert (found.base.b_down, found.base.b_up) == pytest.approx((clean.base.b_down, clean.base.b_up), abs=0.25)


def test_what_was_never_seen_is_clamped() -> None:
    found = fitted(fit_responses(DAYS, *history(0.0, b_down=25.0)))
    assert found.base.b_down == CLAMP_DOWN[1]


def test_gaps_are_left_out_and_too_little_is_no_fit() -> None:
    spx, vix = (np.array(one) for one in history(0.0))
    vix[-100] = np.nan
    found = fitted(fit_responses(DAYS, spx, vix))
    assert found.sessions == 250
    assert found.base.b_down == pytest.approx(5.0)
    assert "at least 40 are needed" in fit_responses(DAYS[-60:], spx[-60:], vix[-60:])
    assert "0 sessions with falls" in fit_responses(DAYS, np.full(len(DAYS), np.nan), vix)


@pytest.mark.playbook("004-23")
def test_thirty_years_of_real_closes_are_near_the_published_beta() -> None:
    with real_file("daily/VIX_History.csv").open() as lines:
        vix_of = {row["DATE"]: float(row["CLOSE"]) for row in csv.DictReader(lines)}
    with real_file("daily/spx_ohlc_1990_2021.csv").open() as lines:
        rows = [(row["Date"], float(row["Close"])) for row in csv.DictReader(lines)]
    days = [date.fromisoformat(day[:10]) for day, _ in rows]
    vix = np.array([vix_of.get(day.strftime("%m/%d/%Y"), np.nan) for day in days])
    found = fitted(
        fit_responses(np.array(days, "datetime64[D]"), np.array([close for _, close in rows]), vix, 10_000)
    )
    # "-4.94 since 2004", "+14.3 % on days of -3 %, -9.7 % on days of +3 %" (playbook 4.3)
    assert 3.5 < found.base.b_down < 6.0
    assert 2.5 < found.base.b_up < 5.0
    assert found.low.b_down < found.base.b_down < found.high.b_down
