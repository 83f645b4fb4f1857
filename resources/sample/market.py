"""What did the simulated market do? One record for all its series, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p
from resources.sample.breadth import simulate_breadth
from resources.sample.curve import CONTRACTS, simulate_curve
from resources.sample.days import Bars, index_bars, volatility_bars
from resources.sample.index import simulate_index
from resources.sample.volatility import simulate_vix, simulate_vix3m, simulate_vix9d

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class SimulatedMarket:
    """A market that never was: one element a session, the oldest first, nothing missing.

    `spx`, `vix`, `vix9d`, `vix3m` and `vx` (shape (sessions, 8), VX1..VX8) are in points; `advances`,
    `declines` and `unchanged` count the stocks of `universe`. `regime` (index.Regime) and `sigma` (daily
    standard deviation of the index) are the truth that a measure can only estimate. `source` says SIMULATED
    and belongs beside every number that is shown or stored.
    """

    source: str
    universe: str
    seed: int
    spx: Bars
    vix: Bars
    vix9d: Bars
    vix3m: NDArray[np.float64]
    vx: NDArray[np.float64]
    advances: NDArray[np.int64]
    declines: NDArray[np.int64]
    unchanged: NDArray[np.int64]
    regime: NDArray[np.int8]
    sigma: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.regime)


def simulate(days_left: NDArray[np.float64] | NDArray[np.int64], seed: int = p.SEED) -> SimulatedMarket:
    """Return a simulated market, the same one for the same arguments.

    `days_left` has shape (sessions, 8): the calendar days from each session to the expiry of VX1..VX8. It
    moves the VX curve and nothing else; SESSIONS rows are what the demo shows.
    Raises ValueError when the shape differs, days are negative or do not ascend along a row, or when there
    are fewer than LEAST_SESSIONS sessions. The model is written out in docs/simulation.md.
    """
    days = np.asarray(days_left, np.float64)
    _check(days)
    sessions = len(days)
    rng = [np.random.Generator(np.random.PCG64(s)) for s in np.random.SeedSequence(seed).spawn(8)]
    path = simulate_index(sessions, rng[0])
    vix = simulate_vix(path, rng[1])
    spx = index_bars(path.log_level, path.sigma, rng[2])
    vix9d = simulate_vix9d(vix, rng[3])
    return SimulatedMarket(
        p.SOURCE,
        p.UNIVERSE,
        seed,
        spx,
        volatility_bars(vix, spx, p.RESPONSE_DOWN, rng[4]),
        volatility_bars(vix9d, spx, p.RESPONSE_DOWN * (1 + p.VIX9D_STRETCH), rng[5]),
        np.round(simulate_vix3m(vix, rng[3]), 2),
        simulate_curve(vix, days, rng[6]),
        *simulate_breadth(path.log_return, path.sigma, rng[7]),
        path.regime,
        path.sigma,
    )


def _check(days_left: NDArray[np.float64]) -> None:
    if days_left.ndim != 2 or days_left.shape[1] != CONTRACTS:
        raise ValueError(f"days_left has shape {days_left.shape}, not (sessions, {CONTRACTS})")
    if len(days_left) < p.LEAST_SESSIONS:
        raise ValueError(f"{len(days_left)} sessions are too few: the simulation needs {p.LEAST_SESSIONS} or more")
    if not (np.all(days_left >= 0) and np.all(np.diff(days_left, axis=1) > 0)):
        raise ValueError("days_left must be days from 0 up that ascend from VX1 to VX8")
