"""Do simulated VX futures converge to VIX and answer it as the playbook says?"""

import numpy as np
import pytest

from resources.sample.curve import simulate_curve
from resources.sample.market import SimulatedMarket

SESSIONS = 600
# Playbook 4.3, share of a VIX move that a future of so many days makes.
PUBLISHED = {7: 0.77, 30: 0.50, 60: 0.38, 110: 0.29, 150: 0.25, 220: 0.21}


def settlements(vix: np.ndarray, days: list[int]) -> np.ndarray:
    rng = np.random.Generator(np.random.PCG64(7))
    return simulate_curve(vix, np.array(days, float) + np.zeros((len(vix), 1)), rng)


def test_a_future_settles_at_vix_when_it_expires() -> None:
    vix = 16 + 6 * np.sin(np.arange(SESSIONS) / 9)
    settled = settlements(vix, [0, 30, 60, 90, 120, 150, 180, 210])
    assert settled[:, 0] == pytest.approx(vix, abs=0.0126)  # half a tick of 0.025


def test_each_future_moves_its_published_share() -> None:
    days = [7, 30, 60, 110, 150, 220, 250, 280]
    calm = np.full(SESSIONS, 16.0)
    shocked = calm.copy()
    shocked[-1] += 20
    moved = (settlements(shocked, days)[-1] - settlements(calm, days)[-1]) / 20
    assert moved[:6] == pytest.approx(list(PUBLISHED.values()), abs=0.025)


def test_settlements_are_whole_ticks(market: SimulatedMarket) -> None:
    ticks = market.vx / 0.025
    assert np.abs(ticks - np.round(ticks)).max() < 1e-9


def test_calm_is_contango_all_along_the_curve(market: SimulatedMarket) -> None:
    mean = market.vx[market.vix.close < 15].mean(axis=0)
    assert (np.diff(mean) > 0).all()
    assert 0.04 < mean[1] / mean[0] - 1 < 0.15
    wild = market.vx[market.vix.close > 38].mean(axis=0)
    assert wild[0] > wild[1] > wild[7]
