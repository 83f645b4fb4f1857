"""What can be asked? The command line's grammar; docs/cli.md is its description."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name

DESCRIPTION = (
    "Position monitor and trade journal for SPX iron condors hedged with layered VIX positions. "
    "For record and study; it never places an order and gives no advice."
)
LEG_HELP = 'a leg with its price, like "+4 VIX 2018-03-21 C 25 @ 1.20" or "+1 VX 2018-03-21 @ 15.10"; repeat it'


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what it could not read."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; see {self.prog} --help\n")


class ShowVersion(argparse.Action):
    """Shows the version, looked up only then: it costs 20 ms, and every start waits for the grammar."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Show it: an answer, so on the output and not among the errors."""
        print(f"condor-watch {_version()}")
        parser.exit()


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return what the words ask for.

    Where they name no command the window opens, and its first paint must not wait for the commands' grammar.
    """
    args, rest = _parser_of_the_window(add_help=False, allow_abbrev=False).parse_known_args(words)
    if rest:
        return make_parser().parse_args(words)
    args.command = None
    return args


def _parser_of_the_window(**more: Any) -> argparse.ArgumentParser:
    parser = Parser("condor-watch", description=DESCRIPTION, parents=[_common(None)], **more)
    parser.set_defaults(words=(), out=None, err=None, held=None)  # where a window does the command, it sets these
    parser.add_argument("--version", action=ShowVersion, help="show the version and leave")
    parser.add_argument("--theme", choices=("dark", "light"), default=None, help="colours of the window")
    return parser


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    from cli.control_grammar import add_control_commands
    from cli.keeping_grammar import add_keeping_commands
    from cli.log_grammar import add_log_commands
    from cli.playbook_grammar import add_playbook_commands
    from cli.risk_grammar import add_risk_commands
    from cli.tickets_grammar import add_ticket_commands

    common, parser = _common(argparse.SUPPRESS), _parser_of_the_window()
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _window_commands(commands, common)
    _market_commands(commands, common)
    _data_commands(commands.add_parser("data", help="check market data, list imports, take one back"), common)
    _condor_commands(commands.add_parser("condor", help="enter and list condors"), common)
    _layer_commands(commands.add_parser("layer", help="enter and list hedge layers"), common)
    _account_command(commands, common)
    _looking_commands(commands, common)
    add_playbook_commands(commands, common)
    add_control_commands(commands, common)
    add_risk_commands(commands, common)
    add_ticket_commands(commands, common)
    add_log_commands(commands, common)
    add_keeping_commands(commands, common)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("condor-watch")
    except PackageNotFoundError:
        return "(from a checkout)"


def _common(default: str | None) -> argparse.ArgumentParser:
    """Return the options that stand before or after a command alike."""
    common = argparse.ArgumentParser(add_help=False, argument_default=default)
    common.add_argument("--journal", type=Path, metavar="FILE", help="the journal (default: the user's own)")
    common.add_argument("--playbook", metavar="NAME", help="a preset's name or a TOML file")
    json_default = False if default is None else argparse.SUPPRESS
    common.add_argument("--json", action="store_true", default=json_default, help="print one JSON document")
    return common


def _window_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    demo = commands.add_parser("demo", parents=[common], help="open a simulated market and book")
    demo.add_argument("--keep", type=Path, metavar="FILE", help="write the simulated journal here instead")
    shot = commands.add_parser("snapshot", parents=[common], help="write the window as a picture")
    shot.add_argument("file", type=Path, metavar="FILE.png")
    _as_of(shot)
    shot.add_argument("--size", default="1600x900", metavar="WxH")
    shot.add_argument("--theme", choices=("dark", "light"), default="dark")


def _market_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    imports = commands.add_parser("import", parents=[common], help="import market files")
    imports.add_argument("files", nargs="+", type=Path, metavar="FILE")
    imports.add_argument("--as", dest="layout", metavar="LAYOUT", help="the layout, where several fit")
    imports.add_argument("--symbol", metavar="S", help="the symbol or the breadth universe")
    imports.add_argument("--zone", metavar="Z", help="of times of day without one: Chicago, New York, UTC")
    imports.add_argument("--date", dest="day", metavar="D", help="the trade date, where the file does not hold it")
    imports.add_argument("--map", dest="mapping", metavar="F=COLUMN,..", help="own columns: date=Datum,close=Kurs")
    imports.add_argument("--dry-run", action="store_true", help="show every row's fate, write nothing")
    imports.add_argument("--skip-refused", action="store_true", help="take the rows that can be read")
    imports.add_argument("--replace", action="store_true", help="let changed values replace stored ones")
    quote = commands.add_parser("quote", parents=[common], help="enter quotes, by hand or piped")
    quote.add_argument("quotes", nargs="+", metavar="S=V", help="like SPX=5012.3 VIX=18.4; - reads standard input")
    _at(quote)


def _data_commands(data: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = data.add_subparsers(dest="act", metavar="ACT", required=True)
    check = acts.add_parser("check", parents=[common], help="list what is odd, by symbol and day")
    check.add_argument("--symbol", metavar="S", help="one symbol or breadth universe (default: all)")
    acts.add_parser("list", parents=[common], help="list what is stored of each symbol, with its gaps")
    acts.add_parser("imports", parents=[common], help="list the imports")
    undo = acts.add_parser("undo", parents=[common], help="take an import back, exactly")
    undo.add_argument("batch", nargs="?", metavar="BATCH", help="its number (default: the newest)")


def _condor_commands(condor: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = condor.add_subparsers(dest="act", metavar="ACT", required=True)
    opened = _act(acts, "open", common, "enter a condor that was filled")
    opened.add_argument("--root", choices=("SPX", "SPXW", "XSP"), help="default SPX")
    opened.add_argument("--expiry", metavar="D")
    opened.add_argument("--quantity", metavar="N")
    opened.add_argument("--puts", metavar="LONG/SHORT")
    opened.add_argument("--calls", metavar="SHORT/LONG")
    opened.add_argument("--credit", metavar="X", help="points received for one condor")
    opened.add_argument("--leg", action="append", metavar="LEG", help=LEG_HELP)
    opened.add_argument("--id", metavar="ID", help="add the legs to a condor that is being built")
    closed = _act(acts, "close", common, "enter a close or a partial close")
    closed.add_argument("id", metavar="ID")
    closed.add_argument("--debit", metavar="X", help="points paid for one condor")
    closed.add_argument("--quantity", metavar="N", help="how many (default: all)")
    closed.add_argument("--leg", action="append", metavar="LEG", help=LEG_HELP)
    rolled = _act(acts, "roll", common, "enter a close and a new opening under the same id")
    rolled.add_argument("id", metavar="ID")
    rolled.add_argument("--quantity", metavar="N", help="how many (default: all)")
    for name, meta in (
        ("debit", "X"),
        ("expiry", "D"),
        ("puts", "LONG/SHORT"),
        ("calls", "SHORT/LONG"),
        ("credit", "X"),
    ):
        rolled.add_argument(f"--{name}", required=True, metavar=meta)
    settled = _act(acts, "settle", common, "enter the settlement value at expiry", fees=False)
    settled.add_argument("id", metavar="ID")
    settled.add_argument("--value", metavar="V", help="SET or closing value (default: the imported one)")
    noted = _act(acts, "note", common, "write a note about a condor", fees=False)
    noted.add_argument("id", metavar="ID")
    noted.add_argument("text", metavar="TEXT")
    _as_of(acts.add_parser("list", parents=[common], help="list the condors"))
    line = acts.add_parser("timeline", parents=[common], help="every act on a condor, with its market and reason")
    line.add_argument("id", metavar="ID")


def _layer_commands(layer: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = layer.add_subparsers(dest="act", metavar="ACT", required=True)
    opened = _act(acts, "open", common, "enter a hedge that was filled")
    opened.add_argument("--leg", action="append", required=True, metavar="LEG", help=LEG_HELP)
    closed = _act(acts, "close", common, "enter a close or a partial close")
    closed.add_argument("--leg", action="append", required=True, metavar="LEG", help=LEG_HELP)
    rolled = _act(acts, "roll", common, "enter a close and a new opening of the same layer")
    rolled.add_argument("--close", action="append", required=True, metavar="LEG", help=LEG_HELP)
    rolled.add_argument("--leg", action="append", required=True, metavar="LEG", help=LEG_HELP)
    settled = _act(acts, "settle", common, "enter the settlement value of an expiry", fees=False)
    settled.add_argument("--expiry", metavar="D", help="which expiry (default: the first one held)")
    settled.add_argument("--value", metavar="V", help="VRO, SET or closing value (default: the imported one)")
    noted = _act(acts, "note", common, "write a note about a layer", fees=False)
    named = acts.add_parser("name", parents=[common], help="give a layer another name")
    _at(named)
    for parser in (opened, closed, rolled, settled, noted, named):
        parser.add_argument("number", metavar="N", help="the layer, 1 to 4")
    for parser in (opened, closed, rolled, settled):
        parser.add_argument("--condor", metavar="ID", help="the layer that belongs to this condor")
    noted.add_argument("text", metavar="TEXT")
    named.add_argument("name", metavar="NAME")
    _as_of(acts.add_parser("list", parents=[common], help="list the layers"))


def _account_command(commands: Commands, common: argparse.ArgumentParser) -> None:
    account = commands.add_parser("account", parents=[common], help="state the account")
    for name in ("equity", "cash", "notional"):
        account.add_argument(f"--{name}", required=True, metavar="X", help="dollars")
    account.add_argument("--margin", metavar="X", help="dollars of margin in use")
    account.add_argument("--note", default="", metavar="TEXT")
    _at(account)


def _looking_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    _as_of(commands.add_parser("status", parents=[common], help="market, triggers, positions now"))
    break_evens = commands.add_parser("break-evens", parents=[common], help="break-evens, bare and hedged")
    break_evens.add_argument(
        "id", nargs="?", metavar="ID", help="one condor with its own layers (default: the book)"
    )
    _as_of(break_evens)
    verify = commands.add_parser("verify", parents=[common], help="check the journal from its first entry")
    verify.add_argument("--receipt", type=Path, metavar="FILE", help="and that it still holds this receipt")
    verify.add_argument("--accept", action="store_true", help="take what is there as the journal, after a loss")


def _act(
    acts: Commands, name: str, common: argparse.ArgumentParser, text: str, *, fees: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, parents=[common], help=text)
    _at(parser)
    if name != "note":
        parser.add_argument("--note", default="", metavar="TEXT")
    if fees:
        parser.add_argument("--fees", default="0", metavar="F", help="dollars paid in all")
    return parser


def _at(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", metavar="T", help="when: a date means that session's close (default: now)")


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="T", help="look from here; a date means after that session's close")
    parser.add_argument("--known-at", metavar="T", help="count only what had been recorded by then")
