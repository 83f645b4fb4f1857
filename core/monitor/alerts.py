"""What asks for a look? A rung crossed, breadth that diverges, data gone stale; quiet once acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.measures.measured import DivergenceKind, Grade
from core.playbook.ladder import rungs_reached
from core.playbook.ladder_text import rung_text, shown_rung
from core.state import Alert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.monitor.market_now import Market

DAILY_DTE = 1.0
STALE_SYMBOLS = ("SPX", "VIX")


def alerts(market: Market, edr: Figure) -> tuple[Alert, ...]:
    """Return the alerts that hold now and are not acknowledged in the journal."""
    found = (*_rung_alerts(market, edr), *_breadth_alerts(market), *_stale_alerts(market))
    if _is_quiet(market, edr):
        found = tuple(_stale_alerts(market))
    return tuple(alert for alert in found if alert.key not in market.facts.book.acknowledged)


def _is_quiet(market: Market, edr: Figure) -> bool:
    """Whether a daily playbook (003-1) is to be left alone: within the session, unless EDR is red.

    Stale data is told all the same: it is no word of the market.
    """
    playbook = market.facts.playbook
    is_daily = playbook.number("condor.dte") <= DAILY_DTE
    is_red = edr.value is not None and edr.value > playbook.number("zones.red")
    return is_daily and market.live is not None and not is_red


def _rung_alerts(market: Market, edr: Figure) -> Iterator[Alert]:
    """Compare the rung now with the rung at the last close (or, between sessions, the close before it).

    Above the last layer's rung no layer waits, and nothing is told.
    """
    past = market.live.past if market.live is not None else market.facts.past
    closes, playbook = past.measured.edr_pct, market.facts.playbook
    back = 1 if market.live is not None else 2
    if edr.value is None or len(closes) < back or not np.isfinite(closes[-back]):
        return
    before, after = (shown_rung(rungs_reached(one, playbook)) for one in (float(closes[-back]), edr.value))
    if before == after:
        return
    word = "up" if after > before else "down"
    kind = "provisional, not a close" if edr.is_provisional else "on a close"
    yield Alert(
        key=f"rung:{after}:{market.row.history.days[-1]}",
        title=f"EDR {word} to {rung_text(after)}",
        text=f"EDR {edr.value:.3f} % went {word} from {rung_text(before)} to {rung_text(after)} ({kind}).",
        time=market.row_time,
    )


def _breadth_alerts(market: Market) -> Iterator[Alert]:
    row = market.row
    if not row.history.length:
        return
    kind, grade = DivergenceKind(int(row.divergence[-1])), Grade(int(row.divergence_grade[-1]))
    if kind in (DivergenceKind.UNKNOWN, DivergenceKind.NONE) or grade < Grade.MINOR:
        return
    sessions = int(row.divergence_sessions[-1])
    first = row.history.days[max(row.history.length - sessions, 0)]
    yield Alert(
        key=f"breadth:{kind.name.lower()}:{grade.name.lower()}:{first}",
        title=f"{kind.name.capitalize()} breadth divergence, {grade.name.lower()}",
        text=f"{row.universe}: {kind.name.lower()} since {first} ({sessions} sessions), {grade.name.lower()}.",
        time=market.row_time,
    )


def _stale_alerts(market: Market) -> Iterator[Alert]:
    history = market.facts.past.history
    if not history.length:
        return
    for symbol in STALE_SYMBOLS:
        figure = market.readings[symbol]
        if figure.is_known:
            continue
        closed = history.calendar.closed_by(market.facts.now) - 1
        yield Alert(
            key=f"stale:{symbol}:{history.calendar.days[closed]}",
            title=f"{symbol} is unknown",
            text=figure.unknown,
            time=datetime.fromtimestamp(int(history.calendar.closes[closed]), UTC),
        )
