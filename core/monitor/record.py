"""What does the state look like as plain data? The one form that --json, the export and the tests read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.more_record import more_tree
from core.monitor.plain import Unknown, or_why, plain_record
from core.monitor.position_record import break_evens_tree, condor_tree, inputs_tree, layer_tree

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.market.today import TodayBar
    from core.state import MonitorState

__all__ = ["break_evens_tree", "plain_record", "status_record"]


def status_record(state: MonitorState) -> dict[str, Any]:
    """Return all that `status --json` prints; `unknown` maps the dotted path of each null to its reason."""
    tree: dict[str, Any] = {
        "as_of": state.as_of,
        "simulated": state.is_simulated,
        "playbook": {"name": state.playbook_name, "hash": state.playbook_hash},
        "spx": _reading(state.spx),
        "vix": _reading(state.vix),
        "today": {symbol.lower(): _today(bar) for symbol, bar in state.today.items()},
        "edr": _edr(state),
        "ladder": _ladder(state),
        "vix_indicators": dict(state.vix_indicators),
        "spx_indicators": dict(state.spx_indicators),
        "breadth": _breadth(state),
        "curve": dict(state.curve),
        "layers": [layer_tree(layer) for layer in state.layers],
        "condors": [condor_tree(condor) for condor in state.condors],
        "book": break_evens_tree(state.book_break_evens),
        "alerts": [{"key": a.key, "title": a.title, "text": a.text, "time": a.time} for a in state.alerts],
        "oldest_age_s": or_why(state.oldest_age_s, "no input is known"),
        "oldest_input": state.oldest_input,
        "quotes_refused": list(state.quotes_refused),
    }
    if state.more is not None:
        tree["measures"] = more_tree(state.more)
    return plain_record(tree)


def _reading(figure: Figure) -> dict[str, Any]:
    first = figure.inputs[0] if figure.inputs else None
    return {
        "value": figure,
        "time": or_why(first.time if first else None, figure.unknown),
        "source": or_why(first.source if first else None, figure.unknown),
        "age_s": or_why(first.age_s if first else None, figure.unknown),
        "provisional": figure.is_provisional,
    }


def _today(bar: TodayBar) -> dict[str, Any]:
    return {
        "session": or_why(bar.day, bar.last.unknown),
        "open": bar.open,
        "high": bar.high,
        "low": bar.low,
        "last": bar.last,
        "quotes": bar.quotes,
    }


def _edr(state: MonitorState) -> dict[str, Any]:
    zone: Any = state.edr_zone or Unknown(state.edr.unknown)
    return {
        "value_pct": state.edr,
        "points": state.edr_points,
        "formula": state.edr_formula,
        "inputs": inputs_tree(state.edr.inputs),
        "zone": zone,
        "provisional": state.edr.is_provisional,
        "note": state.edr.note,
    }


def _ladder(state: MonitorState) -> dict[str, Any]:
    ladder = state.ladder
    return {
        "rung": ladder.rung,
        "step_coverage_pct": ladder.step_coverage,
        "layer_depth_pct": ladder.layer_depth,
        "coverage_pct": ladder.coverage,
        "next_trigger_pct": ladder.next_trigger,
        "distance_pct": ladder.distance,
    }


def _breadth(state: MonitorState) -> dict[str, Any]:
    found = state.divergence
    kind: Any = found.kind or Unknown(found.sessions.unknown)
    grade: Any = found.grade or Unknown(found.d.unknown)
    return {
        "universe": state.universe or Unknown(state.ad_line.unknown),
        "ad_line": state.ad_line,
        "rana": state.rana,
        "divergence": {"kind": kind, "grade": grade, "d": found.d, "sessions": found.sessions},
    }
