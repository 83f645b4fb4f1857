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
YEAR_S = 365.0 * 86_400.0
CONVERSION, REVERSAL, NEITHER = "conversion", "reversal", "neither pays"


@dataclass(frozen=True, slots=True)
class ParityRow:
    """One strike of one expiry. `residual_ticks` is C - P - e^{-rT}(F - K) by mids, in ticks.

    `conversion_ticks` and `reversal_ticks` are what each brings after crossing the spreads and a tick for the
    forward: above zero it pays. `forward` in points, `forward_source` where it is from.
    """

    root: str
    expiry: date
    strike: float
    forward: float
    forward_source: str
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

    The forward of a VIX option is the VX future of its expiry, at the chain's moment as `curve` has it; without
    one, and for SPX, it is what the strike with the nearest mids implies: then that strike's residual is zero by
    construction.
    """
    found: list[ParityRow] = []
    for root, expiry, pairs in _expiries(chain):
        years = _years(root, expiry, chain.time, calendar)
        if years is None or years <= 0:
            continue
        discount = math.exp(-rate * years)
        forward, source = _forward(root, expiry, pairs, curve, discount)
        found += [_row(root, expiry, pair, (forward, source), discount) for pair in pairs]
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


def _forward(
    root: str, expiry: date, pairs: list[_Pair], curve: Mapping[date, float], discount: float
) -> tuple[float, str]:
    future = curve.get(expiry) if OPTION_ROOTS[root].underlying == "VIX" else None
    if future is not None and future > 0:
        return future, f"VX future of {expiry}"
    nearest = min(pairs, key=lambda pair: abs(pair.mids[0] - pair.mids[1]))
    call, put = nearest.mids
    return nearest.strike + (call - put) / discount, f"implied at {nearest.strike:g}"


def _row(root: str, expiry: date, pair: _Pair, forward: tuple[float, str], discount: float) -> ParityRow:
    points, source = forward
    fair = discount * (points - pair.strike)
    call, put = pair.mids
    tick = TICK_LOW if max(call, put) < TICK_LIMIT else TICK_HIGH
    return ParityRow(
        root=root,
        expiry=expiry,
        strike=pair.strike,
        forward=points,
        forward_source=source,
        call_mid=call,
        put_mid=put,
        residual_ticks=(call - put - fair) / tick,
        conversion_ticks=(pair.call[0] - pair.put[1] - fair - FUTURE_TICK) / tick,
        reversal_ticks=(fair - (pair.call[1] - pair.put[0]) - FUTURE_TICK) / tick,
    )
