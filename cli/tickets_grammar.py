"""How are `tickets` and `accept` written?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name


def add_ticket_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add `tickets` and `accept` to the parser of the whole command."""
    looked = commands.add_parser("tickets", parents=[common], help="what the rules propose for what is held")
    looked.add_argument("key", nargs="?", metavar="KEY", help="one proposal, with greeks and break-evens after it")
    looked.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
    looked.add_argument("--from", dest="from_day", metavar="DAY", help="walk the closes from this day on")
    looked.add_argument("--to", dest="to_day", metavar="DAY", help="to this one; each close by what it could know")
    accepted = commands.add_parser("accept", parents=[common], help="record the intent to act on a proposal")
    accepted.add_argument("key", metavar="KEY")
    accepted.add_argument("--note", default="", metavar="TEXT", help="the reason; some proposals need one")
