"""What follows from the daily history, session by session? The arrays that charts, rules and figures share."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.measures.breadth import (
    Divergence,
    DivergenceKind,
    Grade,
    ad_line,
    advances_declines,
    divergence,
    latest_universe,
    rana,
)
from core.measures.curve import backwardation_pct, rule_backwardation_pct, rule_front, settlements
from core.measures.edr import FORMULAS, edr_pct, multiplier_of, vix9d_or_vix
from core.measures.indicators import macd, wilder_rsi
from core.measures.rolling import rolling_mean, rolling_sd
from core.measures.settings import MeasureSettings
from core.measures.volatility import hv_pct, rv_iv_pct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.market.series import History

__all__ = ["DivergenceKind", "Earlier", "Grade", "MeasureSettings", "Measured", "measure", "measured_with"]

LIVE_SESSIONS = 600
BREADTH_MEASURES = (
    "ad_line",
    "rana",
    "divergence",
    "divergence_d",
    "divergence_sessions",
    "divergence_grade",
)
"""So many sessions carry MACD and RSI to the last bit of what the whole history gives: (25/27)^550 < 1e-18."""


@dataclass(frozen=True)
class Measured:
    """One element a session of `history`; NaN (or UNKNOWN) where an input is missing in the window.

    Percent are `_pct`, index points `_points`. `edr_stands_in` is True where VIX took the place of VIX9D.
    `vx` has shape (sessions, 8): the settlements of VX1..VX8. `rule_front` is the number (1..7) of the
    first future of the pair that the backwardation rule uses, 0 where there is no curve. `rv_iv_pct` is
    HV20 over VIX less 1, in percent. `settings` are those the arrays were made with.
    """

    history: History
    edr_formula: str
    universe: str
    spx: NDArray[np.float64]
    vix: NDArray[np.float64]
    vix9d_used: NDArray[np.float64]
    edr_stands_in: NDArray[np.bool_]
    hv20_pct: NDArray[np.float64]
    edr_pct: NDArray[np.float64]
    edr_points: NDArray[np.float64]
    vix_sma20: NDArray[np.float64]
    vix_sd20: NDArray[np.float64]
    macd: NDArray[np.float64]
    macd_signal: NDArray[np.float64]
    rsi_vix: NDArray[np.float64]
    rsi_spx: NDArray[np.float64]
    ad_line: NDArray[np.float64]
    rana: NDArray[np.float64]
    divergence: NDArray[np.int8]
    divergence_d: NDArray[np.float64]
    divergence_sessions: NDArray[np.int32]
    divergence_grade: NDArray[np.int8]
    vx: NDArray[np.float64]
    backwardation_pct: NDArray[np.float64]
    rule_backwardation_pct: NDArray[np.float64]
    rule_front: NDArray[np.int8]
    rv_iv_pct: NDArray[np.float64]
    settings: MeasureSettings = field(default_factory=MeasureSettings)

    def until(self, length: int) -> Measured:
        """Return the measures of the first `length` sessions.

        The same as measuring `history.until(length)`, but for the choice of the universe when the settings
        name none: that one was made with what is known at the end.
        """
        if length >= self.history.length:
            return self
        kept = max(length, 0)
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        cut = {name: value[:kept] for name, value in values.items() if isinstance(value, np.ndarray)}
        return Measured(**{**values, **cut, "history": self.history.until(kept)})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came before the first session of a history that is the end of a longer one."""

    has_vix9d: bool = False
    ad_line: float = 0.0


def measure(
    history: History,
    settings: MeasureSettings,
    earlier: Earlier | None = None,
    breadth: Mapping[str, Any] | None = None,
) -> Measured:
    """Return every measure of the history. Causal: what comes later changes nothing that came before.

    `breadth` are the measures of breadth where they are known already.
    """
    before = earlier or Earlier()
    universe = settings.universe or latest_universe(history)
    return Measured(
        history=history,
        edr_formula=settings.edr_formula,
        universe=universe,
        settings=settings,
        **_volatility(history, settings, before),
        **_indicators(history, settings),
        **(_breadth(history, settings, universe, before) if breadth is None else breadth),
        **_curve(history, settings),
    )


