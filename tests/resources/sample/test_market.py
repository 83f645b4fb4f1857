"""Is the simulated market repeatable, consistent and plausible, and does it tell the story it was made for?"""

import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from resources.sample.days import Bars
from resources.sample.market import SimulatedMarket, simulate

ROOT = Path(__file__).parents[3]
SEEDS = range(1, 13)

# The story, in sessions before the end (docs/simulation.md).
DIVERGENCE = slice(-62, -30)
FALL = slice(-30, -24)

FRESH = """
import hashlib
import numpy as np
from resources.sample.market import simulate
market = simulate(30 * np.arange(1, 9) + np.zeros((400, 1)))
print(hashlib.sha256(market.spx.low.tobytes() + market.vx.tobytes() + market.advances.tobytes()).hexdigest())
"""


def columns(market: SimulatedMarket) -> dict[str, NDArray[np.float64]]:
    """Return every array of the market by its dotted name."""
    named: dict[str, NDArray[np.float64]] = {}
    for part in fields(market):
        value = getattr(market, part.name)
        if isinstance(value, Bars):
            named |= {f"{part.name}.{bar.name}": getattr(value, bar.name) for bar in fields(value)}
        elif isinstance(value, np.ndarray):
            named[part.name] = value
    return named


def differing(one: SimulatedMarket, other: SimulatedMarket) -> set[str]:
    """Return the names of the arrays whose bytes differ."""
    second = columns(other)
    return {name for name, values in columns(one).items() if values.tobytes() != second[name].tobytes()}


def hv20_pct(close: NDArray[np.float64]) -> float:
    """Return the annual volatility of the last 20 close-to-close log returns, as playbook 1.4 defines it."""
    return float(100 * np.sqrt(252) * np.std(np.log(close[-20:] / close[-21:-1]), ddof=1))


def bearish_strengths(market: SimulatedMarket, sessions: range) -> dict[int, float]:
    """Return d of each session with a bearish non-confirmation, word by word after playbook section 3."""
    close, net = market.spx.close, market.advances - market.declines
    line, ratio = np.cumsum(net), net / (market.advances + market.declines)
    found = {}
    for t in sessions:
        price_high = max(close[t - 4 : t + 1]) >= max(close[t - 19 : t + 1])
        if price_high and max(line[t - 4 : t + 1]) < max(line[t - 19 : t + 1]):
            moves = np.array([np.log(close[i] / close[i - 5]) for i in range(t - 59, t + 1)])
            sums = np.array([ratio[i - 4 : i + 1].sum() for i in range(t - 59, t + 1)])
            z_move, z_sum = ((x[-1] - x.mean()) / x.std(ddof=1) for x in (moves, sums))
            found[t] = float(z_move - z_sum)
    return found


def test_the_same_arguments_give_the_same_bytes(market: SimulatedMarket, days_left: NDArray[np.int64]) -> None:
    assert differing(simulate(days_left.copy(), market.seed), market) == set()
    assert len(differing(simulate(days_left, market.seed + 1), market)) == len(columns(market))


def test_fresh_interpreters_give_the_same_bytes() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", FRESH], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert len(runs[0].strip()) == 64
    assert runs[0] == runs[1]


def test_expiry_dates_move_the_curve_and_nothing_else(
    market: SimulatedMarket, days_left: NDArray[np.int64]
) -> None:
    assert differing(simulate(days_left + 5), market) == {"vx"}


def test_it_calls_itself_simulated_and_looks_like_no_real_index(market: SimulatedMarket) -> None:
    assert (market.source, market.universe, len(market)) == ("SIMULATED", "SIM500", 1500)
    assert market.spx.close[0] == 1000.0
    assert market.spx.low.min() > 850
    assert market.spx.high.max() < 1400


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_is_finite_and_the_bars_hold_together(days_left: NDArray[np.int64], seed: int) -> None:
    market = simulate(days_left, seed)
    for name, values in columns(market).items():
        assert len(values) == 1500, name
        assert np.isfinite(values).all(), name
        assert (values >= 0).all(), name
    for bars in (market.spx, market.vix, market.vix9d):
        assert (bars.high >= np.maximum(bars.open, bars.close)).all()
        assert (bars.low <= np.minimum(bars.open, bars.close)).all()
        assert (bars.low > 9).all()
    assert min(market.vix3m.min(), market.vx.min()) > 9
    assert (market.advances + market.declines + market.unchanged == 500).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_breadth_diverges_before_the_fall(days_left: NDArray[np.int64], seed: int) -> None:
    market = simulate(days_left, seed)
    net = market.advances - market.declines
    assert np.argmax(market.spx.close[-90:]) >= 90 - 35, "the index makes its high in the week before the fall"
    assert net[DIVERGENCE].sum() < -500, "more stocks fall than rise on the way to it"
    before = bearish_strengths(market, range(1500 - 45, 1500 - 30))
    assert len(before) >= 8, "pronounced: it lasts eight sessions or more"
    assert max(before.values()) >= 1.0


