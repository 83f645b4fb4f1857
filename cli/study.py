"""`rules study`: on which share of the journal's days each playbook's layers were on, and how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cli.figure_text import figure, said_once
from cli.text import NOTICE
from cli.values import date_of
from cli.workspace import Workspace, show
from core.monitor.rules_record import study_record
from core.playbook.study import study
from db.playbooks import load_playbook, playbook_names

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.playbook.edr_study import RungShare
    from core.playbook.study import Agreement, LayerStudy, Study


def run_study(args: argparse.Namespace, workspace: Workspace) -> int:
    """Run `rules study` over every preset, and first the playbook in force if it is none of them."""
    facts = workspace.facts()
    history, own = facts.past.history, workspace.playbook
    presets = [load_playbook(name) for name in playbook_names()]
    others = [] if own.hash in {playbook.hash for playbook in presets} else [own]
    first = None if args.from_day is None else np.datetime64(date_of("--from", args.from_day))
    last = None if args.to_day is None else np.datetime64(date_of("--to", args.to_day))
    start = 0 if first is None else int(np.searchsorted(history.days, first))
    stop = history.length if last is None else int(np.searchsorted(history.days, last, side="right"))
    found = study(history, [*others, *presets], facts.event_days, slice(start, max(stop, start)))
    return show(args, study_record(found), said_once(_lines(found)))


def _lines(found: Study) -> Iterator[str]:
    if not len(found.days):
        yield "there is no session in that time"
        return
    yield f"{len(found.days)} sessions, {found.days[0]} to {found.days[-1]}"
    yield "on, of the known days; armed, confirmed, blocked, unknown, of all; turns a year; median days on"
    for one in found.playbooks:
        yield one.playbook.name
        yield from (f"  layer {layer.number}  {_layer(layer)}" for layer in one.layers)
    yield "the same word of a layer, on or off: all layers; layer 1 to 4"
    yield from (f"  {_agreement(one)}" for one in found.agreements)
    yield "EDR at or above the rung, by formula, of the days that it is known"
    yield from (f"  {_rungs(one)}" for one in found.rungs)
    for event in found.events:
        told = ", ".join(f"{step:+d}: {figure(mean, 3)}" for step, mean in event.away.items())
        yield f"mean EDR by sessions from {event.count} {event.kind}: {told}; other days {figure(event.others, 3)}"
    yield NOTICE


def _layer(layer: LayerStudy) -> str:
    if layer.on_pct.value is None:
        return figure(layer.on_pct)
    states = ", ".join(_pct(layer.state_pct[state]) for state in list(layer.state_pct)[1:])
    return f"{_pct(layer.on_pct)}; {states}; {figure(layer.switches_a_year, 1)}; {figure(layer.median_days_on, 0)}"


def _agreement(one: Agreement) -> str:
    layers = ", ".join(_pct(value) for value in one.layer_pct.values())
    return f"{one.first:18} {one.second:18} {_pct(one.all_pct)}; {layers}"


def _rungs(one: RungShare) -> str:
    shares = ", ".join(f"{rung:.2f}: {_pct(share)}" for rung, share in one.rung_pct.items())
    return f"{one.formula}  {shares}   {one.text}, {one.days} days"


def _pct(value: Figure) -> str:
    return "-" if value.value is None else f"{value.value:.1f} %"
