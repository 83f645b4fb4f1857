"""How are the commands written that hand the log over? `log` and `receipt`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name

FORMATS = ("csv", "csv-sheet", "json", "xlsx", "html", "md", "pdf", "pdf-full")
FORMAT_HELP = "csv is exact, csv-sheet safe in a spreadsheet; pdf is one page, pdf-full all of it"


def add_log_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add `log` and `receipt` to the parser of the whole command."""
    log = commands.add_parser("log", parents=[common], help="the hedge log, to read or as a file")
    log.add_argument("--from", dest="from_day", metavar="D", help="the first day of the period (New York)")
    log.add_argument("--to", dest="to_day", metavar="D", help="its last day; open legs are valued at its end")
    log.add_argument("--layer", dest="layers", action="append", metavar="N", help="entries of a layer; repeat it")
    log.add_argument("--condor", dest="condors", action="append", metavar="ID", help="of a condor; repeat it")
    log.add_argument("--kind", dest="kinds", action="append", metavar="KIND", help="like layer_rolled; repeat it")
    log.add_argument("--columns", metavar="A,B,..", help="which columns, in this order")
    log.add_argument("--format", choices=FORMATS, default=None, help=FORMAT_HELP)
    log.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it here; its name tells the format")
    receipt = commands.add_parser("receipt", parents=[common], help="the journal's head, to keep elsewhere")
    receipt.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it here")
    receipt.add_argument(
        "--checker", type=Path, metavar="FILE.py", help="write the stand-alone checker of exported JSON here"
    )
