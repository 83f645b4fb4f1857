"""Do regimes, shocks and script of the simulated index follow the numbers that docs/simulation.md prints?"""

import numpy as np
import pytest

from resources.sample import parameters as p
from resources.sample.index import Regime, phases, simulate_index

LONG = 40_000


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_the_phases_follow_each_other_to_the_last_session() -> None:
    phase = phases(1500)
    assert (phase.chance, phase.divergence) == (slice(0, 1438), slice(1438, 1470))
    assert (phase.fall, phase.recovery) == (slice(1470, 1476), slice(1476, 1500))


def test_regimes_are_visited_as_the_chain_says() -> None:
    # Balance of flows by hand: calm x 0.008 = nervous x 0.018 and nervous x 0.012 = stressed x 0.05.
    nervous = 1 / (0.018 / 0.008 + 1 + 0.012 / 0.05)
    expected = np.array([2.25 * nervous, nervous, 0.24 * nervous])
    regime = simulate_index(LONG, generator(1)).regime
    seen = np.bincount(regime, minlength=3) / LONG
    assert seen == pytest.approx(expected, abs=0.03)
    jumps = np.abs(np.diff(regime[: LONG - 200].astype(int)))
    assert jumps.max() == 1, "never from calm to stressed in one session"


def test_volatility_is_that_of_the_regime_and_shocks_are_student() -> None:
    path = simulate_index(LONG, generator(2))
    chance = phases(LONG).chance
    shock = (path.log_return / path.sigma)[chance][1:]
    assert shock.std() == pytest.approx(1.0, abs=0.02)
    assert np.mean(np.abs(shock) > 3) == pytest.approx(0.0103, abs=0.003)  # t(6): P(|t| > 3 sqrt(1.5)) = 0.0103
    annual = 100 * np.sqrt(
        252 * np.array([np.mean(path.sigma[chance][path.regime[chance] == r] ** 2) for r in Regime])
    )
    assert annual == pytest.approx([9.5, 16.0, 29.0], rel=0.2)
    assert list(annual) == sorted(annual)


def test_a_fall_raises_volatility_more_than_a_rise() -> None:
    path = simulate_index(LONG, generator(3))
    calm = np.flatnonzero(path.regime[: LONG - 300] == Regime.CALM)[1:]
    change = path.sigma[calm + 1] ** 2 - path.sigma[calm] ** 2
    down = path.log_return[calm] < -0.01
    up = path.log_return[calm] > 0.01
    assert change[down].mean() > 0 > change[up].mean()


def test_chance_ends_on_the_trend_and_the_script_adds_its_own() -> None:
    path = simulate_index(1500, generator(4))
    assert path.log_return[0] == 0.0
    assert path.log_level[0] == pytest.approx(np.log(1000.0))
    assert path.log_level[1437] == pytest.approx(np.log(1000.0) + 0.25)
    assert path.log_level[-1] - path.log_level[1437] == pytest.approx(0.055 - 0.12 + 0.06)
    assert simulate_index(757, generator(4)).log_level[694] == pytest.approx(np.log(1000) + 0.045 * 694 / 252)


def test_the_script_has_its_exact_volatility() -> None:
    path = simulate_index(1500, generator(5))
    daily = 0.01 / np.sqrt(252)
    assert np.std(path.log_return[-20:], ddof=1) == pytest.approx(16.5 * daily)
    assert np.std(path.log_return[1450:1470], ddof=1) == pytest.approx(7.5 * daily)
    assert path.log_return[1470:1476] == pytest.approx(np.array(p.FALL_PCT) / 100, abs=0.006)
    every_fourth = path.log_level[1437:1470:4]
    assert np.diff(every_fourth) == pytest.approx(np.full(8, 0.055 / 8)), "a new high every four sessions"
