"""Do the 500 simulated stocks add up to their index, and is their count like that of real stocks?"""

import numpy as np
import pytest

from resources.sample.breadth import loadings, simulate_breadth, stock_returns, weights
from resources.sample.market import SimulatedMarket


def generator() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(11))


def test_stocks_weighted_are_the_index() -> None:
    move = np.linspace(-0.05, 0.05, 300)
    returns = stock_returns(move, np.full(300, 0.01), generator())
    assert returns.shape == (300, 500)
    assert returns @ weights() == pytest.approx(np.exp(move) - 1, abs=1e-12)


def test_weights_and_loadings_are_normalised() -> None:
    assert weights().sum() == pytest.approx(1.0)
    assert (np.diff(weights()) < 0).all()
    assert weights()[:50].sum() == pytest.approx(
        0.45, abs=0.05
    )  # the largest 50 of the S&P 500: two fifths to half
    assert weights() @ loadings() == pytest.approx(0.0, abs=1e-12)
    assert np.median(loadings()) == pytest.approx(-1.0)
    assert loadings()[0] > 2


def test_counts_are_those_of_the_returns() -> None:
    move, sigma = np.full(260, 0.002), np.full(260, 0.01)
    up, down, flat = simulate_breadth(move, sigma, generator())
    returns = stock_returns(move, sigma, generator())
    assert np.abs(up - (returns > 0).sum(axis=1)).max() <= flat.max() < 15
    assert (up + down + flat == 500).all()
    assert 0.5 < flat.mean() < 6  # real S&P 500 files: 3.4 on average


def test_breadth_follows_the_index_as_closely_as_real_breadth(market: SimulatedMarket) -> None:
    move = np.diff(np.log(market.spx.close))
    ratio = ((market.advances - market.declines) / (market.advances + market.declines))[1:]
    # S&P 500 members 2016-2019: slope 46 per unit of log return, correlation 0.87, deviation 0.42.
    assert np.polyfit(move, ratio, 1)[0] == pytest.approx(46, rel=0.25)
    assert np.corrcoef(move, ratio)[0, 1] == pytest.approx(0.87, abs=0.06)
    assert ratio.std() == pytest.approx(0.42, abs=0.08)
    assert market.declines[-30:-24].max() > 450
