"""How are all break-evens of a position written? With the losing stretches between them marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.formats import UNKNOWN_TEXT, day_text, figure_text, number_text

if TYPE_CHECKING:
    from core.positions.book import Condor
    from core.valuation.break_evens import BreakEvens, Zone

LOSS_BETWEEN, PROFIT_BETWEEN = " | ", " / "
NEVER = "never"


def break_evens_text(found: BreakEvens) -> str:
    """Return the points, ascending: "a | b / c" where money is lost between a and b and gained between b and c."""
    if found.unknown:
        return UNKNOWN_TEXT
    if not found.points:
        return NEVER
    text = _point(found.points[0])
    for low, high in zip(found.points, found.points[1:], strict=False):
        text += (LOSS_BETWEEN if _is_loss(found, (low + high) / 2) else PROFIT_BETWEEN) + _point(high)
    return text


def break_evens_tooltip(found: BreakEvens, name: str) -> str:
    """Return horizon, zones, responses and notes, a line each."""
    if found.unknown:
        return f"Break-evens {name}: unknown, {found.unknown}"
    lines = [f"Break-evens {name} at expiry {day_text(found.horizon)}: {break_evens_text(found)}"]
    lines += [_zone_text(zone) for zone in found.zones]
    for word, points in (("low", found.low_response), ("high", found.high_response)):
        lines += [f"with the {word} VIX response: {', '.join(map(_point, points))}"] if points else []
    for word, figure in (("least", found.min_profit), ("most", found.max_profit)):
        lines += [f"{word} profit {figure_text(figure, decimals=0)}"] if figure is not None else []
    return "\n".join([*lines, *(f"Note: {note}" for note in found.notes)])


def strikes_text(condor: Condor) -> str:
    """Return a condor as "SPX 2018-03-16  P 2550/2600  C 2875/2925"; a leg that is not on is "-"."""
    puts = f"P {_strike(condor, 'P', 1)}/{_strike(condor, 'P', -1)}"
    calls = f"C {_strike(condor, 'C', -1)}/{_strike(condor, 'C', 1)}"
    return f"{condor.root} {day_text(condor.expiry)}  {puts}  {calls}"


def _strike(condor: Condor, right: str, side: int) -> str:
    leg = condor.leg(right, side)
    return f"{leg.contract.strike.normalize():f}" if leg is not None and leg.contract.strike is not None else "-"


def _point(value: float) -> str:
    return number_text(value, 1)


def _is_loss(found: BreakEvens, spx: float) -> bool:
    return any(zone.kind == "loss" and _holds(zone, spx) for zone in found.zones)


def _holds(zone: Zone, spx: float) -> bool:
    return (zone.low is None or zone.low <= spx) and (zone.high is None or spx <= zone.high)


def _zone_text(zone: Zone) -> str:
    low = f"from {_point(zone.low)} " if zone.low is not None else ""
    high = f"up to {_point(zone.high)}" if zone.high is not None else "upward"
    return f"  {zone.kind} {low}{high}"
