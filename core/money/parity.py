"""Do call and put agree with the future? Conversion and reversal by chain quotes, in ticks after the spread.

Put-call parity: C - P = e^{-rT} (F - K). A conversion sells the call, buys the put and buys the forward; a
reversal is its opposite. Each pays the spread of both options, and a tick for the future (seed 001; Stoll 1969).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.option_chain import STRIKE_UNIT
from core.positions.contract import OPTION_ROOTS, Contract, Kind, expiry_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.market.calendar import SessionCalendar
    from core.market.option_chain import OptionChain

TICK_LOW, TICK_HIGH, TICK_LIMIT = 0.05, 0.10, 3.00
"""Points a tick, below 3.00 and from there (Cboe's old rule; assumption: newer listings may be finer)."""
FUTURE_TICK = 0.05
FEWEST_STRIKES = 4
LEAST_DISCOUNT, MOST_DISCOUNT = 0.5, 1.05
"""A line through the strikes says something within these alone (assumption)."""
YEAR_S = 365.0 * 86_400.0
CONVERSION, REVERSAL, NEITHER = "conversion", "reversal", "neither pays"


@dataclass(frozen=True, slots=True)
class ParityRow:
    """One strike of one expiry. `residual_ticks` is C - P - e^{-rT}(F - K) by mids, in ticks.

    `conversion_ticks` and `reversal_ticks` are what each brings after crossing the spreads and a tick for the
    forward: above zero it pays. `forward` in points, `rate_pct` the financing rate a year; `forward_source` says
    where they are from.
    """

    root: str
    expiry: date
    strike: float
    forward: float
    forward_source: str
    rate_pct: float
    call_mid: float
    put_mid: float
    residual_ticks: float
    conversion_ticks: float
    reversal_ticks: float

    @property
    def pays(self) -> str:
        """Which of the two pays after cost."""
        if self.conversion_ticks > 0:
            return CONVERSION
        return REVERSAL if self.reversal_ticks > 0 else NEITHER


@dataclass(frozen=True, slots=True)
class _Line:
    """C - P = discount x (forward - strike), and where the two come from."""

    forward: float
    discount: float
    source: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """Bid and ask of call and put at one strike, points."""

    strike: float
    call: tuple[float, float]
    put: tuple[float, float]

    @property
    def mids(self) -> tuple[float, float]:
        return sum(self.call) / 2.0, sum(self.put) / 2.0


def parity_rows(
    chain: OptionChain, curve: Mapping[date, float], rate: float, calendar: SessionCalendar
) -> list[ParityRow]:
    """Return every strike with call and put quoted, by root, expiry and strike; `rate` a year, continuous.

    The forward of a VIX option is the VX future of its expiry, at the chain's moment as `curve` has it. Without
    one, and for SPX, forward and financing rate are those of the line through C - P over the strikes (weighted by
    the spreads): the residual then says how far a strike is out of line with the others, whatever the rate is.
    With fewer than FEWEST_STRIKES the nearest strike implies the forward at the given rate.
    """
    found: list[ParityRow] = []
    for root, expiry, pairs in _expiries(chain):
        years = _years(root, expiry, chain.time, calendar)
        if years is None or years <= 0:
            continue
        line = _line(root, expiry, pairs, curve, (rate, years))
        found += [_row(root, expiry, pair, line, years) for pair in pairs]
    return found


def _expiries(chain: OptionChain) -> Iterator[tuple[str, date, list[_Pair]]]:
    bid, ask = chain.columns["bid"], chain.columns["ask"]
    quoted = np.isfinite(bid) & np.isfinite(ask) & (ask >= bid) & (bid > 0)
    quotes: dict[tuple[str, date], dict[int, dict[str, tuple[float, float]]]] = {}
    for at in np.flatnonzero(quoted).tolist():
        expiry: date = chain.expiries[at].item()
        strikes = quotes.setdefault((str(chain.roots[at]), expiry), {})
        sides = strikes.setdefault(int(chain.strikes_e8[at]), {})
        sides[str(chain.rights[at])] = (float(bid[at]), float(ask[at]))
    for (root, expiry), strikes in sorted(quotes.items()):
        pairs = [
            _Pair(strike / STRIKE_UNIT, sides["C"], sides["P"])
            for strike, sides in sorted(strikes.items())
            if len(sides) == 2
        ]
        if pairs:
            yield root, expiry, pairs


def _years(root: str, expiry: date, now: datetime, calendar: SessionCalendar) -> float | None:
    if root not in OPTION_ROOTS or not calendar.first <= expiry <= calendar.last:
        return None
    moment = expiry_moment(Contract(root, Kind.OPTION, expiry, "C"), calendar)
    return None if moment is None else (moment - now.astimezone(UTC)).total_seconds() / YEAR_S


def _line(
    root: str, expiry: date, pairs: list[_Pair], curve: Mapping[date, float], terms: tuple[float, float]
) -> _Line:
    rate, years = terms
    discount = math.exp(-rate * years)
    future = curve.get(expiry) if OPTION_ROOTS[root].underlying == "VIX" else None
    if future is not None and future > 0:
        return _Line(future, discount, f"VX future of {expiry}")
    fitted = _fitted(pairs) if len(pairs) >= FEWEST_STRIKES else None
    if fitted is not None:
        return fitted
    nearest = min(pairs, key=lambda pair: abs(pair.mids[0] - pair.mids[1]))
    call, put = nearest.mids
    return _Line(nearest.strike + (call - put) / discount, discount, f"implied at {nearest.strike:g}")


def _fitted(pairs: list[_Pair]) -> _Line | None:
    """Return the weighted least-squares line of C - P over the strikes, None where its discount is absurd."""
    strikes = np.array([pair.strike for pair in pairs])
    gaps = np.array([pair.mids[0] - pair.mids[1] for pair in pairs])
    spreads = np.array([pair.call[1] - pair.call[0] + pair.put[1] - pair.put[0] for pair in pairs])
    slope, level = np.polyfit(strikes, gaps, 1, w=1.0 / np.maximum(spreads, TICK_LOW))
    if not LEAST_DISCOUNT <= -slope <= MOST_DISCOUNT:
        return None
    return _Line(float(level / -slope), float(-slope), f"implied by {len(pairs)} strikes")


def _row(root: str, expiry: date, pair: _Pair, line: _Line, years: float) -> ParityRow:
    fair = line.discount * (line.forward - pair.strike)
    call, put = pair.mids
    tick = TICK_LOW if max(call, put) < TICK_LIMIT else TICK_HIGH
    return ParityRow(
        root=root,
        expiry=expiry,
        strike=pair.strike,
        forward=line.forward,
        forward_source=line.source,
        rate_pct=-100.0 * math.log(line.discount) / years,
        call_mid=call,
        put_mid=put,
        residual_ticks=(call - put - fair) / tick,
        conversion_ticks=(pair.call[0] - pair.put[1] - fair - FUTURE_TICK) / tick,
        reversal_ticks=(fair - (pair.call[1] - pair.put[0]) - FUTURE_TICK) / tick,
    )
