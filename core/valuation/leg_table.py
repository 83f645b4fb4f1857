"""What is each open leg valued with now? Its forward and its volatility as arrays, each with its source.

The terms and most volatilities do not depend on quotes: they are made once for a book and its marks; a tick only
puts today's forwards beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.valuation.forwards import DAY_S, YEAR_S, present
from core.valuation.fund import FUND_NOTE, share_of_vix
from core.valuation.leg_terms import ON_FUND, ON_SPX, ON_VIX, OPTION
from core.valuation.surface import SKEW_NOTE, assumed_volatility

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.valuation.forwards import MarketNow
    from core.valuation.leg_terms import LegTerms
    from core.valuation.leg_volatility import LegVolatilities

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Forward:
    """The forward of one expiry now: points of its underlying, where it comes from, what is wrong with it.

    `carry` a year, so that an SPX forward at any level is level x exp(carry x years). `unknown` where none.
    """

    points: float
    carry: float
    source: str
    warning: str = ""
    unknown: str = ""


@dataclass(frozen=True, eq=False)
class LegTable:
    """All open legs and what they are valued with at one moment; one element a leg, no leg left out.

    `now_s` are UTC seconds, `spx0`, `vix0` points (NaN where unknown), `rate` a year. `forward` in points of the
    leg's own underlying, `carry` a year (SPX legs; of a fund the share of its price that a point of VIX moves),
    `sigma` a share a year (0 for futures and shares), all NaN where unknown. `forwards` has one element for each
    of `terms.expiries`.
    """

    terms: LegTerms
    volatilities: LegVolatilities
    now_s: float
    spx0: float
    vix0: float
    rate: float
    forwards: tuple[Forward, ...]
    forward: Floats
    carry: Floats
    sigma: Floats

    @cached_property
    def is_valued(self) -> NDArray[np.bool_]:
        """Whether a leg has all that its value needs."""
        is_alive = self.terms.expiry_s > self.now_s
        return is_alive & np.isfinite(self.forward) & np.isfinite(self.sigma)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Why a leg cannot be valued, naming it; "" where it can."""
        return tuple("" if known else self.why(row) for row, known in enumerate(self.is_valued.tolist()))

    @cached_property
    def forward_source(self) -> tuple[str, ...]:
        """Where the forward of each leg comes from."""
        return tuple(self.forwards[at].source for at in self.terms.settles.tolist())

    @cached_property
    def warning(self) -> tuple[str, ...]:
        """What is wrong with the forward of each leg, and in which direction; "" where nothing is."""
        return tuple(self.forwards[at].warning for at in self.terms.settles.tolist())

    @cached_property
    def sigma_source(self) -> tuple[str, ...]:
        """Where the volatility of each leg comes from; "" where it needs none."""
        assumed = np.isnan(self.volatilities.sigma) & np.isfinite(self.sigma)
        pairs = zip(self.volatilities.source, assumed.tolist(), strict=True)
        return tuple(SKEW_NOTE if is_assumed else source for source, is_assumed in pairs)

    def why(self, row: int) -> str:
        """Return why a leg has no value, naming it; only asked of one that has none."""
        terms = self.terms
        text = terms.legs[row].contract.text
        if terms.problem[row]:
            return terms.problem[row]
        if not terms.expiry_s[row] > self.now_s:
            return f"{text} has expired: enter its settlement"
        if not np.isfinite(self.forward[row]):
            return f"{text}: {self.forwards[int(terms.settles[row])].unknown}"
        return self.volatilities.problem[row] or f"{text}: no volatility"


def leg_table(
    terms: LegTerms, volatilities: LegVolatilities, market: MarketNow, forwards: Sequence[Forward] = ()
) -> LegTable:
    """Return the legs with the forwards of this moment; `forwards` (one an expiry) spares finding them.

    SPX options whose volatility is left open (NaN) get the assumed one of VIX and the skew.
    """
    found = tuple(forwards) or forwards_now(terms, market)
    spx0, vix0 = present(market.spx) or math.nan, present(market.vix) or math.nan
    at = terms.settles
    points = np.array([one.points for one in found], np.float64)[at]
    sigma = np.where(terms.kind == OPTION, volatilities.sigma, 0.0)
    is_open = np.isnan(sigma) & (terms.on == ON_SPX)
    if is_open.any():
        strikes = terms.strike[is_open] / terms.spx_weight[is_open]
        sigma[is_open] = assumed_volatility(strikes, spx0, vix0)
    carry = np.array([one.carry for one in found], np.float64)[at]
    now_s = market.now.timestamp()
    return LegTable(
        terms, volatilities, now_s, spx0, vix0, market.rate, found, points * terms.own_weight, carry, sigma
    )


