"""How does the simulated index move? Regimes, clustered volatility, then the script of the last weeks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCRIPT = p.DIVERGENCE + p.FALL + p.RECOVERY


class Regime(IntEnum):
    """The state of the market that sets its volatility."""

    CALM = 0
    NERVOUS = 1
    STRESSED = 2


@dataclass(frozen=True)
class Phase:
    """Where the scripted phases lie: slices of the sessions, one after the other up to the last session."""

    chance: slice
    divergence: slice
    fall: slice
    recovery: slice


@dataclass(frozen=True)
class IndexPath:
    """The index session by session.

    `log_return` is close to close (0 on the first session), `sigma` the standard deviation it was drawn
    with, `forward_vol_pct` the annual percent that the model expects after the close for the VIX horizon.
    """

    log_return: NDArray[np.float64]
    sigma: NDArray[np.float64]
    forward_vol_pct: NDArray[np.float64]
    regime: NDArray[np.int8]

    @property
    def log_level(self) -> NDArray[np.float64]:
        """The natural logarithm of the close."""
        return np.asarray(np.log(p.FIRST_LEVEL) + np.cumsum(self.log_return))


def phases(sessions: int) -> Phase:
    """Return the phases of a market of so many sessions."""
    ends = np.cumsum([sessions - SCRIPT, p.DIVERGENCE, p.FALL, p.RECOVERY]).tolist()
    return Phase(*(slice(a, b) for a, b in zip([0, *ends[:-1]], ends, strict=True)))


def simulate_index(sessions: int, rng: np.random.Generator) -> IndexPath:
    """Return the path of the index: chance first, then divergence, fall and recovery."""
    phase = phases(sessions)
    regime = _regimes(sessions, phase, rng)
    log_return, sigma, forward = _chance(regime[phase.chance], rng)
    scripted, scripted_sigma = _script(rng)
    log_return = np.concatenate([_on_trend(log_return), scripted])
    sigma = np.concatenate([sigma, scripted_sigma])
    annual = 100 * np.sqrt(p.SESSIONS_A_YEAR)
    return IndexPath(log_return, sigma, np.concatenate([forward * annual, scripted_sigma * annual]), regime)


def _regimes(sessions: int, phase: Phase, rng: np.random.Generator) -> NDArray[np.int8]:
    """Return the Markov chain of regimes; the quiet sessions and the script have theirs set."""
    edges = np.cumsum(np.array(p.TRANSITION), axis=1)
    regime = np.zeros(sessions, np.int8)
    for t, u in enumerate(rng.random(sessions - 1), start=1):
        regime[t] = np.searchsorted(edges[regime[t - 1], :-1], u, side="right")
    regime[phase.divergence.start - p.QUIET :] = Regime.CALM
    regime[phase.fall] = Regime.STRESSED
    regime[phase.recovery] = Regime.NERVOUS
    return regime


def _chance(
    regime: NDArray[np.int8], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return log returns, their sigma and the sigma expected ahead, from a GJR-GARCH with regimes."""
    freedom = p.DEGREES_OF_FREEDOM
    shock = rng.standard_t(freedom, len(regime)) * np.sqrt((freedom - 2) / freedom)
    centre = (np.array(p.REGIME_VOL_PCT)[regime] / 100) ** 2 / p.SESSIONS_A_YEAR
    persistence = p.ALPHA + p.LEVERAGE / 2 + p.BETA
    ahead = (1 - persistence**p.VIX_HORIZON) / (p.VIX_HORIZON * (1 - persistence))
    surprise, sigma, forward = np.zeros((3, len(regime)))
    variance = centre[0]
    for t, z in enumerate(shock):
        sigma[t] = np.sqrt(variance)
        surprise[t] = sigma[t] * z if t else 0.0
        news = (p.ALPHA + p.LEVERAGE * (z < 0)) * surprise[t] ** 2
        variance = (1 - persistence) * centre[t] + news + p.BETA * variance
        forward[t] = np.sqrt(centre[t] + (variance - centre[t]) * ahead)
    return surprise + np.array(p.REGIME_DRIFT_PCT)[regime] / 100, sigma, forward


def _on_trend(log_return: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the returns with one constant added, so that they end where the trend says."""
    steps = len(log_return) - 1
    aim = min(p.GROWTH_A_YEAR * steps / p.SESSIONS_A_YEAR, p.MOST_GROWTH)
    out: NDArray[np.float64] = log_return + (aim - log_return[1:].sum()) / steps
    out[0] = 0.0
    return out


def _script(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log returns and sigmas of divergence, fall and recovery."""
    daily = 0.01 / np.sqrt(p.SESSIONS_A_YEAR)
    fade = np.exp2(-np.arange(p.RECOVERY) / p.RECOVERY_VOL_HALVING)
    grind = rng.standard_normal((p.DIVERGENCE // p.GRIND, p.GRIND))
    grind -= grind.mean(axis=1, keepdims=True)
    up = _exact(grind.ravel(), p.DIVERGENCE_VOL_PCT * daily, p.DIVERGENCE_GAIN_PCT)
    jitter = _exact(rng.standard_normal(p.FALL), p.FALL_JITTER_PCT / 100, 0.0)
    back = _exact(rng.standard_normal(p.RECOVERY) * (0.5 + fade), p.RECOVERY_VOL_PCT * daily, p.RECOVERY_GAIN_PCT)
    sigma = (
        np.full(p.DIVERGENCE, p.DIVERGENCE_VOL_PCT * daily),
        np.full(p.FALL, p.FALL_VOL_PCT * daily),
        p.RECOVERY_VOL_PCT * daily * (0.5 + fade),
    )
    return np.concatenate([up, np.array(p.FALL_PCT) / 100 + jitter, back]), np.concatenate(sigma)


def _exact(shock: NDArray[np.float64], sigma: float, gain_pct: float) -> NDArray[np.float64]:
    """Return the shocks moved to the sum and stretched to the deviation (of the last HV_WINDOW) asked for."""
    stretched = shock * (sigma / shock[-p.HV_WINDOW :].std(ddof=1))
    return np.asarray(stretched - stretched.mean() + gain_pct / 100 / len(shock))
