"""Are the highs and lows of a simulated session those of a random walk between its open and its close?"""

import numpy as np
import pytest

from resources.sample import parameters as p
from resources.sample.days import index_bars, volatility_bars
from resources.sample.market import SimulatedMarket

SESSIONS, STEPS, SIGMA = 20_000, 500, 0.01


def test_extremes_agree_with_a_walk_made_step_by_step() -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    level = 12 + np.cumsum(SIGMA * rng.standard_normal(SESSIONS))  # far from zero: two decimals are fine enough
    bars = index_bars(level, np.full(SESSIONS, SIGMA), rng)
    intraday = np.log(bars.close / bars.open)
    step = SIGMA * np.sqrt(p.INTRADAY_ROUGHNESS * (1 - p.OVERNIGHT_SHARE) / STEPS)
    walk = np.cumsum(step * rng.standard_normal((SESSIONS // 10, STEPS)), axis=1)
    bridge = walk + np.linspace(1 / STEPS, 1, STEPS) * (intraday[: len(walk)] - walk[:, -1])[:, None]
    # A walk seen in steps misses its extreme by 0.5826 of a step on average (Broadie, Glasserman, Kou 1997).
    expected = np.maximum(bridge.max(axis=1), 0).mean() + 0.5826 * step
    assert np.log(bars.high / bars.open).mean() == pytest.approx(expected, rel=0.04)
    assert -np.log(bars.low / bars.open).mean() == pytest.approx(expected, rel=0.06)


def test_the_open_takes_its_share_of_the_variance() -> None:
    rng = np.random.Generator(np.random.PCG64(4))
    level = 12 + np.cumsum(SIGMA * rng.standard_normal(SESSIONS))
    bars = index_bars(level, np.full(SESSIONS, SIGMA), rng)
    gap, rest = np.log(bars.open[1:] / bars.close[:-1]), np.log(bars.close[1:] / bars.open[1:])
    assert gap.var() / SIGMA**2 == pytest.approx(p.OVERNIGHT_SHARE, abs=0.01)
    assert rest.var() / SIGMA**2 == pytest.approx(1 - p.OVERNIGHT_SHARE, abs=0.03)
    assert np.corrcoef(gap, rest)[0, 1] == pytest.approx(0, abs=0.03)


def test_vix_is_high_when_the_index_is_low(market: SimulatedMarket) -> None:
    dip = np.log(np.minimum(market.spx.open, market.spx.close) / market.spx.low)
    spike = np.log(market.vix.high / np.maximum(market.vix.open, market.vix.close))
    slope, rest = np.polyfit(dip, spike, 1)
    assert slope == pytest.approx(4.5, abs=0.4)
    assert rest == pytest.approx(p.VIX_DAY_NOISE, abs=0.002)


def test_volatility_bars_stay_inside_their_bounds() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    index = index_bars(np.linspace(7, 6, 50), np.full(50, 0.1), rng)
    bars = volatility_bars(np.linspace(9.3, 89.9, 50), index, 4.5, rng)
    assert bars.low.min() >= 9.25
    assert bars.high.max() <= 90.0
