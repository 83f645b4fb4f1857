"""How are `risk` and `scenario` written, and what do their words ask for?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cli.usage import UsageError
from cli.values import date_of, decimal_of, integer_of
from core.positions.book import LAYER_NUMBERS
from core.positions.leg import parse_fill
from core.refusal import RefusedError
from core.risk_state import BASE, RESPONSES, ProposedFill, RiskAsked

if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name

_OWNER = re.compile(r"(?:L(?P<layer>\d+)(?:/(?P<of>\d+))?|C(?P<condor>\d+))\s+(?P<leg>.+)", re.IGNORECASE)
TICKET_HELP = 'a proposed fill: "L1 +4 VIX 2027-01-20 C 25 @ 1.20" of layer 1, "L1/2 .." of condor 2; repeat it'
SHOCKS_HELP = "like -20:10:7 (from, to, how many) or -10,-5,0,5"
NONE = "none"


def add_risk_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add `risk` and `scenario` to the parser of the whole command."""
    risk = commands.add_parser("risk", parents=[common], help="P/L, break-evens, greeks and bounds; what if")
    risk.add_argument("--spx", metavar="X", help="as if SPX were there (VIX by the map unless it is given)")
    risk.add_argument("--vix", metavar="X", help="as if VIX were there")
    grid = commands.add_parser(
        "scenario",
        parents=[common],
        help="P/L over shocks of SPX and VIX",
        allow_abbrev=False,  # --spx is a level in `risk`: here it must not be read as --spx-shocks
    )
    grid.add_argument("--spx-shocks", metavar="S", help=f"percent of SPX, {SHOCKS_HELP}")
    grid.add_argument("--vix-shocks", metavar="S", help=f"points of VIX, {SHOCKS_HELP}")
    for parser in (risk, grid):
        parser.add_argument(
            "id", nargs="?", metavar="ID", help="one condor with its own layers (default: the book)"
        )
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--days", metavar="N", help="so many calendar days on")
        when.add_argument("--date", metavar="D", help="at that session's close")
        parser.add_argument("--response", choices=RESPONSES, default=BASE, help="of VIX to SPX (default: base)")
        parser.add_argument("--ssr", metavar="R", help="SPX volatilities follow SPX along their skew: 0 to 2")
        parser.add_argument("--layers", metavar="L", help="only these count, like 1,2; none: the bare condors")
        parser.add_argument("--ticket", action="append", metavar="FILL", help=TICKET_HELP)
        parser.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")


def asked_of(args: argparse.Namespace) -> RiskAsked:
    """Return what a command line asks for."""
    condor = None if args.id is None else integer_of("ID", args.id)
    return RiskAsked(
        spx=_number("--spx", getattr(args, "spx", None)),
        vix=_number("--vix", getattr(args, "vix", None)),
        days=_number("--days", args.days),
        day=None if args.date is None else date_of("--date", args.date),
        response=args.response,
        layers=None if args.layers is None else _layers(args.layers),
        condor_id=condor,
        ticket=tuple(_proposed(text, condor) for text in args.ticket or ()),
        ssr=_number("--ssr", args.ssr),
    )


def shocks_of(name: str, text: str) -> list[float]:
    """Return shocks written -20:10:7 (from, to, how many) or as a list."""
    parts = text.split(":")
    if len(parts) == 1:
        return [float(decimal_of(name, part)) for part in text.split(",")]
    if len(parts) != 3:
        raise UsageError(f"{name}: {text!r}: write {SHOCKS_HELP}")
    low, high = (float(decimal_of(name, part)) for part in parts[:2])
    count = integer_of(name, parts[2])
    if not 1 <= count <= 1000:
        raise RefusedError(f"{name}: {count} shocks cannot be made")
    return [float(value) for value in np.linspace(low, high, count)]


def _number(name: str, text: str | None) -> float | None:
    return None if text is None else float(decimal_of(name, text))


def _layers(text: str) -> frozenset[int]:
    if text.strip().lower() == NONE:
        return frozenset()
    found = frozenset(integer_of("--layers", part) for part in text.split(","))
    if not found <= set(LAYER_NUMBERS):
        raise RefusedError(f"--layers: {text}: layers are {LAYER_NUMBERS[0]} to {LAYER_NUMBERS[-1]}")
    return found


def _proposed(text: str, condor: int | None) -> ProposedFill:
    """Return a proposed fill; a layer without a condor is that of the one looked at, else of the book."""
    found = _OWNER.fullmatch(text.strip())
    if not found:
        raise UsageError(f"--ticket: {text!r}: write {TICKET_HELP}")
    fill = parse_fill(found["leg"])
    if found["condor"]:
        return ProposedFill(fill, condor_id=int(found["condor"]))
    number = int(found["layer"])
    if number not in LAYER_NUMBERS:
        raise RefusedError(f"--ticket: there is no layer {number}: layers are 1 to {LAYER_NUMBERS[-1]}")
    return ProposedFill(fill, number, int(found["of"]) if found["of"] else condor)
