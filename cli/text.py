"""How does the state read in a terminal? Short lines, units with every number, reasons for what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import figure, said_once, unknown_text, whole_dollars
from cli.more_text import more_lines
from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.risk_state import RiskState, Scenario
    from core.state import CondorState, LayerLegState, LayerState, MonitorState, ShortDistance
    from core.valuation.break_evens import BreakEvens
    from core.valuation.zones import Zone
    from db.verify import VerifyReport

NOTICE = "For record and study: no advice, no orders."


def status_text(state: MonitorState) -> str:
    """Return the whole state as text."""
    parts = (
        *_market_lines(state),
        *more_lines(state),
        "",
        *layer_lines(state),
        "",
        *condor_lines(state),
        "",
        NOTICE,
    )
    return said_once([*simulated_line(state), *parts])


def simulated_line(state: MonitorState | RiskState | Scenario) -> list[str]:
    """Return the line that says so, where market and book are simulated."""
    return ["SIMULATED MARKET AND BOOK: nothing here is real"] if state.is_simulated else []


def _market_lines(state: MonitorState) -> Iterator[str]:
    vix, spx, curve = state.vix_indicators, state.spx_indicators, state.curve
    yield f"as of    {exchange_time(state.as_of)} New York   playbook {state.playbook_name}"
    yield f"SPX      {figure(state.spx)}   HV20 {figure(spx['hv20_pct'])}   RSI {figure(spx['rsi14'], 1)}"
    yield (
        f"VIX      {figure(state.vix)}   20-day mean {figure(vix['sma20'])}   RSI {figure(vix['rsi14'], 1)}   "
        f"MACD {figure(vix['macd'])}, signal {figure(vix['macd_signal'])}"
    )
    yield _edr(state)
    yield _ladder(state)
    yield f"A/D      {_breadth(state)}"
    yield (
        f"VX curve VX1 {figure(curve['vx1'], 3)}, VX2 {figure(curve['vx2'], 3)}, "
        f"backwardation {figure(curve['backwardation_pct'])}, by rule {figure(curve['rule_backwardation_pct'])}"
    )
    yield from _today_lines(state)
    for reason in state.quotes_refused:
        yield f"not shown: {reason}"
    for alert in state.alerts:
        yield f"ALERT    {alert.title}: {alert.text}"


def _edr(state: MonitorState) -> str:
    if state.edr.value is None:
        return f"EDR      {figure(state.edr)}   formula {state.edr_formula}"
    note = f"   ({state.edr.note})" if state.edr.note else ""
    points = figure(state.edr_points)
    return (
        f"EDR      {figure(state.edr, 3)} = {points}   {state.edr_zone} zone   formula {state.edr_formula}{note}"
    )


def _ladder(state: MonitorState) -> str:
    ladder = state.ladder
    if ladder.rung.value is None:
        return f"ladder   {figure(ladder.rung)}"
    return (
        f"ladder   rung {ladder.rung.value:.0f}, coverage {figure(ladder.coverage, 0)}, "
        f"next rung at {figure(ladder.next_trigger)}, {figure(ladder.distance, 3)} away"
    )


def _today_lines(state: MonitorState) -> Iterator[str]:
    for symbol, bar in state.today.items():
        if bar.quotes:
            parts = {"open": bar.open, "high": bar.high, "low": bar.low, "last": bar.last}
            said = "  ".join(f"{word} {one.value:,.2f}" for word, one in parts.items())
            yield f"today    {symbol} {said}  ({bar.quotes} quotes, session of {bar.day})"


def _breadth(state: MonitorState) -> str:
    found = state.divergence
    if not found.kind:
        return unknown_text(found.sessions.unknown)
    counted = f"{state.universe}, RANA {figure(state.rana, 3)}"
    if found.kind == "none":
        return f"no divergence   ({counted})"
    graded = found.grade or f"grade {unknown_text(found.d.unknown)}"
    return f"{found.kind} divergence, {graded}, {figure(found.sessions, 0)}   ({counted})"


def layer_lines(state: MonitorState) -> Iterator[str]:
    """Yield each layer with its trigger, its position and its legs."""
    for layer in state.layers:
        yield _layer(layer)
        yield from (f"         {_leg(leg)}" for leg in layer.legs)


def _layer(layer: LayerState) -> str:
    soon = f" (now: {layer.provisional.value}, provisional)" if layer.provisional else ""
    states = f"{layer.trigger.value}{soon}, position {layer.position.value}"
    return f"layer {layer.number}  {layer.name}: {states}: {layer.trigger_reason}"


def _leg(leg: LayerLegState) -> str:
    levels = {"VIX": leg.break_even.vix, "SPX": leg.break_even.spx}
    known = [f"{name} {figure(level)}" for name, level in levels.items() if level.is_known]
    if not known or (levels["VIX"].is_known and not levels["SPX"].is_known):
        known.append(("SPX " if known else "") + figure(levels["SPX"]))
    return f"{leg.text}: break-even {', '.join(known)}"


def condor_lines(state: MonitorState) -> Iterator[str]:
    """Yield each open condor with its legs, break-evens and distances."""
    if not state.condors:
        yield "no condor is open"
    for condor in state.condors:
        yield from _condor(condor)


def _condor(state: CondorState) -> Iterator[str]:
    held = state.condor
    left = "" if "expired" in state.status else f", {figure(state.dte, 0)} to expiry"
    yield f"condor {held.id}  {held.quantity} x {held.root} {held.expiry}: {state.status}{left}"
    yield f"         legs {', '.join(leg.text for leg in held.legs)}"
    yield f"         cash ${held.cash:,.2f}, fees ${held.fees:,.2f}, {_worst(state)}"
    yield f"         break-evens bare   {points_text(state.bare)}"
    yield f"         break-evens hedged {points_text(state.hedged)}"
    for distance in state.distances:
        yield f"         {distance.side.replace('_', ' ')} {_distance(distance)}"
    if state.nearest:
        yield f"         nearest break-even, {state.nearest.side}: {_distance(state.nearest)}"
    for flag in held.flags:
        yield f"         note: {flag}"


def _worst(state: CondorState) -> str:
    worst = state.max_loss
    return f"worst at expiry without hedge {figure(worst) if worst.value is None else whole_dollars(worst.value)}"


def points_text(found: BreakEvens) -> str:
    """Return the levels at which a position breaks even, or why they are unknown."""
    if found.unknown:
        return unknown_text(found.unknown)
    return "  ".join(f"{point:,.2f}" for point in found.points) or "none"


def _distance(distance: ShortDistance) -> str:
    if distance.points.value is None:
        return f"{distance.level:,.2f}: distance {figure(distance.points)}"
    edrs = figure(distance.edrs) if distance.edrs.is_known else f"EDR {figure(distance.edrs)}"
    far = (
        f"{figure(distance.points)}, {figure(distance.pct)} {'beyond it' if distance.points.value < 0 else 'away'}"
    )
    return f"{distance.level:,.2f}: {far}, {edrs}"


def break_evens_text(name: str, bare: BreakEvens | None, hedged: BreakEvens) -> str:
    """Return the break-evens of a condor or of the book, with zones and notes."""
    lines = [f"{name} at {hedged.horizon}" if hedged.horizon else name]
    if bare is not None:
        lines.append(f"bare    {points_text(bare)}")
    lines.append(f"hedged  {points_text(hedged)}")
    if hedged.low_response or hedged.high_response:
        lines.append("  low VIX response   " + "  ".join(f"{p:,.2f}" for p in hedged.low_response))
        lines.append("  high VIX response  " + "  ".join(f"{p:,.2f}" for p in hedged.high_response))
    lines += [f"  {_zone(zone)}" for zone in hedged.zones]
    lines += [f"  note: {note}" for note in hedged.notes]
    return said_once(lines)


def _zone(zone: Zone) -> str:
    low = "below" if zone.low is None else f"{zone.low:,.2f}"
    high = "above" if zone.high is None else f"{zone.high:,.2f}"
    return f"{zone.kind:6}  {low} .. {high}  best {whole_dollars(zone.best)}  worst {whole_dollars(zone.worst)}"


def verify_text(report: VerifyReport) -> str:
    """Return what the check of the journal found."""
    if report.ok:
        return f"{report.entries} entries, chain and tables agree; head {report.head_seq} {report.head_hash}"
    first = "" if report.first_bad_seq is None else f"first bad entry: {report.first_bad_seq}\n"
    return first + "\n".join(report.problems)
