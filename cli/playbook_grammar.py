"""How are the commands about the rules written? `playbook`, `why`, `rules` and `sizing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name

A_PLAYBOOK = "a preset's name or a TOML file"


def add_playbook_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the commands about the rules to the parser of the whole command."""
    playbook = commands.add_parser("playbook", help="list, show and compare playbooks")
    acts = playbook.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("list", parents=[common], help="list the presets")
    shown = acts.add_parser("show", parents=[common], help="every parameter and tree of one")
    shown.add_argument("name", nargs="?", metavar="NAME", help=f"{A_PLAYBOOK} (default: the one in force)")
    compared = acts.add_parser("compare", parents=[common], help="what two set differently, key by key")
    compared.add_argument("first", metavar="A", help=A_PLAYBOOK)
    compared.add_argument("second", metavar="B", help=A_PLAYBOOK)
    why = commands.add_parser("why", parents=[common], help="why a layer is on or off, and what would switch it")
    why.add_argument("number", metavar="LAYER", help="the layer, 1 to 4")
    why.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
    sizing = commands.add_parser("sizing", parents=[common], help="how large the hedge should be, by every rule")
    sizing.add_argument("id", nargs="?", metavar="ID", help="one condor with its own layers (default: the book)")
    sizing.add_argument(
        "--price", action="append", metavar="CALL", help='like "VIX 2027-01-20 C 22 @ 1.12"; repeat it'
    )
    sizing.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
    rules = commands.add_parser("rules", help="when triggers changed, and how often the rules are on")
    _rules_commands(rules.add_subparsers(dest="act", metavar="ACT", required=True), common)


def _rules_commands(acts: Commands, common: argparse.ArgumentParser) -> None:
    changes = acts.add_parser(
        "changes", parents=[common], help="every change of a layer's trigger, with its values"
    )
    studied = acts.add_parser(
        "study", parents=[common], help="how often each preset's layers were on, and agreement"
    )
    condor = acts.add_parser("condor", parents=[common], help="the condor of the playbook's tenor and delta, now")
    condor.add_argument("--width", metavar="POINTS", help="of each wing (default: as the last condor, else 50)")
    condor.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
    for parser in (changes, studied):
        parser.add_argument("--from", dest="from_day", metavar="D")
        parser.add_argument("--to", dest="to_day", metavar="D")
