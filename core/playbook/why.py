"""Why is a layer off, armed, confirmed, blocked or unknown? Its rules one by one, and one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.explain import explain
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.readings import WORDS
from core.playbook.trees import evaluate, rules_of
from core.playbook.verdict import Says, Trigger, Verdict

if TYPE_CHECKING:
    from datetime import date

    from core.market.series import History
    from core.playbook.layer_state import LayerStep, TriggerHistory
    from core.playbook.readings import Seen
    from core.playbook.trees import Tree

ARMS, CONFIRMS, BLOCKS = "arms", "confirms", "blocks"


@dataclass(frozen=True, slots=True)
class LayerWhy:
    """A layer's trigger at one session, the sentence that says why, and the verdict of each of its rules."""

    number: int
    trigger: Trigger
    reason: str
    verdicts: tuple[Verdict, ...]


def layer_why(step: LayerStep, seen: Seen) -> LayerWhy:
    """Return why the layer is in the state of `step`, from the session that `seen` is of."""
    verdicts = why(step, seen)
    return LayerWhy(step.number, step.trigger, trigger_reason(step, verdicts, seen), verdicts)


def why(step: LayerStep, seen: Seen) -> tuple[Verdict, ...]:
    """Return the verdict of the arming tree, then of the confirming and the blocking one where there are any.

    A junction's verdict has the verdicts of its branches as children.
    """
    trees = seen.playbook.trees[step.number]
    parts = ((ARMS, trees.arm), (CONFIRMS, trees.confirm), (BLOCKS, trees.block))
    return tuple(_blocking(_part(_verdict(tree, seen, step), part)) for part, tree in parts if tree is not None)


def trigger_reason(step: LayerStep, verdicts: tuple[Verdict, ...], seen: Seen) -> str:
    """Return one sentence that says why the layer is in its state."""
    by_part = {verdict.part: verdict for verdict in verdicts}
    arms = because(by_part[ARMS])
    if not seen.playbook.flag(f"layer.{step.number}.enabled"):
        return f"Off: layer {step.number} is switched off in the playbook; its rule says {by_part[ARMS].says}."
    if step.is_held:
        arms = f"held for at least {seen.playbook.count('layer.min_hold')} sessions, though {arms}"
    if step.trigger == Trigger.BLOCKED:
        return f"Blocked: {because(by_part[BLOCKS])}; armed: {arms}."
    if step.trigger == Trigger.ARMED:
        return f"Armed: {arms}; {_unconfirmed(step, by_part)}."
    if step.trigger == Trigger.CONFIRMED:
        return f"Confirmed: {arms}{_confirmed(step, by_part)}."
    return f"{step.trigger.value.capitalize()}: {arms}{_standing(step, seen)}."


def because(verdict: Verdict) -> str:
    """Return the reasons of the rules that make a tree say what it says."""
    if verdict.rule not in {"any", "all"}:
        return verdict.reason
    same = [because(child) for child in verdict.children if child.says == verdict.says]
    return "; ".join(same)


def state_since(triggers: TriggerHistory, history: History, number: int, index: int = -1) -> date | None:
    """Return the session since which the layer is in the state it has at `index`, None without sessions."""
    if not triggers.length:
        return None
    day: date = history.days[triggers.since(number, index)].item()
    return day


def _unconfirmed(step: LayerStep, by_part: dict[str, Verdict]) -> str:
    unknown = [
        by_part[part] for part, word in ((CONFIRMS, step.confirms), (BLOCKS, step.blocks)) if word == UNKNOWN
    ]
    told = unknown or [by_part[CONFIRMS]]
    return "unconfirmed: " + "; ".join(because(verdict) for verdict in told)


def _confirmed(step: LayerStep, by_part: dict[str, Verdict]) -> str:
    if CONFIRMS not in by_part:
        return ""
    return f"; {because(by_part[CONFIRMS])}" if step.confirms == ON else "; confirmed earlier since it armed"


def _standing(step: LayerStep, seen: Seen) -> str:
    if step.number != 1 or step.arms != OFF or not seen.playbook.flag("l1.standing"):
        return ""
    return f"; layer 1 stands at {seen.playbook.number('budget.L1'):g} % of the credit all the same"


def _verdict(tree: Tree, seen: Seen, step: LayerStep) -> Verdict:
    if tree.word == "rule":
        return explain(tree.rule, seen, step)
    words = {name: np.array([step.rules[name]], dtype=np.int8) for name in rules_of(tree)}
    children = tuple(_verdict(branch, seen, step) for branch in tree.branches)
    told = Verdict(tree.word, WORDS[int(evaluate(tree, words)[0])], "", children=children)
    return replace(told, reason=("any of: " if tree.word == "any" else "all of: ") + because(told))


def _part(verdict: Verdict, part: str) -> Verdict:
    """Return the verdict with its place in the layer written on it and on its branches."""
    return replace(verdict, part=part, children=tuple(_part(child, part) for child in verdict.children))


def _blocking(verdict: Verdict) -> Verdict:
    """Return the verdict of a blocking tree that is on as "blocked"."""
    if verdict.part != BLOCKS or verdict.says != Says.ON:
        return verdict
    return replace(verdict, says=Says.BLOCKED, children=tuple(_blocking(child) for child in verdict.children))
