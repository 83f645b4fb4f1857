"""What does a chain of quotes imply? The forward of each expiry by put-call parity, and volatilities."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError
from core.market.option_chain import STRIKE_UNIT
from core.market.times import exchange_time
from core.positions.contract import OPTION_ROOTS, Contract, Kind, expiry_moment
from core.valuation.black76 import implied_volatilities, why_none
from core.valuation.forwards import MarkVolatility, ParityForward, years_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.option_chain import OptionChain

    Floats = NDArray[np.float64]

PAIRS = 11
"""Pairs of call and put nearest to the money whose median is the forward: one bad quote moves nothing."""
LEAST_PAIRS = 3
Key = tuple[str, date]


@dataclass(frozen=True, eq=False)
class ChainImplied:
    """What a chain implies, at its own moment: forwards by (root, expiry), and one element an option.

    `mid` in points (NaN without a bid and an ask above it), `forward` and `years` of its expiry, `sigma` a share a
    year, NaN where the mid implies none. `rate` a year is what the mids were discounted with.
    """

    chain: OptionChain
    rate: float
    forwards: Mapping[Key, ParityForward]
    mid: Floats
    forward: Floats
    years: Floats
    sigma: Floats

    def why(self, row: int) -> str:
        """Return why an option has no volatility."""
        if math.isnan(self.mid[row]):
            return "no bid, or no ask above it"
        if math.isnan(self.forward[row]):
            return "no forward: too few pairs of call and put are quoted"
        sign = 1 if self.chain.rights[row] == "C" else -1
        strike = float(self.chain.strikes_e8[row]) / STRIKE_UNIT
        discount = math.exp(-self.rate * self.years[row])
        given = (float(self.mid[row]), float(self.forward[row]), strike, float(self.years[row]))
        return why_none(*given, sign, discount)


def implied_by(chain: OptionChain, spot: float | None, rate: float, calendar: SessionCalendar) -> ChainImplied:
    """Return what the mids of a chain imply; `spot` (points, of its moment) is only for the carry of SPX.

    Forward = K + (C - P) exp(rT), the median over the pairs nearest to the money (playbook 4.2). Volatilities by
    Black-76 on it, with the time to settlement to the minute, morning or afternoon by root.
    """
    columns = chain.columns
    is_quoted = (columns["bid"] > 0) & (columns["ask"] > columns["bid"])
    mid = np.where(is_quoted, (columns["bid"] + columns["ask"]) / 2, np.nan)
    strike, is_call = chain.strikes_e8 / STRIKE_UNIT, chain.rights == "C"
    forward, years = np.full(len(chain), np.nan), np.full(len(chain), np.nan)
    forwards: dict[Key, ParityForward] = {}
    for key, rows in _by_expiry(chain).items():
        left = _years(key, chain, calendar)
        years[rows] = left
        points = _parity(strike[rows], mid[rows], is_call[rows], math.exp(rate * left)) if left > 0 else math.nan
        if math.isfinite(points):
            forward[rows] = points
            forwards[key] = ParityForward(points, _carry(points, spot, left), _source(chain))
    sign = np.where(is_call, 1.0, -1.0)
    sigma = implied_volatilities(mid, forward, strike, years, sign, np.exp(-rate * years))
    return ChainImplied(chain, rate, forwards, mid, forward, years, sigma)


def mark_volatilities(implied: ChainImplied, contracts: Iterable[Contract]) -> dict[Contract, MarkVolatility]:
    """Return the volatilities of those contracts that the chain quotes; XSP has no chain of its own here."""
    chain = implied.chain
    keys = zip(
        chain.roots.tolist(),
        chain.expiries.tolist(),
        chain.strikes_e8.tolist(),
        chain.rights.tolist(),
        strict=True,
    )
    row_of = {key: row for row, key in enumerate(keys)}
    found: dict[Contract, MarkVolatility] = {}
    for contract in contracts:
        strike_e8 = int((contract.strike or 0) * STRIKE_UNIT)
        row = row_of.get((contract.root, contract.expiry, strike_e8, contract.right))
        if row is not None and np.isfinite(implied.sigma[row]):
            found[contract] = MarkVolatility(
                float(implied.sigma[row]), f"implied by its mid of the {_source(chain)}"
            )
    return found


def _by_expiry(chain: OptionChain) -> dict[Key, NDArray[np.intp]]:
    """Return the rows of each (root, expiry)."""
    labels = np.char.add(chain.roots.astype(str), chain.expiries.astype("datetime64[D]").astype(str))
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    rows = np.split(order, np.cumsum(np.bincount(inverse))[:-1])
    return {(str(chain.roots[at]), _date(chain.expiries[at])): some for at, some in zip(first, rows, strict=True)}


def _date(day: np.datetime64) -> date:
    converted = day.astype("datetime64[D]").item()
    if not isinstance(converted, date):
        raise TypeError(f"{day!r} is not a day")
    return converted


def _years(key: Key, chain: OptionChain, calendar: SessionCalendar) -> float:
    """Return the years from the chain's moment to the settlement of an expiry, NaN where it is not known."""
    root, expiry = key
    if root not in OPTION_ROOTS:
        return math.nan
    try:
        moment = expiry_moment(Contract(root, Kind.OPTION, expiry, "C"), calendar)
    except OutsideCalendarError:
        return math.nan
    return math.nan if moment is None else years_between(chain.time, moment)


def _parity(strike: Floats, mid: Floats, is_call: NDArray[np.bool_], growth: float) -> float:
    """Return the forward that the pairs nearest to the money imply, NaN with too few of them."""
    calls, puts = ({k: m for k, m in zip(strike[s], mid[s], strict=True) if m == m} for s in (is_call, ~is_call))  # noqa: PLR0124 - NaN
    both = np.array(sorted(calls.keys() & puts.keys()))
    if len(both) < LEAST_PAIRS:
        return math.nan
    gaps = np.array([calls[k] - puts[k] for k in both.tolist()])
    near = np.argsort(np.abs(gaps), kind="stable")[:PAIRS]
    return float(np.median(both[near] + gaps[near] * growth))


def _carry(points: float, spot: float | None, years: float) -> float:
    return math.log(points / spot) / years if spot else 0.0


def _source(chain: OptionChain) -> str:
    return f"{chain.source} chain of {exchange_time(chain.time)} New York"
