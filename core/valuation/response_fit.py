"""How far has VIX moved for a move of SPX in the user's own history? The response map, fitted robustly.

Playbook 4.3: d ln VIX on r and r^2 of SPX, days of falls and of rises apart, over the last 252 sessions; the 10 %,
50 % and 90 % quantiles of what the fit leaves are the low, the base and the high response.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.measures.spot_vol import Response
from core.valuation.response_map import ResponseMap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.datetime64]

SESSIONS = 252
LEAST_DAYS = 40
"""Of each side: fewer say nothing about its tails."""
QUANTILES = (0.10, 0.50, 0.90)
TAIL = 0.90
"""The slope is read where this share of a side's moves is smaller: at its large days, not beyond them."""
CLAMP_DOWN, CLAMP_UP = (1.0, 10.0), (0.5, 8.0)
HUBER, MAD_TO_SD, ROUNDS = 1.345, 1.4826, 50


class Side(NamedTuple):
    """The slopes of one side under the low, base and high response, and the days that they rest on."""

    slopes: tuple[float, float, float]
    days: int


def fit_responses(days: Days, spx: Floats, vix: Floats, sessions: int = SESSIONS) -> ResponseMap | str:
    """Return the responses that the last daily changes show, or why they show none.

    `days` are sessions (datetime64[D]), `spx` and `vix` their closes, NaN where unknown: a change needs both
    closes of both sessions. Huber's regression by reweighting, so that single days move little.
    """
    r, y = (np.diff(np.log(closes))[-sessions:] for closes in (spx, vix))
    whole = np.isfinite(r) & np.isfinite(y)
    window = days[1:][-sessions:][whole]
    down, up = (
        _side(side * r[whole], side * y[whole], clamp) for side, clamp in ((-1, CLAMP_DOWN), (1, CLAMP_UP))
    )
    for name, side in (("falls", down), ("rises", up)):
        if side.days < LEAST_DAYS:
            return f"{side.days} sessions with {name} of SPX and both closes: at least {LEAST_DAYS} are needed"
    low, base, high = (Response(*pair) for pair in zip(down.slopes, up.slopes, strict=True))
    first, last = window[0].item(), window[-1].item()
    note = (
        f"VIX = VIX0 (SPX/SPX0)^-b within 9 to 90, fitted on {last} over {len(window)} sessions from {first}: "
        f"b {base.b_down:.2f} down, {base.b_up:.2f} up (low {low.b_down:.2f} and {low.b_up:.2f}, high "
        f"{high.b_down:.2f} and {high.b_up:.2f}); a VX future moves 1/sqrt(1 + days left/10) of VIX, assumed"
    )
    return ResponseMap(low, base, high, note, last, first, last, len(window))


def _side(r: Floats, y: Floats, clamp: tuple[float, float]) -> Side:
    """Return the slopes of the days with r > 0; a fall comes with both signs turned, so that b = -y/r."""
    chosen = r > 0
    r, y = r[chosen], y[chosen]
    if len(r) < LEAST_DAYS:
        return Side((np.nan, np.nan, np.nan), len(r))
    columns = np.column_stack([r, r * r])
    linear, square = _huber(columns, y)
    at = float(np.quantile(r, TAIL))
    left = (y - columns @ [linear, square])[r >= np.median(r)]
    # a response is high where VIX moved more against SPX than the fit: y is below it
    found = -(linear + square * at) - np.quantile(left, QUANTILES[::-1]) / at
    low, base, high = np.clip(found, *clamp).tolist()
    return Side((low, base, high), len(r))


def _least_squares(columns: Floats, y: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(columns, y, rcond=None)[0], np.float64)


def _huber(columns: Floats, y: Floats) -> Floats:
    """Return the coefficients without a constant that Huber's loss gives, by iterated weights."""
    weights: Floats = np.ones(len(y))
    found: Floats = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        root = np.sqrt(weights)[:, None]
        before, found = found, _least_squares(columns * root, y * root[:, 0])
        off = y - columns @ found
        scale = MAD_TO_SD * float(np.median(np.abs(off - np.median(off))))
        if scale == 0.0 or np.allclose(before, found, rtol=1e-8, atol=0.0):
            break
        weights = np.minimum(1.0, HUBER * scale / np.maximum(np.abs(off), 1e-300))
    return found
