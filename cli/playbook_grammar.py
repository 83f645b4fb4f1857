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
