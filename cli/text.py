"""How does the state read in a terminal? Short lines, units with every number, reasons for what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.state import CondorState, LayerState, MonitorState, ShortDistance
    from core.valuation.break_evens import BreakEvens
    from core.valuation.zones import Zone
    from db.verify import VerifyReport

NOTICE = "For record and study: no advice, no orders."


def figure(value: Figure, digits: int = 2) -> str:
    """Return a figure with its unit, or why it is unknown."""
    if value.value is None:
        return f"unknown ({value.unknown})"
    marks = " (provisional)" if value.is_provisional else ""
    unit = {"%": " %", "points": " points", "": ""}.get(value.unit, f" {value.unit}")
    return f"{value.value:,.{digits}f}{unit}{marks}"


def status_text(state: MonitorState) -> str:
    """Return the whole state as text."""
    head = ["SIMULATED MARKET AND BOOK: nothing here is real"] if state.is_simulated else []
    return "\n".join([*head, *_market_lines(state), *_layer_lines(state), *_condor_lines(state), "", NOTICE])


def _market_lines(state: MonitorState) -> Iterator[str]:
    ladder, breadth, curve = state.ladder, state.divergence, state.curve
    yield f"as of    {exchange_time(state.as_of)} New York   playbook {state.playbook_name}"
    yield f"SPX      {figure(state.spx)}"
    yield f"VIX      {figure(state.vix)}   20-day mean {figure(state.vix_indicators['sma20'])}"
    zone = f"   {state.edr_zone} zone" if state.edr_zone else ""
    yield f"EDR      {figure(state.edr, 3)} = {figure(state.edr_points)}{zone}   formula {state.edr_formula}"
    yield (
        f"ladder   rung {figure(ladder.rung, 0)}, coverage {figure(ladder.coverage, 0)}, "
        f"next rung {figure(ladder.next_trigger)}, {figure(ladder.distance, 3)} away"
    )
    yield f"A/D      {_breadth(state)}"
    yield (
        f"VX curve VX1 {figure(curve['vx1'])}, VX2 {figure(curve['vx2'])}, "
        f"backwardation {figure(curve['backwardation_pct'])}, by rule {figure(curve['rule_backwardation_pct'])}"
    )
    for alert in state.alerts:
        yield f"ALERT    {alert.title}: {alert.text}"
    if breadth.d.value is None and state.universe and breadth.kind not in {"", "none"}:
        yield f"         {breadth.d.unknown}"


def _breadth(state: MonitorState) -> str:
    found = state.divergence
    if not found.kind:
        return f"unknown ({found.sessions.unknown})"
    if found.kind == "none":
        return f"no divergence ({state.universe})"
    graded = found.grade or "grade unknown"
    return f"{found.kind} divergence, {graded}, {figure(found.sessions, 0)} ({state.universe})"


def _layer_lines(state: MonitorState) -> Iterator[str]:
    yield ""
    for layer in state.layers:
        yield _layer_line(layer)
        for leg in layer.legs:
            yield (
                f"         {leg.text}: break-even VIX {figure(leg.break_even.vix)}, "
                f"SPX {figure(leg.break_even.spx)}"
            )


def _layer_line(layer: LayerState) -> str:
    soon = f" (now: {layer.provisional.value}, provisional)" if layer.provisional else ""
    states = f"{layer.trigger.value}{soon}, position {layer.position.value}"
    return f"layer {layer.number}  {states}: {layer.trigger_reason}"


def _condor_lines(state: MonitorState) -> Iterator[str]:
    yield ""
    if not state.condors:
        yield "no condor is open"
    for condor in state.condors:
        yield from _condor(condor)


def _condor(state: CondorState) -> Iterator[str]:
    held = state.condor
    left = f"{figure(state.dte, 0)} left, {state.status}"
    yield f"condor {held.id}  {held.quantity} x {held.root} {held.expiry}, {left}"
    yield f"         legs {', '.join(leg.text for leg in held.legs)}"
    yield f"         break-evens bare   {_points(state.bare)}"
    yield f"         break-evens hedged {_points(state.hedged)}"
    for distance in (*state.distances, *((state.nearest,) if state.nearest else ())):
        yield f"         {_distance(distance)}"
    for flag in held.flags:
        yield f"         note: {flag}"


def _points(found: BreakEvens) -> str:
    if found.unknown:
        return f"unknown ({found.unknown})"
    return "  ".join(f"{point:,.2f}" for point in found.points) or "none"


def _distance(distance: ShortDistance) -> str:
    return (
        f"{distance.side.replace('_', ' ')} {distance.level:,.2f}: {figure(distance.points)}, "
        f"{figure(distance.pct)}, {figure(distance.edrs)} away"
    )


def break_evens_text(name: str, bare: BreakEvens | None, hedged: BreakEvens) -> str:
    """Return the break-evens of a condor or of the book, with zones and notes."""
    lines = [f"{name} at {hedged.horizon}"]
    if bare is not None:
        lines.append(f"bare    {_points(bare)}")
    lines.append(f"hedged  {_points(hedged)}")
    if hedged.low_response or hedged.high_response:
        lines.append("  low VIX response   " + "  ".join(f"{p:,.2f}" for p in hedged.low_response))
        lines.append("  high VIX response  " + "  ".join(f"{p:,.2f}" for p in hedged.high_response))
    lines += [f"  {_zone(zone)}" for zone in hedged.zones]
    lines += [f"  note: {note}" for note in hedged.notes]
    return "\n".join(lines)


def _zone(zone: Zone) -> str:
    low = "below" if zone.low is None else f"{zone.low:,.2f}"
    high = "above" if zone.high is None else f"{zone.high:,.2f}"
    return f"{zone.kind:6}  {low} .. {high}  best ${zone.best:,.0f}  worst ${zone.worst:,.0f}"


def verify_text(report: VerifyReport) -> str:
    """Return what the check of the journal found."""
    if report.ok:
        return f"{report.entries} entries, chain and tables agree; head {report.head_seq} {report.head_hash}"
    first = "" if report.first_bad_seq is None else f"first bad entry: {report.first_bad_seq}\n"
    return first + "\n".join(report.problems)
