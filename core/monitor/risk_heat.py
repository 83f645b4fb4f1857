"""What does the book gain over SPX and VIX, whatever moves with what? The heat map, and grids of shocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import VIX_CAP, VIX_FLOOR
from core.monitor.risk_cloud import Cloud, cloud
from core.monitor.risk_moments import CHOSEN, sessions_to
from core.refusal import RefusedError
from core.risk_state import HeatMap, Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from core.market.series import History
    from core.monitor.risk_ground import Ground
    from core.monitor.risk_moments import At

    Floats = NDArray[np.float64]

LOWEST, HIGHEST = 0.7, 1.2
ACROSS, UPWARDS = 101, 55
"""SPX from -30 % to +20 % in half percents; VIX from 9 to 90 by points and a half."""
MOST_SHOCKS = 101


def heat_map(ground: Ground, at: At, history: History) -> HeatMap:
    """Return the hedged P/L at a moment over SPX -30..+20 % and VIX 9..90, and where history would have gone."""
    spx = np.linspace(LOWEST, HIGHEST, ACROSS) * ground.table.spx0
    vix = np.linspace(VIX_FLOOR, VIX_CAP, UPWARDS)
    sessions = sessions_to(at.moment, ground.now, ground.market.calendar)
    been = _been(ground, history, sessions)
    return HeatMap(
        key=CHOSEN if at.moment == ground.moment else at.key,
        label=at.label,
        moment=at.moment,
        spx=spx,
        vix=vix,
        dollars=ground.profits(spx, vix[:, None], at.moment).sum(axis=0),
        line_vix=ground.line(spx, ground.band),
        sessions=sessions,
        cloud_spx=been.spx,
        cloud_vix=been.vix,
        cloud_from=been.first,
        cloud_to=been.last,
        path_dependent=ground.settled_on_the_way(at.moment),
        cloud_unknown=been.unknown,
        unknown=ground.why(ground.whole, at.moment),
    )


def _been(ground: Ground, history: History, sessions: int) -> Cloud:
    if ground.why_nowhere:
        return Cloud(np.empty(0), np.empty(0), unknown=ground.why_nowhere)
    return cloud(history, ground.table.spx0, ground.table.vix0, sessions)


def check_shocks(name: str, shocks: Sequence[float], least: float) -> Floats:
    """Return shocks as an array; RefusedError for none, too many, one that is no number or below `least`."""
    found = np.array(shocks, np.float64)
    if not 1 <= len(found) <= MOST_SHOCKS:
        raise RefusedError(f"{name}: {len(found)} shocks; 1 to {MOST_SHOCKS} are taken")
    if not np.isfinite(found).all() or found.min() <= least:
        raise RefusedError(f"{name}: every shock must be a number above {least:g}")
    return found


def scenario_grid(ground: Ground, moment: datetime, spx_pct: Floats, vix_points: Floats) -> Scenario:
    """Return P/L at a moment over shocks of SPX (percent) and of VIX (points), from the market as quoted."""
    spx = ground.table.spx0 * (1.0 + spx_pct / 100.0)
    vix = np.maximum(ground.table.vix0 + vix_points, 0.0)
    parts = ground.profits(spx, vix[:, None], moment)
    return Scenario(
        as_of=ground.now,
        is_simulated=False,
        moment=moment,
        spx_shocks_pct=spx_pct,
        vix_shocks=vix_points,
        spx=spx,
        vix=vix,
        bare=parts[0],
        hedged=parts.sum(axis=0),
        path_dependent=ground.settled_on_the_way(moment),
        notes=ground.notes,
        unknown=ground.why(ground.whole, moment),
    )
