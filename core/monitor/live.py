"""What would the measures be if the session closed now? The closes, and one provisional session from quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.snapshot import live_quote
from core.market.times import exchange_date
from core.measures.edr import edr_pct
from core.measures.measured import measure

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar
    from core.market.series import History
    from core.measures.measured import Measured
    from core.measures.settings import MeasureSettings
    from core.state import Facts, Past

TAIL_SESSIONS = 400
LIVE_SYMBOLS = ("SPX", "VIX", "VIX9D", *(f"VX{n}" for n in range(1, 9)))

_MADE_FROM = {
    "spx": {"SPX"},
    "hv20_pct": {"SPX"},
    "rsi_spx": {"SPX"},
    "vix": {"VIX"},
    "vix_sma20": {"VIX"},
    "vix_sd20": {"VIX"},
    "macd": {"VIX"},
    "macd_signal": {"VIX"},
    "rsi_vix": {"VIX"},
    "ad_line": {"breadth"},
    "rana": {"breadth"},
    "divergence": {"SPX", "breadth"},
    "divergence_d": {"SPX", "breadth"},
    "divergence_sessions": {"SPX", "breadth"},
    "divergence_grade": {"SPX", "breadth"},
    "vx": {"VX1"},
    "backwardation_pct": {"VX1", "VX2"},
    "rule_backwardation_pct": {"VX1", "VX2", "VX3"},
    "rule_front": {"VX1"},
}
"""Which inputs must be quoted for a measure to move within the session; else its last close holds."""


@dataclass(frozen=True)
class Live:
    """The last sessions and, as the last element, the one in progress; `symbols` are those quoted."""

    measured: Measured
    day: date
    symbols: frozenset[str]
    vix9d_note: str


def live_session(facts: Facts, settings: MeasureSettings) -> Live | None:
    """Return the measures with today's quotes on top, None where no usable quote is newer than the closes."""
    past, calendar = facts.past, facts.past.history.calendar
    quoted = {
        symbol: quote.value
        for symbol in LIVE_SYMBOLS
        if (quote := live_quote(symbol, facts.now, past.history, facts.quotes, facts.ages)) is not None
    }
    if not quoted or not past.history.length:
        return None
    index = provisional_index(facts.now, past.history, calendar)
    values, note = _with_vix9d(quoted, past)
    tail = _padded(past.history, index).last_sessions(TAIL_SESSIONS).extended(values)
    measured = _carry_closes(measure(tail, settings), past, quoted, settings, values)
    return Live(measured, calendar.days[index].astype(object), frozenset(quoted), note)


def provisional_index(now: datetime, history: History, calendar: SessionCalendar) -> int:
    """Return the calendar index of the session that a quote of `now` belongs to: today's or the next."""
    today = calendar.index_on_or_before(exchange_date(now))
    is_today = calendar.days[today] == np.datetime64(exchange_date(now))
    index = today if is_today else today + 1
    return max(index, history.first + history.length)


def _padded(history: History, index: int) -> History:
    """Return the history with sessions without values up to, not including, the one at `index`."""
    while history.first + history.length < index:
        missing = index - history.first - history.length
        columns = {name: np.append(v, np.full(missing, np.nan)) for name, v in history.columns.items()}
        history = replace(history, length=history.length + missing, columns=columns)
    return history


def _with_vix9d(quoted: dict[str, float], past: Past) -> tuple[dict[str, float], str]:
    """Return the quotes with VIX9D worked out from VIX where it is not quoted, and how."""
    values, measured = dict(quoted), past.measured
    if "VIX9D" in values or "VIX" not in values:
        return values, ""
    if measured.edr_stands_in[-1]:
        return values, "VIX stands in for VIX9D, which has no values"
    ratios = measured.vix9d_used / measured.vix
    known = np.flatnonzero(np.isfinite(ratios) & ~measured.edr_stands_in)
    if not len(known):
        return values, ""
    last = known[-1]
    values["VIX9D"] = values["VIX"] * float(ratios[last])
    return values, f"VIX9D = VIX x {ratios[last]:.4f}, the daily ratio of {measured.history.days[last]}"


def _carry_closes(
    tail: Measured, past: Past, quoted: dict[str, float], settings: MeasureSettings, values: dict[str, float]
) -> Measured:
    """Return the tail in which measures whose own inputs are not quoted keep the value of the last close.

    The last close holds only if the history reaches the session before the provisional one.
    """
    holds = tail.history.length >= 2 and tail.history.first + tail.history.length - 1 == (
        past.history.first + past.history.length
    )
    changed: dict[str, np.ndarray] = {}
    for name, inputs in _MADE_FROM.items():
        if not inputs <= set(quoted) and holds:
            column = getattr(tail, name).copy()
            column[-1] = getattr(past.measured, name)[-1]
            changed[name] = column
    vix9d, stands_in = tail.vix9d_used.copy(), tail.edr_stands_in.copy()
    if holds:
        stands_in[-1] = past.measured.edr_stands_in[-1] and "VIX9D" not in values
        vix9d[-1] = values.get(
            "VIX9D", values.get("VIX", np.nan) if stands_in[-1] else past.measured.vix9d_used[-1]
        )
        if stands_in[-1] and "VIX" not in values:
            vix9d[-1] = past.measured.vix9d_used[-1]
    tail = replace(tail, **changed, vix9d_used=vix9d, edr_stands_in=stands_in)
    edr = edr_pct(settings.edr_formula, settings.edr_mult, tail.vix9d_used, tail.hv20_pct, tail.vix)
    return replace(tail, edr_pct=edr, edr_points=edr / 100 * tail.spx)
