"""What do VIX, VIX9D and VIX3M close at, given the index?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resources.sample import parameters as p
from resources.sample.index import phases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resources.sample.index import IndexPath, Phase


def simulate_vix(path: IndexPath, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the closes of VIX: pulled to an aim in logs, pushed by the index, shaken by noise of its own."""
    phase = phases(len(path.sigma))
    aim, pull = _aims(path, phase)
    noise = p.VIX_NOISE * rng.standard_normal(len(aim))
    log_vix = np.empty(len(aim))
    log_vix[0] = aim[0]
    for t in range(1, len(aim)):
        before = float(log_vix[t - 1])
        push = response(float(np.exp(before)), float(path.log_return[t]))
        step = pull[t] * (aim[t] - before) + push + noise[t]
        log_vix[t] = before + step * (_stiffness(before) if step < 0 else 1.0)
    return np.clip(np.exp(log_vix + _pins(log_vix, phase)), p.VIX_LEAST, p.VIX_MOST)


def response(vix: float, log_return: float) -> float:
    """Return the change of ln VIX for a log return of the index: steeper down than up, fading at high VIX."""
    beta = p.RESPONSE_DOWN if log_return < 0 else p.RESPONSE_UP
    return -beta * log_return * float(np.sqrt(min(1.0, p.RESPONSE_FADES_ABOVE / vix)))


def simulate_vix9d(vix: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the closes of VIX9D: VIX stretched away from its slow mean."""
    noise = lingering(rng.standard_normal(len(vix)), p.VIX9D_MEMORY) * p.VIX9D_NOISE
    log_vix9d = np.log(vix) + p.VIX9D_STRETCH * np.log(vix / anchor(vix)) + noise
    return np.clip(np.exp(log_vix9d), p.VIX_LEAST, p.VIX_MOST)


def simulate_vix3m(vix: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the closes of VIX3M: between VIX and its slow mean."""
    noise = p.VIX3M_NOISE * rng.standard_normal(len(vix))
    log_vix3m = p.VIX3M_SHARE * np.log(vix) + (1 - p.VIX3M_SHARE) * np.log(anchor(vix)) + noise
    return np.clip(np.exp(log_vix3m), p.VIX_LEAST, p.VIX_MOST)


def anchor(vix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the market expects VIX in the long run: a floor and a share of its exponential mean."""
    mean = np.empty(len(vix))
    mean[0] = vix[0]
    for t in range(1, len(vix)):
        mean[t] = mean[t - 1] + 2 / (p.SLOW_MEAN + 1) * (vix[t] - mean[t - 1])
    return p.ANCHOR_POINTS + p.ANCHOR_FACTOR * mean


def _stiffness(log_vix: float) -> float:
    """Return which share of a fall is left to VIX near its floor: all of it above VIX_STIFF_BELOW."""
    return float(np.clip((np.exp(log_vix) - p.VIX_LEAST) / (p.VIX_STIFF_BELOW - p.VIX_LEAST), 0.0, 1.0))


def _aims(path: IndexPath, phase: Phase) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what ln VIX is drawn to and how strongly, session by session."""
    known = np.concatenate([path.forward_vol_pct[:1], path.forward_vol_pct[:-1]])
    aim = p.VIX_PREMIUM_POINTS + p.VIX_PREMIUM_FACTOR * known
    pull = np.full(len(aim), p.VIX_PULL)
    aim[phase.divergence] = p.VIX_BEFORE_FALL
    fallen = np.cumsum(p.FALL_PCT) / np.sum(p.FALL_PCT)
    aim[phase.fall] = p.VIX_BEFORE_FALL * (p.VIX_PEAK / p.VIX_BEFORE_FALL) ** fallen
    decay = np.exp(-np.arange(1, p.RECOVERY + 1) / p.VIX_DECAY)
    aim[phase.recovery] = p.VIX_END + (p.VIX_PEAK - p.VIX_END) * decay
    pull[phase.fall] = p.VIX_FALL_PULL
    pull[phase.recovery] = p.VIX_RECOVERY_PULL
    return np.log(aim), pull


def _pins(log_vix: NDArray[np.float64], phase: Phase) -> NDArray[np.float64]:
    """Return the correction that brings VIX to its peak and to its last value: a bridge, linear in between."""
    knots = [phase.divergence.stop - 1, phase.fall.stop - 1, phase.recovery.stop - 1]
    gaps = [0.0, np.log(p.VIX_PEAK) - log_vix[knots[1]], np.log(p.VIX_END) - log_vix[knots[2]]]
    return np.asarray(np.interp(np.arange(len(log_vix)), knots, gaps))


def lingering(shock: NDArray[np.float64], memory: float) -> NDArray[np.float64]:
    """Return an AR(1) of standard deviation one along the first axis."""
    out = shock.copy()
    for t in range(1, len(shock)):
        out[t] = memory * out[t - 1] + np.sqrt(1 - memory**2) * shock[t]
    return out
