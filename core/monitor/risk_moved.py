"""How would the legs stand, were the market elsewhere? Forwards and volatilities move by the model's rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import vx_beta
from core.valuation.forwards import DAY_S, YEAR_S
from core.valuation.leg_terms import ON_FUND, ON_SPX
from core.valuation.surface import STANDARD, Surface, smile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

TINY = 1e-9  # points: a fund that is worth nothing moves no more


def moved_table(table: LegTable, spx: float, vix: float, now_s: float, surface: Surface = STANDARD) -> LegTable:
    """Return the legs with SPX and VIX (points) at other levels, at a moment (UTC seconds) not before the table's.

    SPX is carried to each expiry as before, VX futures move by beta(days left) x the change of VIX, funds by their
    share of it, volatilities by the surface: as `revalue` does. What settles before the moment has no value then.
    """
    if (spx, vix, now_s) == (table.spx0, table.vix0, table.now_s):
        return table
    terms, left_s = table.terms, np.maximum(table.terms.expiry_s - now_s, 0.0)
    on_spx, on_fund = terms.on == ON_SPX, terms.on == ON_FUND
    per_vix = np.where(on_fund, table.forward * table.carry, vx_beta(left_s / DAY_S))
    carried = terms.spx_weight * spx * np.exp(table.carry * np.where(on_spx, left_s / YEAR_S, 0.0))
    on_vix = np.maximum(table.forward + per_vix * (vix - table.vix0), 0.0)
    return replace(
        table,
        now_s=now_s,
        spx0=spx,
        vix0=vix,
        forward=np.where(on_spx, carried, on_vix),
        carry=np.where(on_fund, per_vix / np.maximum(on_vix, TINY), table.carry),
        sigma=_moved_sigma(table, spx, vix, left_s / DAY_S, surface),
    )


def _moved_sigma(table: LegTable, spx: float, vix: float, days: Floats, surface: Surface) -> Floats:
    """Return the volatilities of SPX options after the move; the others keep theirs."""
    terms, sigma = table.terms, table.sigma.copy()
    rows = np.flatnonzero((terms.on == ON_SPX) & (table.sigma > 0))
    strikes = terms.strike[rows] / terms.spx_weight[rows]
    seen = smile(sigma[rows], strikes, days[rows], table.spx0, surface)
    sigma[rows] = seen.moved(np.log(np.asarray(spx / table.spx0)), np.asarray(vix - table.vix0))
    return sigma
