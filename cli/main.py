"""Which command was asked for? Runs it, and turns every refusal into one line and an exit code."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from cli.journal import journal_path
from cli.parser import parse
from cli.usage import UsageError
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

DONE, REFUSED, USAGE = 0, 1, 2
INTERRUPTED = 130
FILES = {
    **dict.fromkeys((None, "demo", "snapshot"), "cli.window"),
    "import": "cli.market",
    "quote": "cli.quoting",
    "data": "cli.data",
    **dict.fromkeys(("condor", "layer", "account"), "cli.positions"),
    "playbook": "cli.playbook",
    **dict.fromkeys(("why", "rules"), "cli.rules"),
    **dict.fromkeys(("backup", "restore", "rebuild"), "cli.keeping"),
    **dict.fromkeys(("undo", "redo", "history"), "cli.undoing"),
    "sizing": "cli.sizing",
    **dict.fromkeys(("risk", "scenario"), "cli.risk"),
    **dict.fromkeys(("tickets", "accept"), "cli.tickets"),
    **dict.fromkeys(("log", "receipt"), "cli.log"),
    "money": "cli.money",
    **dict.fromkeys(("discipline", "proposals"), "cli.discipline"),
    **dict.fromkeys(("plan", "propose", "approve", "reject", "apply", "approvers", "override"), "cli.control"),
}
"""Which file does a command, where it is not `cli.look`."""
_NEGATIVE = re.compile(r"-(\d|\.\d|inf|nan)", re.ASCII | re.IGNORECASE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 usage. What the world did wrong becomes one line.

    So does what we did wrong, with the place of the whole report.
    """
    os.umask(0o077)
    args = parse_words(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more to say
        return DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort: one line, the rest kept
        return _say(*failure(error))
    return code


def parse_words(words: Sequence[str]) -> argparse.Namespace:
    """Return the command that the words ask for; `words` in it are these."""
    joined = _negative_values_joined(words)
    args = parse(joined)
    args.words = joined
    return args


def failure(error: BaseException) -> tuple[str, int]:
    """Return the line that says what went wrong, and the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", INTERRUPTED
    if isinstance(error, UsageError):
        return str(error), USAGE
    if isinstance(error, RefusedError):
        return f"refused: {error}", REFUSED
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"refused: {place}{error.strerror or error}", REFUSED
    return f"an error of the program, {_told(error)}", REFUSED


def _told(error: BaseException) -> str:
    """Return the error in a few words and where its report was written."""
    from cli.crash_report import write_report

    name = f"{type(error).__name__}: {error}"
    try:
        return f"{name}; the report is in {write_report(error)}"
    except OSError as failed:
        return f"{name}; no report could be written ({failed.strerror})"


def _run(args: argparse.Namespace) -> int:
    """Let a window that has the journal open do what writes; do everything else here."""
    from cli.hand_over import hand_over, is_handed_over

    if is_handed_over(args) and not is_stream(args):
        code = hand_over(args, journal_path(args))
        if code is not None:
            return code
    return command_of(args)(args)


def is_stream(args: argparse.Namespace) -> bool:
    """Whether the command reads line after line: each finds its own way."""
    return args.command == "quote" and "-" in args.quotes


def command_of(args: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """Import the command's own file only: `status` must not wait for the window's libraries."""
    run: Callable[[argparse.Namespace], int] = import_module(FILES.get(args.command, "cli.look")).run
    return run


def _negative_values_joined(words: Sequence[str]) -> list[str]:
    """Join `--credit -1.5` and `--leg "-4 VIX .."` to one word, so that the minus is not read as an option."""
    joined: list[str] = []
    for word in words:
        if _NEGATIVE.match(word) and joined and joined[-1].startswith("--") and "=" not in joined[-1]:
            joined[-1] = f"{joined[-1]}={word}"
        else:
            joined.append(word)
    return joined


def _say(message: str, code: int) -> int:
    print(f"condor-watch: {' '.join(message.split())}", file=sys.stderr)
    return code
