"""With which volatility is each leg valued, and who says so? Its mark, its own fills, or VIX and a skew."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.times import exchange_date
from core.valuation.fill_volatility import Unvalued, fill_volatilities
from core.valuation.leg_terms import ON_SPX, ON_VIX, OPTION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.positions.leg import Leg
    from core.valuation.forwards import MarketThen
    from core.valuation.leg_terms import LegTerms


@dataclass(frozen=True, eq=False)
class LegVolatilities:
    """One element a leg: `sigma` a share a year, NaN where it is left open or unknown (futures and shares: 0).

    `source` names where it comes from. `problem` says why there is none; "" with a sigma of NaN leaves it to the
    market of the moment: an SPX option then has the assumed skew around VIX. `note` is what a reader is told of
    a volatility that is known, with the leg named.
    """

    sigma: NDArray[np.float64]
    source: tuple[str, ...]
    problem: tuple[str, ...]
    note: tuple[str, ...]


def leg_volatilities(
    terms: LegTerms,
    then: MarketThen,
    rate: float,
    rows: NDArray[np.intp] | None = None,
) -> LegVolatilities:
    """Return the volatility of each leg: of its mark, else of its fills; `rate` a year, continuously compounded.

    `rows` are the legs that need one, all of them where None; the others are left open.
    A VIX option filled while no VX future was known has the volatility on spot VIX then, and says so.
    """
    sigma = np.where(terms.kind == OPTION, np.nan, 0.0)
    source, problem = [""] * len(terms), list(terms.problem)
    asked = np.arange(len(terms)) if rows is None else rows
    left = [at for at in asked[terms.kind[asked] == OPTION].tolist() if not terms.problem[at]]
    for at in left:
        mark = then.marks.get(terms.legs[at].contract)
        if mark is not None:
            sigma[at], source[at] = mark.sigma, mark.source
    left = [at for at in left if math.isnan(sigma[at])]
    for at, found, words in _of_fills(terms, left, then, rate):
        if isinstance(found, Unvalued):
            problem[at] = "" if terms.on[at] == ON_SPX else found.reason
        else:
            sigma[at], source[at] = found, words
    notes = tuple(
        f"{leg.text}: volatility {value:.1%} {words}" if words else ""
        for leg, value, words in zip(terms.legs, sigma.tolist(), source, strict=True)
    )
    return LegVolatilities(sigma, tuple(source), tuple(problem), notes)


def _of_fills(
    terms: LegTerms, rows: Sequence[int], then: MarketThen, rate: float
) -> list[tuple[int, float | Unvalued, str]]:
    """Return (row, volatility or why none, source) of each row; VIX options a second time on spot VIX."""
    on_spot = replace(then, vx=lambda _expiry, when: then.vix(when))
    found: list[tuple[int, float | Unvalued, str]] = []
    first = fill_volatilities([_dated(terms, at) for at in rows], then, rate)
    missing = [at for at, one in zip(rows, first, strict=True) if isinstance(one, Unvalued) and _on_vix(terms, at)]
    second = dict(
        zip(missing, fill_volatilities([_dated(terms, at) for at in missing], on_spot, rate), strict=True)
    )
    for at, one in zip(rows, first, strict=True):
        again = second.get(at)
        if isinstance(again, float) and _lacks_future(terms.legs[at], then):
            found.append(
                (
                    at,
                    again,
                    f"implied by its fill {_days(terms.legs[at])}, on spot VIX: no VX future was known then",
                )
            )
        else:
            found.append((at, one, f"implied by its fill {_days(terms.legs[at])}"))
    return found


def _dated(terms: LegTerms, at: int) -> tuple[Leg, datetime]:
    return terms.legs[at], datetime.fromtimestamp(float(terms.expiry_s[at]), UTC)


def _on_vix(terms: LegTerms, at: int) -> bool:
    return int(terms.on[at]) == ON_VIX


def _lacks_future(leg: Leg, then: MarketThen) -> bool:
    expiry = leg.contract.expiry
    return expiry is not None and any(then.vx(expiry, dated.time) is None for dated in leg.opened_by)


def _days(leg: Leg) -> str:
    """Return the day of the fills that opened a leg, or how many there were."""
    days: list[date] = sorted({exchange_date(dated.time) for dated in leg.opened_by})
    return f"of {days[0]}" if len(days) == 1 else f"of {len(days)} days to {days[-1]}"
