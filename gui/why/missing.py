"""What is missing for the next state of a layer? One sentence from its verdicts; it proposes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.playbook.verdict import Says, Trigger
from gui.formats import value_text
from gui.why.lines import JUNCTIONS, decimals_of, rule_words

if TYPE_CHECKING:
    from core.playbook.verdict import Verdict
    from core.state import LayerState

SUBJECTS = {"rsi_vix_block": "RSI of VIX", "rsi_spx_low": "RSI of SPX", "edr_high": "EDR", "vix_marker": "VIX"}
"""What the level of a rule is a level of: a blocking rule is told as a level to be left."""
EVENTS = {"macd_bullish": "a fresh cross"}
"""What a rule waits for whose level is passed already."""
NOTHING = "Nothing is missing: armed and confirmed, and nothing blocks."


def missing_text(layer: LayerState) -> str:
    """Return what the layer still lacks for its next state, in the words of its rules."""
    parts = {verdict.part: verdict for verdict in layer.why}
    if layer.trigger is Trigger.BLOCKED and "blocks" in parts:
        return f"Free again once {_undone(parts['blocks'])}."
    if layer.trigger is Trigger.ARMED:
        return _for_confirmed(parts)
    if layer.trigger is Trigger.CONFIRMED:
        return NOTHING
    if "arms" not in parts:
        return layer.trigger_reason
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
        event = EVENTS.get(verdict.rule, "") if verdict.value is not None else ""
        return f"{rule_words(verdict)}{f' ({event})' if event else ''}"
    return f"{rule_words(verdict)} ({_away(verdict)})"


def _undone(verdict: Verdict) -> str:
    """Return which blocking rules must go off, with the level at which they do and the value now."""
    if verdict.rule in JUNCTIONS:
        return " and ".join(_undone(child) for child in verdict.children if child.says is Says.BLOCKED)
    subject, value, level = SUBJECTS.get(verdict.rule), verdict.value, verdict.threshold
    if subject is None or value is None or level is None:
        return f"{rule_words(verdict)} is off"
    side = "below" if value > level else "above"
    now = value_text(value, verdict.unit, decimals=decimals_of(verdict))
    places = 0 if level == int(level) else decimals_of(verdict)
    return f"{subject} is {side} {value_text(level, verdict.unit, decimals=places)} (now {now})"


def _away(verdict: Verdict) -> str:
    """Return how far a value has to go to the threshold: "+0.03 % to 1.05 %"."""
    places = decimals_of(verdict)
    way = value_text(verdict.distance, verdict.unit, decimals=places, is_signed=True)
    return f"{way} to {value_text(verdict.threshold, verdict.unit, decimals=places)}"
