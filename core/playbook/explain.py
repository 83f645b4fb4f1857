"""Why does one rule say what it says? Its reading by name, and that of a rule made of other rules."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.playbook import explain_calendar, explain_market, explain_rsi, explain_vix
from core.playbook.explain_vix import edr_inputs
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.readings import Reading, Seen, verdict
from core.playbook.rules import COUNTED, STEEPENING
from core.playbook.rules_calendar import EVENT_RULES
from core.playbook.rung import EDR_RUNG
from core.playbook.switches import switch_of

if TYPE_CHECKING:
    from core.playbook.layer_state import LayerStep
    from core.playbook.verdict import Verdict

__all__ = ["edr_inputs", "explain"]

_FAMILIES = (explain_vix, explain_rsi, explain_market, explain_calendar)
_READ = MappingProxyType({name: read for family in _FAMILIES for name, read in family.EXPLAINED.items()})
_ANY = MappingProxyType({"curve_steepening": STEEPENING, "event_window": tuple(EVENT_RULES)})
_SIGNS = MappingProxyType({"regime_shift": "signs of a regime shift", "three_lights": "lights"})


def explain(rule: str, seen: Seen, step: LayerStep) -> Verdict:
    """Return the verdict of a rule, by name, at one session."""
    if rule == EDR_RUNG:  # each layer has its own
        return _explained(rule, seen, step)
    if rule not in seen.told:
        seen.told[rule] = _explained(rule, seen, step)
    return seen.told[rule]


def _explained(rule: str, seen: Seen, step: LayerStep) -> Verdict:
    if rule in COUNTED:
        return verdict(rule, step, _counted(rule, seen, step))
    if rule in _ANY:
        return verdict(rule, step, _any(rule, seen, step))
    return verdict(rule, step, _READ[rule](seen, step), switch_of(rule, seen, step))


def _counted(rule: str, seen: Seen, step: LayerStep) -> Reading:
    """Return the reading of a rule that counts its signs."""
    signs, key = COUNTED[rule]
    children = tuple(explain(sign, seen, step) for sign in signs)
    on = sum(step.rules[child.rule] == ON for child in children)
    unknown = sum(step.rules[child.rule] == UNKNOWN for child in children)
    needed = seen.playbook.count(key)
    reason = f"{on} of {len(children)} {_SIGNS[rule]}, {needed} needed"
    reason += f", {unknown} unknown" if unknown else ""
    told = "; ".join(child.reason for child in children if step.rules[child.rule] == ON)
    reason += f": {told}" if told else ""
    return Reading(reason, (), float(on), float(needed), "", children)


def _any(rule: str, seen: Seen, step: LayerStep) -> Reading:
    """Return the reading of a rule that is on as soon as one of its branches is."""
    children = tuple(explain(branch, seen, step) for branch in _ANY[rule])
    same = [child.reason for child in children if step.rules[child.rule] == step.rules[rule]]
    return Reading("; ".join(same), (), children=children)
