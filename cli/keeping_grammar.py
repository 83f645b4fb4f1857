"""What can be asked about keeping a journal: checks, backups, what is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from cli.parser import Commands


def add_keeping_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add `backup`, `restore`, `rebuild`, `undo`, `redo` and `history`."""
    backup = commands.add_parser("backup", parents=[common], help="make a backup and check it, or list them")
    backup.add_argument("--list", action="store_true", dest="lists", help="list the backups")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="your own folder (default: beside the journal)")
    restore = commands.add_parser("restore", parents=[common], help="put a backup in the journal's place")
    restore.add_argument("file", nargs="?", type=Path, metavar="FILE", help="which (default: the newest)")
    restore.add_argument("--to", type=Path, metavar="FILE", help="write it to a new journal instead")
    commands.add_parser("rebuild", parents=[common], help="write the readable tables anew from the entries")
    for name, text in (("undo", "take an act back by another entry"), ("redo", "let an undone act stand again")):
        parser = commands.add_parser(name, parents=[common], help=text)
        parser.add_argument("seq", nargs="?", metavar="SEQ", help="its entry (default: the last)")
        parser.add_argument("--note", default="", metavar="TEXT")
    commands.add_parser("history", parents=[common], help="list the acts, and which were undone")
