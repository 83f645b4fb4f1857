"""`why` and `rules`: why a layer stands where it does, when that changed, and how often the rules are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.described import run_condor
from cli.study import run_study
from cli.text import NOTICE
from cli.values import as_of_moment, date_of, integer_of
from cli.workspace import Workspace, reading, show
from core.market.times import exchange_time
from core.monitor.evaluate import evaluate
from core.monitor.rules_record import changes_record, why_record
from core.playbook.changes import trigger_changes
from core.playbook.parameters import LAYER_NUMBERS
from core.playbook.switch_levels import ASSUMED
from core.playbook.switch_words import switch_text
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.playbook.changes import TriggerChange
    from core.playbook.verdict import Verdict
    from core.state import LayerState, MonitorState


def run(args: argparse.Namespace) -> int:
    """Run `why` or one of the acts of `rules`."""
    with reading(args) as workspace:
        if args.command == "why":
            return _why(args, workspace)
        return {"study": run_study, "changes": _changes, "condor": run_condor}[args.act](args, workspace)


def _why(args: argparse.Namespace, workspace: Workspace) -> int:
    number = integer_of("LAYER", args.number)
    if number not in LAYER_NUMBERS:
        raise RefusedError(f"LAYER: {number} is not a layer: write 1 to {LAYER_NUMBERS[-1]}")
    state = evaluate(workspace.facts(as_of_moment(args.as_of, workspace.now)))
    return show(args, why_record(state, number), "\n".join(_why_lines(state, state.layers[number - 1])))


def _why_lines(state: MonitorState, layer: LayerState) -> Iterator[str]:
    yield f"layer {layer.number}  {layer.name}, position {layer.position.value}"
    yield f"as of {exchange_time(state.as_of)} New York, playbook {state.playbook_name}"
    yield layer.trigger_reason
    for verdict in layer.why:
        yield f"{verdict.part}:"
        yield from verdict_lines(verdict)
    yield f"Levels are those of one close more: {ASSUMED}."
    yield NOTICE


def verdict_lines(verdict: Verdict, depth: int = 1) -> Iterator[str]:
    """Return a verdict and its branches as lines, each with what would switch it."""
    indent = "  " * depth
    is_tree = verdict.rule in {"any", "all"}
    told = f"{verdict.rule} of" if is_tree else f"{verdict.rule}: {verdict.reason} ({verdict.source})"
    yield f"{indent}{verdict.says.value:7}  {told}"
    if verdict.switch is not None:
        yield f"{indent}         {switch_text(verdict.switch)}"
    for child in verdict.children:
        yield from verdict_lines(child, depth + 1)


def _changes(args: argparse.Namespace, workspace: Workspace) -> int:
    first = None if args.from_day is None else date_of("--from", args.from_day)
    last = None if args.to_day is None else date_of("--to", args.to_day)
    facts = workspace.facts()
    past, span = facts.past, (first, last)
    changes = trigger_changes(past.triggers, past.measured, workspace.playbook, span, facts.event_days)
    lines = [_change_line(change) for change in changes] or ["no trigger changed in that time"]
    return show(args, changes_record(changes), "\n".join(lines))


def _change_line(change: TriggerChange) -> str:
    moved = f"{change.before.value} -> {change.after.value}"
    return f"{change.session}  layer {change.layer}  {moved:22}  {change.reason}"
