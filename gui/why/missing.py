"""What is missing for the next state of a layer? One sentence from its verdicts; it proposes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.playbook.verdict import Says, Trigger
from gui.formats import value_text
from gui.why.lines import JUNCTIONS, decimals_of, rule_words

if TYPE_CHECKING:
    from core.playbook.verdict import Verdict
    from core.state import LayerState

NOTHING = "Nothing is missing: armed and confirmed, and nothing blocks."


def missing_text(layer: LayerState) -> str:
    """Return what the layer still lacks for its next state, in the words of its rules."""
    parts = {verdict.part: verdict for verdict in layer.why}
    if layer.trigger is Trigger.BLOCKED and "blocks" in parts:
        return f"To be free again: {_undone(parts['blocks'])}."
    if layer.trigger is Trigger.ARMED:
        return _for_confirmed(parts)
    if layer.trigger is Trigger.CONFIRMED:
        return NOTHING
    if "arms" not in parts:
        return "No rule arms this layer."
    return f"To be armed: {_lacking(parts['arms'])}."


def _for_confirmed(parts: dict[str, Verdict]) -> str:
    lacking = (
        [_lacking(parts["confirms"])] if "confirms" in parts and parts["confirms"].says is not Says.ON else []
    )
    blocks = parts.get("blocks")
    if blocks is not None and blocks.says is Says.UNKNOWN:
        lacking.append(_lacking(blocks))
    return f"To be confirmed: {' and '.join(lacking)}." if lacking else "To be confirmed: the next close."


def _lacking(verdict: Verdict) -> str:
    """Return which rules of a tree do not say on, with what they lack."""
    if verdict.rule not in JUNCTIONS:
        return _rule_lacking(verdict)
    joint = " or " if verdict.rule == "any" else " and "
    said = [_bracketed(child) for child in verdict.children if child.says is not Says.ON]
    return joint.join(said) or "the next close"


def _bracketed(verdict: Verdict) -> str:
    return f"({_lacking(verdict)})" if verdict.rule in JUNCTIONS else _lacking(verdict)


def _rule_lacking(verdict: Verdict) -> str:
    if verdict.says is Says.UNKNOWN:
        return f"{rule_words(verdict)} (unknown)"
    if verdict.distance is None or verdict.threshold is None:
        return rule_words(verdict)
    return f"{rule_words(verdict)} ({_away(verdict)})"


def _undone(verdict: Verdict) -> str:
    """Return which blocking rules must go off, with how far they are from it."""
    if verdict.rule in JUNCTIONS:
        return " and ".join(_undone(child) for child in verdict.children if child.says is Says.BLOCKED)
    if verdict.distance is None or verdict.threshold is None:
        return f"no longer {rule_words(verdict)}"
    return f"no longer {rule_words(verdict)} ({_away(verdict)})"


def _away(verdict: Verdict) -> str:
    """Return how far a value has to go to the threshold: "+0.03 % to 1.05 %"."""
    places = decimals_of(verdict)
    way = value_text(verdict.distance, verdict.unit, decimals=places, is_signed=True)
    return f"{way} to {value_text(verdict.threshold, verdict.unit, decimals=places)}"
