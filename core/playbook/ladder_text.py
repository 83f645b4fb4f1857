"""On which rung does EDR stand? One wording for alerts, strip and chart."""

from __future__ import annotations

from core.playbook.parameters import LAYER_NUMBERS

TOP_TEXT = "top of the ladder"


def is_top(rung: float) -> bool:
    """Whether the rung of the last layer is reached: no layer waits for one above it."""
    return rung >= len(LAYER_NUMBERS)


def rung_text(rung: float, mark: str = "") -> str:
    """Return how many rungs are reached: "rung 2", and from the last layer's on "all 4 rungs"."""
    return f"all {len(LAYER_NUMBERS)} rungs{mark}" if is_top(rung) else f"rung {int(rung)}{mark}"


def shown_rung(rung: int) -> int:
    """Return the rung that is told of: those above the last layer's are one and the same."""
    return min(rung, len(LAYER_NUMBERS))