def forwards_now(terms: LegTerms, market: MarketNow) -> tuple[Forward, ...]:
    """Return the forward of each of `terms.expiries` now.

    SPX: by parity from a chain, else carried at rate less dividends. VIX: the VX future of the same expiry, else
    by parity from a chain, else spot VIX with a warning (playbook 4.2). A fund: its price.
    """
    of = {ON_SPX: _spx_forward, ON_VIX: _vix_forward}
    moments = zip(terms.expiries, terms.settles_s, strict=True)
    return tuple(
        _fund_price(symbol, market) if on == ON_FUND else of[on](expiry, settles_s, market)
        for (on, expiry, symbol), settles_s in moments
    )


def _spx_forward(expiry: date | None, expiry_s: float, market: MarketNow) -> Forward:
    spx = present(market.spx)
    if spx is None:
        return Forward(math.nan, math.nan, "", unknown="no SPX value")
    years = (expiry_s - market.now.timestamp()) / YEAR_S
    implied = market.spx_carries.get(expiry) if expiry else None
    carry = market.rate - market.dividend if implied is None else implied.carry
    source = market.carry_note if implied is None else implied.source
    return Forward(spx * math.exp(carry * max(years, 0.0)), carry, source)


def _vix_forward(expiry: date | None, expiry_s: float, market: MarketNow) -> Forward:
    vix = present(market.vix)
    if vix is None or present(market.spx) is None:
        return Forward(math.nan, 0.0, "", unknown=f"no {'VIX' if vix is None else 'SPX'} value")
    on_curve = present(market.curve.get(expiry)) if expiry else None
    if on_curve is not None:
        return Forward(
            on_curve, 0.0, f"VX future of {expiry}" + (f"; {market.curve_note}" if market.curve_note else "")
        )
    by_parity = market.vix_forwards.get(expiry) if expiry else None
    if by_parity is not None:
        return Forward(by_parity.points, 0.0, by_parity.source)
    days = (expiry_s - market.now.timestamp()) / DAY_S
    return Forward(vix, 0.0, "spot VIX", _spot_warning(expiry, days, vix))


USUAL_VIX = 20.0  # about the long mean, towards which the curve goes


def _spot_warning(expiry: date | None, days: float, vix: float) -> str:
    """Return what is wrong with spot VIX as a forward, and which way it errs."""
    is_low = vix < USUAL_VIX
    curve, errs = ("rises", "low") if is_low else ("falls", "high")
    return (
        f"no VX future of {expiry}, no quotes for parity: spot VIX {vix:.2f} stands in {days:.0f} days "
        f"ahead; below a VIX of 20 the curve usually rises, above it falls: it {curve} here, so calls come out "
        f"too {errs} and puts too {'high' if is_low else 'low'}"
    )


def _fund_price(symbol: str, market: MarketNow) -> Forward:
    """Return the price of a fund; its `carry` is the share of it that a point of VIX moves."""
    price, vix = present(market.shares.get(symbol)), present(market.vix)
    if price is None:
        return Forward(math.nan, 0.0, "", unknown=f"no price of {symbol}: enter a quote")
    if vix is None or present(market.spx) is None:
        return Forward(math.nan, 0.0, "", unknown=f"no {'VIX' if vix is None else 'SPX'} value")
    share = share_of_vix(symbol, market)
    if math.isnan(share):
        return Forward(math.nan, 0.0, "", unknown="no VX curve to move it by")
    return Forward(price, share, f"price of {symbol}", FUND_NOTE)


def moved_to(table: LegTable, moment: datetime) -> LegTable:
    """Return the table seen from a later moment at the same SPX, VIX and futures: only time has passed."""
    now_s = moment.timestamp()
    on_spx = table.terms.on == ON_SPX
    passed = np.where(on_spx, np.exp(-table.carry * (now_s - table.now_s) / YEAR_S), 1.0)
    return replace(table, now_s=now_s, forward=table.forward * passed)
