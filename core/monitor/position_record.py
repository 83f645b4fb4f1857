"""How do condors, layers and break-evens look as plain data?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.plain import Unknown, or_why
from core.playbook.verdict import Says

if TYPE_CHECKING:
    from core.market.figure import Input
    from core.playbook.verdict import Verdict
    from core.positions.book import Condor, Holding
    from core.state import CondorState, LayerState, ShortDistance
    from core.valuation.break_evens import BreakEvens
    from core.valuation.zones import Zone

NOT_LIVE = "nothing was quoted since the last close"
WHOLE_BOOK = "no condor: it hedges the whole book"
OF_ITS_BRANCHES = "it is made of other rules: each of these has what would switch it"
NO_END = "the zone goes on to the end of the levels that were looked at"


def layer_tree(layer: LayerState) -> dict[str, Any]:
    """Return one layer with its verdicts, holdings and legs."""
    return {
        "number": layer.number,
        "name": layer.name,
        "trigger": layer.trigger.value,
        "reason": layer.trigger_reason,
        "since": or_why(layer.since, layer.trigger_reason),
        "provisional": layer.provisional.value if layer.provisional else Unknown(NOT_LIVE),
        "position": layer.position.value,
        "why": [verdict_tree(verdict) for verdict in layer.why],
        "holdings": [
            {"condor": or_why(holding.condor_id, WHOLE_BOOK), **_holding(holding)} for holding in layer.holdings
        ],
        "legs": [
            {"leg": leg.text, "break_even_vix": leg.break_even.vix, "break_even_spx": leg.break_even.spx}
            for leg in layer.legs
        ],
        "break_evens": [{"vix": found.vix, "spx": found.spx} for found in layer.break_evens],
    }


def verdict_tree(verdict: Verdict) -> dict[str, Any]:
    """Return one rule's verdict with its inputs and branches; a rule that compares no number has none."""
    compared = {"value": verdict.value, "threshold": verdict.threshold, "distance": verdict.distance}
    is_number = verdict.threshold is not None or verdict.value is not None
    return {
        "rule": verdict.rule,
        "says": verdict.says.value,
        "part": verdict.part,
        "reason": verdict.reason,
        **({name: or_why(value, verdict.reason) for name, value in compared.items()} if is_number else {}),
        "unit": verdict.unit,
        "source": verdict.source,
        "inputs": inputs_tree(verdict.inputs, verdict.reason),
        "switch": switch_tree(verdict),
        "children": [verdict_tree(child) for child in verdict.children],
    }


def switch_tree(verdict: Verdict) -> Any:
    """Return what would turn a rule round: each level with its distance from now."""
    found = verdict.switch
    if found is None:
        return Unknown(verdict.reason if verdict.says is Says.UNKNOWN else OF_ITS_BRANCHES)
    levels = {"edr_pct": found.edr_pct, "vix": found.vix, "spx": found.spx}
    return {
        "turns": found.turns.value,
        **{
            name: {"level": level.value, "distance": level.distance} if level else Unknown(found.note)
            for name, level in levels.items()
        },
        "note": found.note,
    }


def inputs_tree(inputs: tuple[Input, ...], missing: str = "it has no value") -> list[dict[str, Any]]:
    """Return the inputs of a figure or a verdict as plain rows; `missing` says why one has no value."""
    return [
        {
            "name": item.name,
            "value": or_why(item.value, missing),
            "unit": item.unit,
            "time": or_why(item.time, missing),
            "source": item.source,
            "age_s": or_why(item.age_s, missing),
            "note": item.note,
        }
        for item in inputs
    ]


def _holding(holding: Holding) -> dict[str, Any]:
    return {
        "open": holding.is_open,
        "legs": [leg.text for leg in holding.legs],
        "cash": holding.cash,
        "fees": holding.fees,
        "opened_at": holding.opened_at,
        "flags": list(holding.flags),
    }


def condor_tree(condor: CondorState) -> dict[str, Any]:
    """Return one condor with its break-evens and distances."""
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
        "zones": [zone_tree(zone) for zone in condor.hedged.zones],
        "notes": list(condor.hedged.notes),
        "distance": {distance.side: _distance(distance) for distance in condor.distances},
        "nearest_break_even": _nearest(condor),
    }


def closed_condor_tree(condor: Condor) -> dict[str, Any]:
    """Return what is left of a condor that is closed: what it brought."""
    return {"id": condor.id, "root": condor.root, "expiry": condor.expiry, **_holding(condor)}


def _nearest(condor: CondorState) -> Any:
    if condor.nearest is not None:
        return {"side": condor.nearest.side, **_distance(condor.nearest)}
    known = condor.distances[0].points.unknown if condor.distances else ""
    return Unknown(condor.hedged.unknown or known or "it never breaks even")


def _points(found: BreakEvens) -> Any:
    return Unknown(found.unknown) if found.unknown else list(found.points)


def zone_tree(zone: Zone) -> dict[str, Any]:
    """Return one zone; an end that was not found within the levels looked at is null."""
    return {
        "kind": zone.kind,
        "low": or_why(zone.low, NO_END),
        "high": or_why(zone.high, NO_END),
        "best": zone.best,
        "worst": zone.worst,
    }


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
        "horizon": or_why(found.horizon, found.unknown),
        "points": _points(found),
        "zones": [zone_tree(zone) for zone in found.zones],
        "low_response": list(found.low_response),
        "high_response": list(found.high_response),
        "min_profit": or_why(found.min_profit, found.unknown),
        "max_profit": or_why(found.max_profit, found.unknown),
        "notes": list(found.notes),
    }
