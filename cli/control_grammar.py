"""How are the commands of control, discipline and money written?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name

PLAN_HELP = 'like "open layer 1 x4 if EDR >= 0.95", "open condor x10", "roll layer 2", "hold layer 1" or "nothing"'


def add_control_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add `money`, `discipline`, `plan`, and the commands by which rules and layers change."""
    for name, text in (
        ("money", "what the hedge costs and brings: returns, carry, outlay, betas, parity, slippage"),
        ("discipline", "the steward's score from the log, plans against acts, overrides"),
        ("proposals", "who must agree, and every proposed change"),
    ):
        _as_of(commands.add_parser(name, parents=[common], help=text))
    plan = commands.add_parser("plan", help="seal a plan before a session; compare it with what was done")
    acts = plan.add_subparsers(dest="act", metavar="ACT", required=True)
    sealed = acts.add_parser("seal", parents=[common], help="seal the plan of a session before it opens")
    sealed.add_argument("session", metavar="DAY", help="the session")
    sealed.add_argument("items", nargs="+", metavar="LINE", help=PLAN_HELP)
    sealed.add_argument("--reason", default="", metavar="TEXT")
    _as_of(acts.add_parser("show", parents=[common], help="every sealed plan beside what was done"))
    _propose_commands(commands.add_parser("propose", help="propose a change; others must agree"), common)
    _deciding_commands(commands, common)


def _propose_commands(propose: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = propose.add_subparsers(dest="act", metavar="WHAT", required=True)
    rules = acts.add_parser("rules", parents=[common], help="other rules")
    rules.add_argument("name", metavar="NAME", help="a preset's name or a TOML file")
    layer = acts.add_parser("layer", parents=[common], help="a layer against the rule")
    layer.add_argument("what", metavar="ACT", help="close, shrink, roll or keep-open")
    layer.add_argument("number", metavar="N", help="the layer, 1 to 4")
    layer.add_argument("--condor", metavar="ID", help="the layer that belongs to this condor")
    override = acts.add_parser("override", parents=[common], help="to act against a verdict or a plan")
    override.add_argument("against", metavar="AGAINST", help="the verdict or plan, in a line")
    override.add_argument("--layer", metavar="N", help="the layer that it is about")
    approvers = acts.add_parser("approvers", parents=[common], help="other people who must agree")
    approvers.add_argument("names", nargs="+", metavar="NAME")
    for parser in (rules, layer, override, approvers):
        parser.add_argument("--by", required=True, metavar="NAME", help="who proposes")
        parser.add_argument("--reason", required=True, metavar="TEXT")


def _deciding_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    approve = commands.add_parser("approve", parents=[common], help="agree to a proposal")
    reject = commands.add_parser("reject", parents=[common], help="reject or withdraw a proposal")
    apply = commands.add_parser("apply", parents=[common], help="put approved rules or approvers in force")
    for parser in (approve, reject, apply):
        parser.add_argument("proposal", metavar="SEQ", help="the number of its entry")
    apply.add_argument("file", nargs="?", metavar="FILE", help="the TOML file, where the rules are no preset")
    for parser in (approve, reject):
        parser.add_argument("--by", required=True, metavar="NAME")
    reject.add_argument("--reason", required=True, metavar="TEXT")
    named = commands.add_parser("approvers", parents=[common], help="name for the first time who must agree")
    named.add_argument("names", nargs="+", metavar="NAME")
    override = commands.add_parser("override", parents=[common], help="record an act against a verdict, and why")
    override.add_argument("against", nargs="?", default="", metavar="AGAINST", help="the verdict or plan")
    override.add_argument("--reason", required=True, metavar="TEXT")
    override.add_argument("--layer", metavar="N", help="the layer that it is about")
    override.add_argument("--condor", metavar="ID", help="the condor that it is about")
    override.add_argument("--proposal", metavar="SEQ", help="the approved proposal")


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
