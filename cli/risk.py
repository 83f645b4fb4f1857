"""`risk` and `scenario`: what the book is worth elsewhere, and what if."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.risk_grammar import asked_of, shocks_of
from cli.risk_text import risk_text, scenario_text
from cli.values import as_of_moment
from cli.workspace import reading, show
from core.monitor.risk import SEVEN_SPX_PCT, SEVEN_VIX, risk, scenario
from core.monitor.risk_record import risk_record, scenario_record

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Run `risk` or `scenario`."""
    asked = asked_of(args)
    with reading(args) as workspace:
        facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
        if args.command == "risk":
            state = risk(facts, asked)
            return show(args, risk_record(state), risk_text(state))
        across = shocks_of("--spx-shocks", args.spx_shocks) if args.spx_shocks else SEVEN_SPX_PCT
        along = shocks_of("--vix-shocks", args.vix_shocks) if args.vix_shocks else SEVEN_VIX
        found = scenario(facts, asked, across, along)
        return show(args, scenario_record(found), scenario_text(found))
