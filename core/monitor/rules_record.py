"""How do one layer's reasons and the changes of all layers look as plain data? What `why` and `rules` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.plain import Unknown, plain_record
from core.monitor.position_record import inputs_tree, layer_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.market.figure import Figure
    from core.playbook.changes import TriggerChange
    from core.playbook.study import PlaybookStudy, Study
    from core.state import MonitorState

NO_SESSIONS = "there is no session in that time"


def why_record(state: MonitorState, number: int) -> dict[str, Any]:
    """Return one layer of the state with its whole tree: the same record as in `status_record`."""
    (layer,) = (layer for layer in state.layers if layer.number == number)
    return plain_record(
        {
            "as_of": state.as_of,
            "simulated": state.is_simulated,
            "playbook": {"name": state.playbook_name, "hash": state.playbook_hash},
            "layer": layer_tree(layer),
        }
    )


def study_record(found: Study) -> dict[str, Any]:
    """Return how often playbooks were on, as plain data."""
    days = found.days
    return plain_record(
        {
            "from": days[0].item() if len(days) else Unknown(NO_SESSIONS),
            "to": days[-1].item() if len(days) else Unknown(NO_SESSIONS),
            "sessions": len(days),
            "playbooks": [_playbook_tree(one) for one in found.playbooks],
            "agreement": [
                {"first": a.first, "second": a.second, "layer_pct": _by_layer(a.layer_pct), "all_pct": a.all_pct}
                for a in found.agreements
            ],
            "rungs": [
                {
                    "formula": share.formula,
                    "text": share.text,
                    "days": share.days,
                    "rung_pct": {f"{rung:.2f}": pct for rung, pct in share.rung_pct.items()},
                }
                for share in found.rungs
            ],
            "events": [
                {
                    "kind": one.kind,
                    "count": one.count,
                    "edr_pct": {f"{step:+d}": mean for step, mean in one.away.items()},
                    "edr_pct_of_others": one.others,
                }
                for one in found.events
            ],
        }
    )


def _by_layer(values: Mapping[int, Figure]) -> dict[str, Figure]:
    return {str(number): value for number, value in values.items()}


def _playbook_tree(found: PlaybookStudy) -> dict[str, Any]:
    return {
        "name": found.playbook.name,
        "hash": found.playbook.hash,
        "layers": [
            {
                "number": layer.number,
                "on_pct": layer.on_pct,
                "state_pct": {trigger.value: share for trigger, share in layer.state_pct.items()},
                "switches_a_year": layer.switches_a_year,
                "median_days_on": layer.median_days_on,
            }
            for layer in found.layers
        ],
    }


def changes_record(changes: list[TriggerChange]) -> dict[str, Any]:
    """Return the changes of trigger as plain rows."""
    rows = [
        {
            "session": change.session,
            "time": change.time,
            "layer": change.layer,
            "from": change.before.value,
            "to": change.after.value,
            "reason": change.reason,
            "inputs": inputs_tree(change.inputs, change.reason),
            "playbook_hash": change.playbook_hash,
        }
        for change in changes
    ]
    return plain_record({"changes": rows})
