"""How does each leg's value change with SPX, VIX and time? Raw greeks, and dollars in common units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import vx_beta
from core.valuation.black76 import greeks as black_greeks
from core.valuation.forwards import DAY_S, YEAR_S
from core.valuation.leg_terms import ON_SPX, ON_VIX, SHARE
from core.valuation.surface import STANDARD, Surface, vix_to_volatility

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

PERCENT = 0.01


@dataclass(frozen=True, eq=False)
class LegGreeks:
    """One element a leg, NaN where it cannot be valued; for one contract, in points, then in signed dollars.

    `price` in points; `delta` and `gamma` for a point of SPX (SPX legs) or of the VX future (VIX legs); `vega`
    for one volatility point (0.01) of the leg's own; `theta` for a calendar day with the forward unmoved.
    Dollars, with the leg's quantity: `value`; `spx_down` for SPX -1 % and `spx_gamma` the change of the gain of
    +1 % with 1 % more, VIX and volatilities as they are; `vix_up` for VIX +1 point (a VIX leg: delta x beta of
    its future; an SPX leg: vega x 0.8 sqrt(30/days), the root capped at 1.5; a fund:
    as its futures); `decay` for a calendar day.
    """

    price: Floats
    delta: Floats
    gamma: Floats
    vega: Floats
    theta: Floats
    value: Floats
    spx_down: Floats
    spx_gamma: Floats
    vix_up: Floats
    decay: Floats


def greeks(table: LegTable, surface: Surface = STANDARD) -> LegGreeks:
    """Return the greeks of every leg at the table's own moment and market (Black 1976; playbook 4.4)."""
    terms, dollars = table.terms, table.terms.dollars
    ends_s = np.where(terms.kind == SHARE, table.now_s, terms.expiry_s)
    left_s = np.where(table.is_valued, ends_s - table.now_s, np.nan)
    years, days = left_s / YEAR_S, left_s / DAY_S
    raw = black_greeks(
        table.forward, terms.strike, table.sigma, years, terms.sign, _discount(table, years), _rates(table)
    )
    on_spx, on_vix = terms.on == ON_SPX, terms.on == ON_VIX
    slope = np.where(on_spx, table.forward / table.spx0, 1.0)
    delta, gamma, vega = raw.delta * slope, raw.gamma * slope * slope, raw.vega * PERCENT
    step = PERCENT * table.spx0
    on_futures = np.where(on_vix, delta * vx_beta(days), table.forward * table.carry)
    per_vix = np.where(on_spx, vega * vix_to_volatility(days, surface), on_futures)
    theta = np.where(table.is_valued, raw.theta / (YEAR_S / DAY_S), np.nan)
    return LegGreeks(
        raw.price,
        delta,
        gamma,
        vega,
        theta,
        value=dollars * raw.price,
        spx_down=np.where(on_spx, -step * dollars * delta, 0.0 * delta),
        spx_gamma=np.where(on_spx, step * step * dollars * gamma, 0.0 * gamma),
        vix_up=dollars * per_vix,
        decay=dollars * theta,
    )


def _discount(table: LegTable, years: Floats) -> Floats:
    """Return the discount of options; futures and shares are worth their price."""
    return np.exp(-_rates(table) * years)


def _rates(table: LegTable) -> Floats:
    return np.where(table.sigma > 0, table.rate, 0.0)
