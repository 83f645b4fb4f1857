"""How does a parameter's value read, and what does a typed one mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.playbook.edr_study import RungShare
    from core.playbook.parameter import Parameter, Value

ON, OFF = "on", "off"
NOTHING = "automatic"


def value_text(value: Value) -> str:
    """Return a value as it is shown; an empty name is chosen by the program."""
    if isinstance(value, bool):
        return ON if value else OFF
    return f"{value:g}" if isinstance(value, float) else str(value) or NOTHING


def choices_of(parameter: Parameter) -> tuple[str, ...]:
    """Return what can be picked, nothing where a value is typed."""
    return (ON, OFF) if parameter.kind == "flag" else parameter.choices


def typed_value(parameter: Parameter, text: str) -> object:
    """Return what a typed text means for the parameter; one that means nothing comes back for the refusal."""
    cleaned = text.strip()
    if parameter.kind == "flag":
        return {ON: True, OFF: False}.get(cleaned, cleaned)
    if parameter.kind == "text":
        return "" if cleaned == NOTHING else cleaned
    try:
        return int(cleaned) if parameter.kind == "count" else float(cleaned)
    except ValueError:
        return cleaned


def shares_of(share: RungShare) -> str:
    """Return on how many loaded days EDR by a formula was at or above each rung; "" if none is known."""
    known = {rung: pct.value for rung, pct in share.rung_pct.items() if pct.value is not None}
    return ", ".join(f"{rung:.2f} on {value:.0f} %" for rung, value in known.items())
