"""What else follows from the closes? Range volatility, breadth, the curve and what moves with VIX, by session."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.market.context import CONTEXT, known_at
from core.market.series import DAILY, Series
from core.measures.breadth import advances_declines
from core.measures.breadth_extra import (
    ad_percent,
    mcclellan,
    mcclellan_summation,
    zweig_pct,
    zweig_thrust,
)
from core.measures.correlation import CORRELATION_SESSIONS, difference, log_change, rolling_correlation
from core.measures.curve import constant_maturity, contango_pct, days_to_expiries
from core.measures.realised import (
    bars_of,
    garman_klass_pct,
    parkinson_pct,
    rogers_satchell_pct,
    yang_zhang_pct,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.market.series import History
    from core.measures.measured import Measured

    Floats = NDArray[np.float64]

LONGEST_LAG_SESSIONS = 12
"""No daily context series of CONTEXT becomes known later than so many sessions after its day."""
DAILY_CONTEXT = tuple(symbol for symbol, rule in CONTEXT.items() if not rule.month_day)
NEAR_FUTURES = 3
"""30 days lie between the first two futures or, when the first has a day left, between the next two."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """How the daily changes of a context series went with those of EDR and VIX; NaN with too few sessions."""

    symbol: str
    with_edr: float
    with_vix: float
    edr_sessions: int
    vix_sessions: int


@dataclass(frozen=True, eq=False)
class MoreMeasured:
    """One element a session of the history (`contango_pct`: seven pairs), NaN where the window has a gap.

    `realised_pct` has the range-based volatilities of SPX by name. `correlations` are those of the last
    `CORRELATION_SESSIONS` sessions, with what of each series was known at the last close.
    """

    realised_pct: Mapping[str, Floats]
    mcclellan: Floats
    mcclellan_summation: Floats
    ad_percent: Floats
    zweig_pct: Floats
    zweig_thrust: NDArray[np.bool_]
    contango_pct: Floats
    vx30: Floats
    correlations: tuple[Correlation, ...]


def more_measures(measured: Measured) -> MoreMeasured:
    """Return what else follows from the closes that were measured (5 ms for 30 years)."""
    history, bars = measured.history, bars_of(measured.history, "SPX")
    advances, declines = advances_declines(history, measured.universe)
    unchanged = history.column(f"BREADTH:{measured.universe}.unchanged")
    oscillator, thrust_mean = mcclellan(advances, declines), zweig_pct(advances, declines)
    estimators = (parkinson_pct, garman_klass_pct, rogers_satchell_pct, yang_zhang_pct)
    return MoreMeasured(
        realised_pct=MappingProxyType({estimator.__name__: estimator(bars) for estimator in estimators}),
        mcclellan=oscillator,
        mcclellan_summation=mcclellan_summation(oscillator),
        ad_percent=ad_percent(advances, declines, unchanged),
        zweig_pct=thrust_mean,
        zweig_thrust=zweig_thrust(thrust_mean),
        contango_pct=contango_pct(measured.vx),
        vx30=_vx30(measured),
        correlations=tuple(_correlation(symbol, measured) for symbol in DAILY_CONTEXT if history.has(symbol)),
    )


def known_sessions(symbol: str, history: History, now_s: int) -> int:
    """Return how many sessions' values of a daily context series were known at a UTC second, from the first."""
    for length in range(history.length, max(history.length - LONGEST_LAG_SESSIONS, 0), -1):
        day = history.days[length - 1 : length]
        one = Series(symbol, "", day, {}, np.zeros(1, np.bool_), DAILY)
        if known_at(one, history.calendar)[0] <= now_s:
            return length
    return max(history.length - LONGEST_LAG_SESSIONS, 0)


def _vx30(measured: Measured) -> Floats:
    """Return VX at 30 days on the sessions that have a curve; the expiries of the others are not looked up."""
    out = np.full(measured.history.length, np.nan)
    rows = np.flatnonzero(np.isfinite(measured.vx[:, :2]).all(axis=1))
    if len(rows):
        left = days_to_expiries(measured.history.days[rows], NEAR_FUTURES, measured.history.calendar)
        out[rows] = constant_maturity(measured.vx[rows, :NEAR_FUTURES], left)
    return out


def _correlation(symbol: str, measured: Measured) -> Correlation:
    history = measured.history
    values = history.column(symbol)[-CORRELATION_SESSIONS - 1 :].copy()
    known = known_sessions(symbol, history, int(history.closes[-1]))
    values[max(known - history.length + len(values), 0) :] = np.nan
    changes = difference(values) if CONTEXT[symbol].unit == "%" else log_change(values)
    found = []
    for other in (measured.edr_pct, measured.vix):
        both, count = rolling_correlation(changes[1:], log_change(other[-len(values) :])[1:])
        found.append((float(both[-1]), int(count[-1])) if len(both) else (np.nan, 0))
    (with_edr, edr_sessions), (with_vix, vix_sessions) = found
    return Correlation(symbol, with_edr, with_vix, edr_sessions, vix_sessions)
