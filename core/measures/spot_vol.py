"""How far do VIX and its futures move when SPX moves? The response map, its inverse, the beta of a future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

VIX_FLOOR, VIX_CAP = 9.0, 90.0
BETA_SCALE_DAYS = 10.0


@dataclass(frozen=True, slots=True)
class Response:
    """Percent of VIX gained for each percent that SPX falls (`b_down`), lost for each that it rises (`b_up`).

    Positive numbers, or arrays that broadcast with the levels asked for.
    """

    b_down: float | NDArray[np.float64]
    b_up: float | NDArray[np.float64]


# Assumptions of playbook 4.3; base fits +14.5 % and -9.6 % of VIX on days of -3 % and +3 % in SPX.
LOW = Response(2.5, 2.0)
BASE = Response(4.5, 3.4)
HIGH = Response(7.0, 4.5)


def vix_at(spx: ArrayLike, spx0: float, vix0: float, response: Response) -> NDArray[np.float64]:
    """Return VIX at SPX levels, `vix0 * exp(-b ln(spx/spx0))` within 9 to 90 (playbook 4.3).

    `spx` in index points, any shape, above zero; the result has the broadcast shape of `spx` and `response`.
    """
    move = np.log(np.asarray(spx, np.float64) / spx0)
    b = np.where(move < 0, response.b_down, response.b_up)
    return np.asarray(np.clip(vix0 * np.exp(-b * move), VIX_FLOOR, VIX_CAP))


def spx_at(vix: ArrayLike, spx0: float, vix0: float, response: Response) -> NDArray[np.float64]:
    """Return the SPX levels at which the map gives these VIX levels; NaN outside 9 to 90, where it has none."""
    levels = np.asarray(vix, np.float64)
    reachable = (levels >= VIX_FLOOR) & (levels <= VIX_CAP)
    b = np.where(levels > vix0, response.b_down, response.b_up)
    return spx0 * np.exp(-np.log(np.where(reachable, levels, np.nan) / vix0) / b)


def vx_beta(days_left: ArrayLike) -> NDArray[np.float64]:
    """Return points that a VX future moves for a point of VIX, `1/sqrt(1 + days/10)` (playbook 4.3)."""
    return np.asarray((1.0 + np.asarray(days_left, np.float64) / BETA_SCALE_DAYS) ** -0.5)


def vx_at(vx0: ArrayLike, vix0: float, vix1: ArrayLike, days_left: ArrayLike) -> NDArray[np.float64]:
    """Return the price of a VX future when VIX goes from `vix0` to `vix1`, never below zero.

    `days_left` are the calendar days from that moment to the future's expiry.
    """
    move = np.asarray(vix1, np.float64) - vix0
    return np.maximum(np.asarray(vx0, np.float64) + vx_beta(days_left) * move, 0.0)
