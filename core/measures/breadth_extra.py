"""What else does breadth say? The McClellan oscillator and its sum, the Zweig thrust, A/D percent (playbook 3).

Averages that carry a value from one session to the next begin anew after a gap: each stretch of consecutive
sessions with breadth stands on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.breadth import rana
from core.measures.rolling import gap_free_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FAST, SLOW = 19, 39
RANA_SCALE = 1000.0
ZWEIG_SESSIONS = 10
ZWEIG_LOW_PCT, ZWEIG_HIGH_PCT = 40.0, 61.5
NEVER = -(10**9)


def ema(values: Floats, count: int) -> Floats:
    """Return the exponential mean with weight 2 / (count + 1); the first value is the plain mean of `count`.

    NaN until a stretch without gaps has `count` values.
    """
    out = np.full(len(values), np.nan)
    weight = 2.0 / (count + 1.0)
    for run in gap_free_runs(np.isfinite(values)):
        if run.stop - run.start >= count:
            first = run.start + count - 1
            level = float(values[run.start : first + 1].mean())
            out[first : run.stop] = _smoothed(level, values[first + 1 : run.stop], weight)
    return out


def mcclellan(advances: Floats, declines: Floats) -> Floats:
    """Return the ratio-adjusted McClellan oscillator: EMA19 - EMA39 of RANA x 1000 (weights 0.10 and 0.05).

    Extremes are read at about +-70 to +-100. NaN until a stretch without gaps has 39 sessions.
    """
    net = RANA_SCALE * rana(advances, declines)
    return ema(net, FAST) - ema(net, SLOW)


def mcclellan_summation(oscillator: Floats) -> Floats:
    """Return the summation index: the oscillator added up, from 0 at the start of each stretch without gaps.

    Its level depends on where the data begin; what is read are its turns and the side of zero.
    """
    out = np.full(len(oscillator), np.nan)
    for run in gap_free_runs(np.isfinite(oscillator)):
        out[run] = np.cumsum(oscillator[run])
    return out


def ad_percent(advances: Floats, declines: Floats, unchanged: Floats) -> Floats:
    """Return (A - D) / (A + D + unchanged) in percent, NaN where a count is missing or nothing is counted."""
    counted = advances + declines + unchanged
    return 100.0 * (advances - declines) / np.where(counted > 0, counted, np.nan)


def zweig_pct(advances: Floats, declines: Floats) -> Floats:
    """Return the 10-session EMA of A / (A + D) in percent: what the Zweig breadth thrust is read from."""
    moved = advances + declines
    return ema(100.0 * advances / np.where(moved > 0, moved, np.nan), ZWEIG_SESSIONS)


def zweig_thrust(mean_pct: Floats) -> NDArray[np.bool_]:
    """Return the sessions on which a Zweig breadth thrust completes.

    The mean crosses above 61.5 %, for the first time since it was below 40 %, at most ten sessions ago.
    """
    previous = np.concatenate(([np.nan], mean_pct[:-1]))[: len(mean_pct)]
    crosses = (mean_pct > ZWEIG_HIGH_PCT) & (previous <= ZWEIG_HIGH_PCT)
    last_low = _last_where(mean_pct < ZWEIG_LOW_PCT)
    last_cross = np.concatenate(([NEVER], _last_where(crosses)[:-1]))[: len(mean_pct)]
    since = np.arange(len(mean_pct)) - last_low
    return np.asarray(crosses & (since <= ZWEIG_SESSIONS) & (last_low > last_cross))


def _last_where(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each session the index of the last marked one up to it, NEVER before the first."""
    return np.maximum.accumulate(np.where(marked, np.arange(len(marked)), NEVER))


def _smoothed(level: float, values: Floats, weight: float) -> list[float]:
    """Return the exponential mean that begins at `level`, and its value after each of the values."""
    levels = [level]
    for value in values.tolist():
        level += weight * (value - level)
        levels.append(level)
    return levels
