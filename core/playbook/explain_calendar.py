"""Why do the window rules say what they say? Which release or expiry is near, and how far off it is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.kleene import ON, UNKNOWN
from core.playbook.readings import Reading, Seen
from core.playbook.rules_calendar import EVENT_RULES, next_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.playbook.layer_state import LayerStep


def event_reading(seen: Seen, step: LayerStep, rule: str) -> Reading:
    """Return how far the nearest release of one kind is: sessions to go, negative once it is past."""
    kind, around = EVENT_RULES[rule], float(seen.playbook.count("events.around"))
    days = seen.events.get(kind)
    if days is None or not len(days):
        return Reading(f"no {kind} dates were imported", (), None, around, "sessions")
    history = seen.measured.history
    at = np.searchsorted(history.calendar.days, np.asarray(days, dtype="datetime64[D]"))
    away = at - (history.first + seen.index)
    nearest = int(np.abs(away).argmin())
    sessions, day = int(away[nearest]), days[nearest]
    if step.rules[rule] == UNKNOWN:
        return Reading(f"the {kind} dates end or begin at {day}", (), None, around, "sessions")
    when = f"in {sessions} sessions" if sessions > 0 else f"{-sessions} sessions ago" if sessions else "today"
    return Reading(f"{kind} {day} is {when}, window {around:g}", (), abs(float(sessions)), around, "sessions")


def _fomc(seen: Seen, step: LayerStep) -> Reading:
    return event_reading(seen, step, "fomc_window")


def _cpi(seen: Seen, step: LayerStep) -> Reading:
    return event_reading(seen, step, "cpi_window")


def _ppi(seen: Seen, step: LayerStep) -> Reading:
    return event_reading(seen, step, "ppi_window")


def _theta_window(seen: Seen, step: LayerStep) -> Reading:
    most, least = (seen.playbook.number(f"theta.window_{end}") for end in ("start", "end"))
    found = next_window(seen.measured, seen.playbook, seen.index)
    if found is None or step.rules["theta_window"] == UNKNOWN:
        return Reading("the exchange calendar does not reach the next expiries", (), None, most, "days")
    kind, expiry, days = found
    said = "open" if step.rules["theta_window"] == ON else "not open yet"
    reason = f"theta window {said}: {kind} {expiry} is {days} days away, window {most:g} to {least:g}"
    return Reading(reason, (), float(days), most, "days")


EXPLAINED: MappingProxyType[str, Callable[[Seen, LayerStep], Reading]] = MappingProxyType(
    {"fomc_window": _fomc, "cpi_window": _cpi, "ppi_window": _ppi, "theta_window": _theta_window}
)
