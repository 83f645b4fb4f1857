"""How is it said what would turn a rule round? One line of levels in EDR, VIX and SPX, each with its way to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.playbook.switch_levels import ASSUMED

if TYPE_CHECKING:
    from core.playbook.verdict import Level, Switch


def switch_text(switch: Switch) -> str:
    """Return what would turn a rule round, in one line; what all levels assume (ASSUMED) is said elsewhere."""
    note = switch.note.removesuffix(ASSUMED).rstrip("; ")
    levels = (("EDR", switch.edr_pct, "%", 3), ("VIX", switch.vix, "", 2), ("SPX", switch.spx, "", 0))
    told = ", ".join(_level(name, level, unit, digits) for name, level, unit, digits in levels if level)
    if not told:
        return f"{switch.turns.value}: {note}"
    return f"{switch.turns.value} at {told} ({note})" if note else f"{switch.turns.value} at {told}"


def _level(name: str, level: Level, unit: str, digits: int) -> str:
    value = f"{name} {level.value:,.{digits}f} {unit}".rstrip()
    return f"{value} ({level.distance:+,.{digits}f})"
