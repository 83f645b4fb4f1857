"""How is one contract of each kind of leg valued in a scenario? One formula a part, over columns of legs.

The columns broadcast against the levels of SPX and VIX: legs along the first axis and scenarios along the others,
or one scenario beside each leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, Response, vix_at, vx_beta
from core.valuation.black76 import price
from core.valuation.forwards import DAY_S, YEAR_S
from core.valuation.leg_terms import ON_SPX, ON_VIX, OPTION
from core.valuation.surface import STANDARD, Smile, Surface, smile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

PARTS = {"settled SPX": 0, "living SPX": 1, "settled VIX": 2, "living VIX": 3, "future": 4, "share": 5}
UNVALUED = -1


@dataclass(frozen=True, eq=False)
class Rules:
    """The moment of a scenario in UTC seconds, and how things move until then.

    `surface` moves the volatilities. `response` only matters for VIX legs that settle before the moment: they do
    so at SPX in proportion to the time passed, and at the VIX of the map there plus that share of how far VIX is
    from the map at the end (playbook 4.4, path-dependent).
    """

    when_s: float
    surface: Surface = STANDARD
    response: Response = BASE


def part_of(table: LegTable, when_s: float) -> NDArray[np.int64]:
    """Return which of PARTS each leg is at a moment, UNVALUED where it cannot be valued then.

    An SPX option that has settled by then needs neither SPX nor a volatility of now.
    """
    terms = table.terms
    settled = (terms.expiry_s <= when_s) & (when_s > table.now_s)
    on_spx = np.where(settled, PARTS["settled SPX"], PARTS["living SPX"])
    living = np.where(terms.kind == OPTION, PARTS["living VIX"], PARTS["future"])
    on_vix = np.where(settled, PARTS["settled VIX"], living)
    part = np.where(terms.on == ON_SPX, on_spx, np.where(terms.on == ON_VIX, on_vix, PARTS["share"]))
    known = table.is_valued | (settled & (terms.on == ON_SPX) & (terms.expiry_s > table.now_s))
    known |= settled & (terms.on == ON_VIX) & (terms.expiry_s > table.now_s) & np.isfinite(table.spx0 + table.vix0)
    return np.where(known, part, UNVALUED)


@dataclass(frozen=True, eq=False)
class LegColumns:
    """What the formulas need of some legs (`rows`; one may come again), each column made when it is first needed.

    Columns have the shape (legs, 1, ..) with so many `axes` of length one behind the legs.
    """

    table: LegTable
    rows: NDArray[np.intp]
    rules: Rules
    axes: int = 0

    @cached_property
    def sign(self) -> Floats:
        """1 for calls, -1 for puts."""
        return self._shaped(self.table.terms.sign[self.rows])

    @cached_property
    def strike(self) -> Floats:
        """Strikes in points of the legs' own underlying."""
        return self._shaped(self.table.terms.strike[self.rows])

    @cached_property
    def weight(self) -> Floats:
        """What a point of SPX is in points of the leg."""
        return self._shaped(self.table.terms.spx_weight[self.rows])

    @cached_property
    def forward(self) -> Floats:
        """The forwards of now."""
        return self._shaped(self.table.forward[self.rows])

    @cached_property
    def sigma(self) -> Floats:
        """The volatilities of now."""
        return self._shaped(self.table.sigma[self.rows])

    @cached_property
    def years(self) -> Floats:
        """The years that are left at the moment of the scenario."""
        left_s = self.table.terms.expiry_s[self.rows] - self.rules.when_s
        return self._shaped(np.maximum(left_s, 0.0) / YEAR_S)

    @cached_property
    def discount(self) -> Floats:
        """What a dollar at expiry is worth then."""
        return np.asarray(np.exp(-self.table.rate * self.years))

    @cached_property
    def growth(self) -> Floats:
        """What SPX is carried by to the expiry."""
        return np.asarray(np.exp(self._shaped(self.table.carry[self.rows]) * self.years))

    @cached_property
    def beta(self) -> Floats:
        """What the VX future moves for a point of VIX."""
        return vx_beta(self.years * (YEAR_S / DAY_S))

    @cached_property
    def share(self) -> Floats:
        """The part of the way to the scenario at which the leg settles."""
        gone = self.table.terms.expiry_s[self.rows] - self.table.now_s
        return self._shaped(gone / (self.rules.when_s - self.table.now_s))

    @property
    def market(self) -> tuple[float, float]:
        """SPX and VIX of now."""
        return self.table.spx0, self.table.vix0

    def _shaped(self, column: Floats) -> Floats:
        return column.reshape(len(self.rows), *(1,) * self.axes)

    def points(self, part: int, spx: Floats, vix: Floats) -> Floats:
        """Return what one contract of each leg is worth, all legs of the same part of PARTS."""
        return _FORMULAS[part](self, spx, vix)

    @cached_property
    def smile(self) -> Smile:
        """The SPX options as the surface sees them."""
        days = self.years * (YEAR_S / DAY_S)
        return smile(self.sigma, self.strike / self.weight, days, self.market[0], self.rules.surface)

    @cached_property
    def carried(self) -> Floats:
        """The forward of each leg for a point of SPX."""
        return self.weight * self.growth

    def settled_spx(self, spx: Floats, _vix: Floats) -> Floats:
        """Return SPX options at intrinsic."""
        return self._intrinsic(self.weight * spx)

    def living_spx(self, spx: Floats, vix: Floats) -> Floats:
        """Return SPX options by Black-76 on SPX carried to their expiry, their volatility moved by the surface."""
        sigma = self.smile.moved(np.log(spx / self.market[0]), vix - self.market[1])
        return self._black(self.carried * spx, sigma)

    def settled_vix(self, spx: Floats, vix: Floats) -> Floats:
        """Return VIX legs that settle on the way, at the VIX there."""
        (spx0, vix0), response = self.market, self.rules.response
        off_map = vix - vix_at(spx, spx0, vix0, response)
        on_way = vix_at(spx0 + (spx - spx0) * self.share, spx0, vix0, response)
        return self._intrinsic(np.maximum(on_way + self.share * off_map, 0.0))

    def living_vix(self, spx: Floats, vix: Floats) -> Floats:
        """Return VIX options by Black-76 on their own VX future."""
        future = self.future(spx, vix)
        if not self.rules.surface.vix_slope:
            return self._black(future, self.sigma)
        moved = np.log(np.maximum(future, 1e-9) / self.forward)
        return self._black(future, self.sigma + self.rules.surface.vix_slope * moved)

    def future(self, _spx: Floats, vix: Floats) -> Floats:
        """Return VX futures, moved by their beta and never below zero."""
        return np.maximum(self.forward + self.beta * (vix - self.market[1]), 0.0)

    def share_price(self, _spx: Floats, vix: Floats) -> Floats:
        """Return shares of VIX funds, moved with their futures and never below zero."""
        per_vix = self._shaped(self.table.carry[self.rows])
        return np.maximum(self.forward * (1.0 + per_vix * (vix - self.market[1])), 0.0)

    def _intrinsic(self, underlying: Floats) -> Floats:
        return np.maximum(self.sign * (underlying - self.strike), 0.0)

    def _black(self, forward: Floats, sigma: Floats) -> Floats:
        return price(forward, self.strike, sigma, self.years, self.sign, self.discount)


_FORMULAS = (
    LegColumns.settled_spx,
    LegColumns.living_spx,
    LegColumns.settled_vix,
    LegColumns.living_vix,
    LegColumns.future,
    LegColumns.share_price,
)