def test_the_divergence_of_the_demo_is_strong(market: SimulatedMarket) -> None:
    before = bearish_strengths(market, range(1500 - 45, 1500 - 30))
    assert sum(d >= 1.5 for d in before.values()) >= 8
    assert market.spx.close[DIVERGENCE].max() == market.spx.close.max(), "a high of all time, not of the month"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spike_inverts_the_curve(days_left: NDArray[np.int64], seed: int) -> None:
    market = simulate(days_left, seed)
    fall = market.spx.close[FALL][-1] / market.spx.close[-31] - 1
    assert -0.14 < fall < -0.10
    assert 40 <= market.vix.close[FALL].max() <= 50
    inversion = market.vx[:, 0] / market.vx[:, 1] - 1
    assert inversion[FALL].max() > 0.03
    assert inversion[-90:-32].max() < 0.03, "no alarm before it"
    assert 0.7 < np.mean(inversion < 0) < 0.97, "contango is the rule"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_session_stands_on_the_ladder(days_left: NDArray[np.int64], seed: int) -> None:
    market = simulate(days_left, seed)
    edr_pct = (0.6 * market.vix9d.close[-1] + 0.4 * hv20_pct(market.spx.close)) / np.sqrt(252)
    assert 0.9 < edr_pct < 1.2
    assert market.vix.close[-1] == 16.8


def test_the_demo_ends_below_the_third_rung(market: SimulatedMarket) -> None:
    edr_pct = (0.6 * market.vix9d.close[-1] + 0.4 * hv20_pct(market.spx.close)) / np.sqrt(252)
    assert 0.95 < edr_pct < 1.00
    week = [(0.6 * market.vix9d.close[-k] + 0.4 * hv20_pct(market.spx.close[: 1501 - k])) for k in range(2, 7)]
    assert max(week) / np.sqrt(252) > 1.05, "so that a layer above has only just been let go"


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_plausible_as_a_market(days_left: NDArray[np.int64], seed: int) -> None:
    market = simulate(days_left, seed)
    move, vix = np.diff(np.log(market.spx.close)), market.vix.close
    assert np.mean((move - move.mean()) ** 4) / np.var(move) ** 2 > 4, "fat tails"
    size = np.abs(move)
    assert np.corrcoef(size[1:], size[:-1])[0, 1] > 0.1, "volatility comes in clusters"
    assert abs(np.corrcoef(move[1:], move[:-1])[0, 1]) < 0.1, "its direction does not"
    assert np.corrcoef(np.diff(vix), move)[0, 1] < -0.5, "VIX rises when the index falls"
    assert 9 < 100 * np.sqrt(252) * move.std() < 20
    assert 13 < vix.mean() < 25
    realised = 100 * np.sqrt(252) * np.sqrt(np.convolve(move**2, np.ones(21) / 21, "valid"))
    assert np.mean(vix[: len(realised)] - realised) > 1, "implied volatility costs more than what follows"


def test_a_market_takes_less_than_a_second(days_left: NDArray[np.int64]) -> None:
    start = time.perf_counter()
    simulate(days_left)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (30 * np.arange(1, 9) + np.zeros((251, 1)), "251 sessions are too few"),
        (30 * np.arange(1, 8) + np.zeros((300, 1)), r"shape \(300, 7\)"),
        (np.arange(300.0), r"shape \(300,\)"),
        (30 * np.arange(-1, 7) + np.zeros((300, 1)), "from 0 up"),
        (np.full((300, 8), 30), "ascend"),
        (30 * np.arange(1, 9) * np.full((300, 1), np.nan), "from 0 up"),
    ],
)
def test_days_that_no_calendar_gives_are_refused(days: NDArray[np.float64], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        simulate(days)