def measured_with(past: Measured, values: Mapping[str, float], *, is_breadth_carried: bool = False) -> Measured:
    """Return the measures of the last sessions and one more, provisional, whose values are given by column.

    Universe, A/D level and the beginning of VIX9D are carried over from the past, so that the last element
    is what `measure` would give had the session closed with these values. With `is_breadth_carried` the measures
    of breadth stay those of the last close.
    """
    history = past.history
    start = max(history.length - LIVE_SESSIONS, 0)
    last = history.last_sessions(LIVE_SESSIONS)
    unseen = {name: np.full(last.length, np.nan) for name in values if not last.has(name)}
    live = replace(last, columns={**last.columns, **unseen}).extended(values)
    had_vix9d = bool(np.isfinite(history.column("VIX9D")[:start]).any())
    level = float(past.ad_line[start - 1]) if start else np.nan
    settings = replace(past.settings, universe=past.universe)
    carried = _carried_breadth(past, live.length) if is_breadth_carried else None
    measured = measure(live, settings, Earlier(had_vix9d, level if np.isfinite(level) else 0.0), carried)
    return replace(measured, settings=past.settings)


def _volatility(history: History, settings: MeasureSettings, earlier: Earlier) -> dict[str, Any]:
    spx, vix = history.column("SPX"), history.column("VIX")
    vix9d, stands_in = vix9d_or_vix(history.column("VIX9D"), vix, has_begun=earlier.has_vix9d)
    hv20 = hv_pct(spx)
    multiplier = multiplier_of(settings.edr_formula, settings.edr_mult, spx, vix)
    edr = edr_pct(settings.edr_formula, multiplier, vix9d, hv20, vix)
    reads_vix9d = "VIX9D" in FORMULAS[settings.edr_formula].inputs
    return {
        "spx": spx,
        "vix": vix,
        "vix9d_used": vix9d,
        "edr_stands_in": stands_in & reads_vix9d,
        "hv20_pct": hv20,
        "edr_pct": edr,
        "edr_points": edr / 100.0 * spx,
        "rv_iv_pct": rv_iv_pct(hv20, vix),
    }


def _indicators(history: History, settings: MeasureSettings) -> dict[str, Any]:
    vix = history.column("VIX")
    line, signal = macd(vix, settings.macd_fast, settings.macd_slow, settings.macd_signal)
    return {
        "vix_sma20": rolling_mean(vix, settings.vix_ma),
        "vix_sd20": rolling_sd(vix, settings.vix_ma),
        "macd": line,
        "macd_signal": signal,
        "rsi_vix": wilder_rsi(vix, settings.rsi_n),
        "rsi_spx": wilder_rsi(history.column("SPX"), settings.rsi_n),
    }


def _breadth(history: History, settings: MeasureSettings, universe: str, earlier: Earlier) -> dict[str, Any]:
    advances, declines = advances_declines(history, universe)
    line, net = ad_line(advances, declines, earlier.ad_line), rana(advances, declines)
    found: Divergence = divergence(history.column("SPX"), line, net, settings)
    return {
        "ad_line": line,
        "rana": net,
        "divergence": found.kind,
        "divergence_d": found.d,
        "divergence_sessions": found.sessions,
        "divergence_grade": found.grade,
    }


def _carried_breadth(past: Measured, length: int) -> dict[str, Any]:
    """Return the last `length` - 1 values of each measure of breadth, and the last of them once more."""
    columns = ((name, getattr(past, name)) for name in BREADTH_MEASURES)
    return {name: np.append(values[len(values) + 1 - length :], values[-1:]) for name, values in columns}


def _curve(history: History, settings: MeasureSettings) -> dict[str, Any]:
    vx = settlements(history)
    has_curve = np.asarray(np.isfinite(vx).any(axis=1))
    front = rule_front(history.days, has_curve, history.calendar, settings.backwardation_min_days)
    return {
        "vx": vx,
        "backwardation_pct": backwardation_pct(vx),
        "rule_backwardation_pct": rule_backwardation_pct(vx, front),
        "rule_front": front,
    }
