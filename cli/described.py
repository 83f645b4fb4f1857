"""`rules condor`: the condor that the playbook describes, with strikes, prices and deltas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import figure, said_once
from cli.held_text import dollars
from cli.text import NOTICE
from cli.values import as_of_moment, decimal_of
from cli.workspace import Workspace, show
from core.monitor.condor_now import condor_now, condor_record
from db.chain_store import load_chains

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.playbook.builder import BuiltCondor
    from core.state import Facts


def run_condor(args: argparse.Namespace, workspace: Workspace) -> int:
    """Run `rules condor`."""
    facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
    width = None if args.width is None else float(decimal_of("--width", args.width))
    built = condor_now(facts, width, load_chains(workspace.connection, facts.now).get("SPX"))
    return show(args, condor_record(facts, built), said_once(_lines(facts, built)))


def _lines(facts: Facts, built: BuiltCondor) -> Iterator[str]:
    asked = f"{facts.playbook.number('condor.dte'):g} days, {facts.playbook.number('condor.short_delta'):g} delta"
    yield f"condor     {built.text}, {built.expiry}, {built.days} days (playbook {facts.playbook.name}: {asked})"
    for leg in built.legs:
        yield f"  {leg.quantity:+d} SPXW {leg.right} {leg.strike:g} @ {leg.price:.2f}, delta {leg.delta:+.3f}"
    yield f"credit     {figure(built.credit)}, at risk {dollars(built.risk)} for one condor before fees"
    yield f"  note: {built.priced_by}"
    yield NOTICE
