"""What does the state look like as plain data? The one form that --json, the export and the tests read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.market.figure import Figure, Input
from core.market.times import iso_utc

if TYPE_CHECKING:
    from core.playbook.verdict import Verdict
    from core.positions.book import Holding
    from core.state import CondorState, LayerState, MonitorState, ShortDistance
    from core.valuation.break_evens import BreakEvens


@dataclass(frozen=True, slots=True)
class Unknown:
    """A leaf without a value, and why."""

    reason: str


def status_record(state: MonitorState) -> dict[str, Any]:
    """Return all that `status --json` prints; `unknown` maps the dotted path of each null to its reason."""
    tree = {
        "as_of": state.as_of,
        "simulated": state.is_simulated,
        "playbook": {"name": state.playbook_name, "hash": state.playbook_hash},
        "spx": _reading(state.spx),
        "vix": _reading(state.vix),
        "edr": _edr(state),
        "ladder": _ladder(state),
        "vix_indicators": dict(state.vix_indicators),
        "spx_indicators": dict(state.spx_indicators),
        "breadth": _breadth(state),
        "curve": dict(state.curve),
        "layers": [_layer(layer) for layer in state.layers],
        "condors": [_condor(condor) for condor in state.condors],
        "book": break_evens_tree(state.book_break_evens),
        "alerts": [{"key": a.key, "title": a.title, "text": a.text, "time": a.time} for a in state.alerts],
        "oldest_age_s": state.oldest_age_s,
        "oldest_input": state.oldest_input,
    }
    return plain_record(tree)


def plain_record(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree with figures as numbers or null, and one `unknown` table of the reasons."""
    reasons: dict[str, str] = {}
    record = {key: _plain(node, key, reasons) for key, node in tree.items()}
    record["unknown"] = reasons
    return record


def _plain(node: Any, path: str, reasons: dict[str, str]) -> Any:
    if isinstance(node, Figure):
        node = Unknown(node.unknown) if node.value is None else node.value
    if isinstance(node, Unknown):
        reasons[path] = node.reason
        return None
    if isinstance(node, dict):
        return {key: _plain(value, f"{path}.{key}", reasons) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value, f"{path}.{index}", reasons) for index, value in enumerate(node)]
    return _leaf(node)


def _leaf(node: Any) -> Any:
    if isinstance(node, datetime):
        return iso_utc(node)
    if isinstance(node, date):
        return node.isoformat()
    if isinstance(node, Decimal):
        return float(node)
    if isinstance(node, float) and not math.isfinite(node):
        raise ValueError("a number that is not finite reached a record: it must be a figure with a reason")
    return node


def inputs_tree(inputs: tuple[Input, ...]) -> list[dict[str, Any]]:
    """Return the inputs of a figure or a verdict as plain rows."""
    return [
        {
            "name": item.name,
            "value": item.value,
            "unit": item.unit,
            "time": item.time,
            "source": item.source,
            "age_s": item.age_s,
            "note": item.note,
        }
        for item in inputs
    ]


def _reading(figure: Figure) -> dict[str, Any]:
    first = figure.inputs[0] if figure.inputs else None
    return {
        "value": figure,
        "time": first.time if first else None,
        "source": first.source if first else None,
        "age_s": first.age_s if first else None,
        "provisional": figure.is_provisional,
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
        "universe": state.universe or None,
        "ad_line": state.ad_line,
        "rana": state.rana,
        "divergence": {"kind": kind, "grade": grade, "d": found.d, "sessions": found.sessions},
    }


def _layer(layer: LayerState) -> dict[str, Any]:
    return {
        "number": layer.number,
        "name": layer.name,
        "trigger": layer.trigger.value,
        "reason": layer.trigger_reason,
        "since": layer.since,
        "provisional": layer.provisional.value if layer.provisional else None,
        "position": layer.position.value,
        "why": [verdict_tree(verdict) for verdict in layer.why],
        "holdings": [{"condor": holding.condor_id, **_holding(holding)} for holding in layer.holdings],
        "legs": [
            {"leg": leg.text, "break_even_vix": leg.break_even.vix, "break_even_spx": leg.break_even.spx}
            for leg in layer.legs
        ],
    }


def verdict_tree(verdict: Verdict) -> dict[str, Any]:
    """Return one rule's verdict with its inputs and branches."""
    return {
        "rule": verdict.rule,
        "says": verdict.says.value,
        "part": verdict.part,
        "reason": verdict.reason,
        "value": verdict.value,
        "threshold": verdict.threshold,
        "distance": verdict.distance,
        "unit": verdict.unit,
        "source": verdict.source,
        "inputs": inputs_tree(verdict.inputs),
        "children": [verdict_tree(child) for child in verdict.children],
    }


def _holding(holding: Holding) -> dict[str, Any]:
    return {
        "open": holding.is_open,
        "legs": [leg.text for leg in holding.legs],
        "cash": holding.cash,
        "fees": holding.fees,
        "opened_at": holding.opened_at,
        "flags": list(holding.flags),
    }


def _condor(condor: CondorState) -> dict[str, Any]:
    held = condor.condor
    return {
        "id": held.id,
        "root": held.root,
        "expiry": held.expiry,
        "quantity": held.quantity,
        "status": condor.status,
        "dte": condor.dte,
        "max_loss": condor.max_loss,
        **_holding(held),
        "break_evens": {
            "bare": _points(condor.bare),
            "hedged": _points(condor.hedged),
            "hedged_low_response": list(condor.hedged.low_response),
            "hedged_high_response": list(condor.hedged.high_response),
        },
        "zones": [_zone_tree(zone) for zone in condor.hedged.zones],
        "notes": list(condor.hedged.notes),
        "distance": {distance.side: _distance(distance) for distance in condor.distances},
        "nearest_break_even": _distance(condor.nearest) if condor.nearest else None,
    }


def _points(found: BreakEvens) -> Any:
    return Unknown(found.unknown) if found.unknown else list(found.points)


def _zone_tree(zone: Any) -> dict[str, Any]:
    return {"kind": zone.kind, "low": zone.low, "high": zone.high, "best": zone.best, "worst": zone.worst}


def _distance(distance: ShortDistance) -> dict[str, Any]:
    return {
        "level": distance.level,
        "points": distance.points,
        "pct": distance.pct,
        "edrs": distance.edrs,
    }


def break_evens_tree(found: BreakEvens) -> dict[str, Any]:
    """Return one set of break-evens with its zones, responses and notes."""
    return {
        "horizon": found.horizon,
        "points": _points(found),
        "zones": [_zone_tree(zone) for zone in found.zones],
        "low_response": list(found.low_response),
        "high_response": list(found.high_response),
        "min_profit": found.min_profit,
        "max_profit": found.max_profit,
        "notes": list(found.notes),
    }
