"""What do the cells of the book say: the four layers, and the break-even that is nearest?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.playbook.verdict import PositionState
from gui.formats import UNKNOWN_TEXT, figure_role, figure_text, figure_tooltip, number_text
from gui.glance.face import Detail, Face, big_text
from gui.marks import SIDE_MARKS, TRIGGER_MARKS

if TYPE_CHECKING:
    from core.state import LayerState, MonitorState, ShortDistance

NEAREST = "nearest break-even"
NO_FILL = {PositionState.NONE: "no fill", PositionState.PROPOSED: "proposed", PositionState.CLOSED: "closed"} | {
    PositionState.EXPIRED: "expired: settle"
}


def layer_face(layer: LayerState) -> Face:
    """Return the token of a layer: the trigger's shape and word, its ground filled while a fill is live."""
    is_live = layer.position is PositionState.LIVE
    held = "live" if is_live else NO_FILL[layer.position]
    return Face(
        key=f"layer{layer.number}",
        caption=f"L{layer.number}",
        value="",
        unit=layer.trigger.value,
        details=(Detail(held, role="position_live" if is_live else "text_muted"), *_provisional(layer)),
        tooltip=_layer_tooltip(layer, held),
        mark=TRIGGER_MARKS[layer.trigger],
        fill="position_live" if is_live else "",
        layer=layer.number,
    )


def _provisional(layer: LayerState) -> tuple[Detail, ...]:
    if layer.provisional is None or layer.provisional is layer.trigger:
        return ()
    return (Detail(f"now {layer.provisional.value}*", TRIGGER_MARKS[layer.provisional], "text"),)


def _layer_tooltip(layer: LayerState, held: str) -> str:
    lines = [f"{layer.name}: trigger {layer.trigger.value}, position {held}", layer.trigger_reason]
    lines += [f"since the close of {layer.since}"] if layer.since is not None else []
    if layer.provisional is not None:
        lines.append(f"* {layer.provisional.value} if the session closed now; the close decides")
    return "\n".join(line for line in lines if line)


def nearest_face(state: MonitorState) -> Face:
    """Return the break-even that SPX is nearest to, over all condors, or why none is known."""
    found = [
        (abs(item.nearest.points.value), item.condor.id, item.nearest)
        for item in state.condors
        if item.nearest is not None and item.nearest.points.value is not None
    ]
    if not found:
        reason = _why_none(state)
        return Face("nearest", NEAREST, UNKNOWN_TEXT, tooltip=reason, role="unknown", reason=reason)
    _, condor_id, nearest = min(found, key=lambda one: one[:2])
    return _nearest_face(state, nearest, condor_id)


def _why_none(state: MonitorState) -> str:
    if not state.condors:
        return "no condor is open"
    reasons = [item.hedged.unknown or item.bare.unknown for item in state.condors]
    return next((reason for reason in reasons if reason), state.spx.unknown or "no condor breaks even")


def _nearest_face(state: MonitorState, nearest: ShortDistance, condor_id: int) -> Face:
    points = nearest.points
    is_crossed = points.value is not None and points.value < 0
    mark = SIDE_MARKS["call" if "call" in nearest.side else "put"]
    edrs = figure_text(nearest.edrs, decimals=1) if nearest.edrs.is_known else "EDR unknown"
    parts = {f"{nearest.side} {number_text(nearest.level, 1)}": points, "": nearest.pct, "EDRs": nearest.edrs}
    return Face(
        key="nearest",
        caption=NEAREST,
        value=big_text(points, 0),
        unit=f"pts   {edrs}",
        details=(
            Detail(f"{nearest.side.replace(' side', '')} {number_text(nearest.level, 1)}", mark, "text"),
            Detail(f"condor {condor_id}{', crossed' if is_crossed else ''}"),
        ),
        tooltip="\n\n".join(figure_tooltip(figure, name, state.as_of) for name, figure in parts.items()),
        role="loss" if is_crossed else figure_role(points),
    )
