"""How do the further figures read in a terminal? One line for each question, after the market's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.state import EventState, MonitorState, MoreFigures


def more_lines(state: MonitorState) -> Iterator[str]:
    """Return the further figures as short lines."""
    more = state.more
    if more is None:
        return
    expected, curve, breadth = more.expected, more.curve, more.breadth
    yield (
        f"range    EDR (1 sigma close) {figure(state.edr)} = {figure(state.edr_points, 0)}; "
        f"expected high-low range {figure(expected['range_pct'])} = {figure(expected['range_points'], 0)}"
    )
    yield f"realised {_realised(more)}"
    yield (
        f"VX 30 d  {figure(curve['vx30'])}, above VIX {figure(curve['vx30_contango_pct'])}; "
        f"VIX9D/VIX {figure(curve['vix9d_to_vix'])}, VIX/VIX3M {figure(curve['vix_to_vix3m'])}; "
        f"VIX - HV20 {figure(curve['vrp_points'])}"
    )
    yield (
        f"breadth  McClellan {figure(breadth['mcclellan'], 0)}, sum {figure(breadth['mcclellan_summation'], 0)}; "
        f"A/D {figure(breadth['ad_percent'], 0)}; last Zweig thrust {_thrust(breadth['zweig_thrust_sessions'])}"
    )
    for one in more.context:
        yield f"economy  {one.name} {figure(one.value)}" + (f", about {one.about}" if one.about else "")
    yield f"events   {', '.join(_event(event) for event in more.events)}"


def _realised(more: MoreFigures) -> str:
    names = {
        "close_close_pct": "close-close",
        "parkinson_pct": "Parkinson",
        "garman_klass_pct": "Garman-Klass",
        "rogers_satchell_pct": "Rogers-Satchell",
        "yang_zhang_pct": "Yang-Zhang",
    }
    return ", ".join(f"{words} {figure(more.realised[name])}" for name, words in names.items())


def _thrust(sessions: Figure) -> str:
    return figure(sessions, 0) + (" ago" if sessions.is_known else "")


def _event(event: EventState) -> str:
    if not event.sessions.is_known:
        return f"{event.kind} {figure(event.sessions)}"
    return f"{event.kind} in {figure(event.sessions, 0)} ({event.next_day})"
