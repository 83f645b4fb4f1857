"""Do prices and implied volatilities agree with QuantLib and vollib over a wide random sample?"""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.valuation.black76 import NoVolatility, delta, implied_volatilities, implied_volatility, price

Sample = tuple[NDArray[np.float64], ...]
COUNT = 3000
FORWARDS = st.floats(8, 7000)
VOLATILITIES = st.floats(0.03, 3)
YEARS = st.floats(1e-4, 2)


@pytest.fixture(scope="module")
def sample() -> Sample:
    rng = np.random.default_rng(76)

    def log_uniform(low: float, high: float) -> NDArray[np.float64]:
        return np.exp(rng.uniform(math.log(low), math.log(high), COUNT))

    forward, sigma, years = log_uniform(8, 7000), log_uniform(0.03, 3), log_uniform(1e-4, 2)
    strike = forward * np.exp(np.clip(rng.uniform(-6, 6, COUNT) * sigma * np.sqrt(years), -2, 2))
    sign = rng.choice([1, -1], COUNT)
    return forward, strike, sigma, years, sign, np.exp(-rng.uniform(-0.01, 0.08, COUNT) * years)


def columns(sample: Sample) -> Iterator[tuple[float, ...]]:
    return zip(*(np.asarray(column).tolist() for column in sample), strict=True)


def test_prices_agree_with_vollib(sample: Sample) -> None:
    black = pytest.importorskip("vollib.black").black
    theirs = np.array([black("cp"[s < 0], f, k, t, 0.0, v) * df for f, k, v, t, s, df in columns(sample)])
    defined = theirs > 1e-30 * sample[0]
    assert defined.sum() > COUNT / 2
    assert price(*sample)[defined] == pytest.approx(theirs[defined], rel=1e-9)


def test_prices_agree_with_quantlib(sample: Sample) -> None:
    ql = pytest.importorskip("QuantLib")
    kinds = {1: ql.Option.Call, -1: ql.Option.Put}
    theirs = np.array(
        [ql.blackFormula(kinds[s], k, f, v * math.sqrt(t), df) for f, k, v, t, s, df in columns(sample)]
    )
    defined = theirs > 1e-6 * sample[0]  # further out QuantLib's own normal distribution is coarser than 1e-9
    assert defined.sum() > COUNT / 2
    assert price(*sample)[defined] == pytest.approx(theirs[defined], rel=1e-9)


def test_implied_volatility_goes_there_and_back(sample: Sample) -> None:
    forward, strike, sigma, years, sign, discount = sample
    prices = price(*sample)
    spread = sigma * np.sqrt(years)
    d1 = np.log(forward / strike) / spread + spread / 2
    vega = discount * forward * np.exp(-d1 * d1 / 2) / math.sqrt(2 * math.pi) * np.sqrt(years)
    # where a price in float64 determines its volatility to 1e-8 at all
    told = (prices > 1e-200) & (64 * np.finfo(float).eps * prices < 1e-8 * sigma * vega)
    found = implied_volatilities(prices, forward, strike, years, sign, discount)
    assert told.sum() > COUNT / 2
    assert found[told] == pytest.approx(sigma[told], rel=0, abs=1e-8)


def test_implied_volatility_agrees_with_vollib() -> None:
    theirs = pytest.importorskip("vollib.black.implied_volatility").implied_volatility
    # the VIX calls of the playbook's worked example: price, forward, strike, days
    for points, forward, strike, days in ((1.90, 18.8, 19, 32), (1.12, 18.8, 22, 32), (2.32, 19.6, 20, 62)):
        years = days / 365
        discount = math.exp(-0.045 * years)
        ours = implied_volatility(points, forward, strike, years, 1, discount)
        assert ours == pytest.approx(theirs(points, forward, strike, 0.045, years, "c"), rel=1e-10)


def test_prices_of_the_worked_example() -> None:
    years = np.array([32, 32, 62, 112, 222]) / 365
    found = price(
        [18.8, 18.8, 19.6, 20.3, 21.0], [19, 22, 20, 21, 22], [0.9, 1.0, 0.78, 0.66, 0.55], years, 1,
        np.exp(-0.045 * years),
    )  # fmt: skip
    assert found == pytest.approx([1.90, 1.12, 2.32, 2.62, 3.09], abs=0.005)


