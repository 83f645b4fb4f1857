"""How do the further figures, the economy and the announcements look as plain data?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.measures.expected import TABLE_SIGMAS, sigma_odds
from core.monitor.plain import or_why

if TYPE_CHECKING:
    from core.state import ContextState, EventState, MoreFigures


def more_tree(more: MoreFigures) -> dict[str, Any]:
    """Return what stands under `measures` in a status record."""
    return {
        "realised": dict(more.realised),
        "expected": dict(more.expected),
        "odds": [asdict(sigma_odds(sigmas)) for sigmas in TABLE_SIGMAS],
        "breadth": dict(more.breadth),
        "curve": {**more.curve, "contango_pct": list(more.contango_pct)},
        "context": [_context(one) for one in more.context],
        "events": [_event(one) for one in more.events],
    }


def _context(one: ContextState) -> dict[str, Any]:
    reason = one.value.unknown
    tree: dict[str, Any] = {
        "symbol": one.symbol,
        "name": one.name,
        "value": one.value,
        "unit": one.value.unit,
        "about": or_why(one.about, reason),
        "known_at": or_why(one.known_at, reason),
        "note": one.value.note,
    }
    further = {
        "year_pct": one.year_pct,
        "year_pct_before": one.year_pct_before,
        "with_edr": one.with_edr,
        "with_vix": one.with_vix,
    }
    return tree | {name: figure for name, figure in further.items() if figure is not None}


def _event(one: EventState) -> dict[str, Any]:
    nothing = f"no {one.kind} has been imported for then"
    last = one.last
    return {
        "kind": one.kind,
        "next": or_why(one.next_day, one.sessions.unknown),
        "sessions": one.sessions,
        "days": one.days,
        "around": one.is_around,
        "last": {
            "day": or_why(last.day if last else None, nothing),
            "actual": or_why(last.actual if last else None, "not in the list"),
            "consensus": or_why(last.consensus if last else None, "not in the list"),
            "previous": or_why(last.previous if last else None, "not in the list"),
            "surprise": or_why(last.surprise if last else None, "needs actual and consensus"),
        },
    }
