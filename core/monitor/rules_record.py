"""How do one layer's reasons and the changes of all layers look as plain data? What `why` and `rules` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.monitor.plain import plain_record
from core.monitor.position_record import inputs_tree, layer_tree

if TYPE_CHECKING:
    from core.playbook.changes import TriggerChange
    from core.state import MonitorState


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