@given(FORWARDS, FORWARDS, VOLATILITIES, YEARS, st.floats(0.9, 1))
def test_puts_and_calls_are_tied_by_parity(
    forward: float, strike: float, sigma: float, years: float, discount: float
) -> None:
    call, put = price(forward, strike, sigma, years, [1, -1], discount)
    assert call - put == pytest.approx(discount * (forward - strike), abs=1e-9 * max(forward, strike))


@given(FORWARDS, st.floats(0.3, 3), VOLATILITIES, st.floats(1.001, 2), YEARS)
def test_more_volatility_never_costs_less(
    forward: float, moneyness: float, sigma: float, more: float, years: float
) -> None:
    low, high = price(forward, forward * moneyness, [[sigma], [sigma * more]], years, [1, -1], 1.0)
    assert (high >= low - 1e-12 * forward).all()


def test_without_time_or_volatility_an_option_is_worth_its_intrinsic_value() -> None:
    found = price([25, 25, 25, 25], [20, 20, 30, 30], [0, 0.9, 0.9, 0], [0.1, 0, 0, 0.1], [1, 1, -1, 1], 0.99)
    assert found == pytest.approx([0.99 * 5, 0.99 * 5, 0.99 * 5, 0])


def test_a_forward_of_zero_leaves_a_worthless_call() -> None:
    assert price([0.0, 0.0], 20.0, 0.9, 0.1, [1, -1], 0.99) == pytest.approx([0.0, 0.99 * 20])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((5.0, 25.0, 20.0, 0.1, 1, 1.0), "intrinsic value 5.00"),
        ((4.0, 25.0, 20.0, 0.1, 1, 1.0), "intrinsic value 5.00"),
        ((0.0, 15.0, 20.0, 0.1, 1, 1.0), "intrinsic value 0.00"),
        ((1.0, 25.0, 20.0, 0.0, 1, 1.0), "no time"),
        ((1.0, 25.0, 20.0, -0.1, 1, 1.0), "no time"),
        ((25.0, 25.0, 20.0, 0.1, 1, 1.0), "not below 25.00"),
        ((19.9, 25.0, 20.0, 0.1, -1, 0.99), "not below 19.80"),
        ((1.0, 0.0, 20.0, 0.1, 1, 1.0), "above zero"),
        ((float("nan"), 25.0, 20.0, 0.1, 1, 1.0), "not a number"),
    ],
)
def test_a_price_without_volatility_says_why(arguments: tuple[float, ...], words: str) -> None:
    found = implied_volatility(*arguments)
    assert isinstance(found, NoVolatility)
    assert words in found.reason


def test_prices_without_volatility_are_nan_beside_those_with_one() -> None:
    found = implied_volatilities([4.0, 6.0], 25.0, 20.0, 0.25, 1, 1.0)
    assert np.isnan(found).tolist() == [True, False]
    assert price(25.0, 20.0, found[1], 0.25, 1, 1.0) == pytest.approx(6.0, rel=1e-12)


@given(st.floats(8, 80), st.floats(8, 80), st.floats(0.2, 2.0), st.floats(0.01, 1.0), st.sampled_from([1, -1]))
def test_delta_is_the_slope_of_the_price(f: float, k: float, sigma: float, years: float, sign: int) -> None:
    df, h = 0.99, 1e-4
    up, down = (float(price(f + move, k, sigma, years, sign, df)) for move in (h, -h))
    assert float(delta(f, k, sigma, years, sign, df)) == pytest.approx((up - down) / (2 * h), abs=1e-6)


def test_delta_without_time_is_all_or_nothing() -> None:
    assert delta([21.0, 19.0], 20.0, 0.9, 0.0, 1, 0.5).tolist() == [0.5, 0.0]
    assert delta([21.0, 19.0], 20.0, 0.9, 0.0, -1, 0.5).tolist() == [0.0, -0.5]


def test_deltas_of_the_worked_example() -> None:
    # playbook 9: a 32-day VIX call on 18.8, strike 19 at 90 % and 22 at 100 %
    years, discount = 32 / 365, math.exp(-0.045 * 32 / 365)
    found = delta(18.8, [19.0, 22.0], [0.90, 1.00], years, 1, discount)
    assert found.round(2).tolist() == [0.54, 0.35]
