"""How does the window that has the journal do the command of another process? As that process itself would."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.hand_over import is_handed_over
from cli.main import USAGE, command_of, failure, parse_words
from cli.quoting import STANDARD_INPUT, Taken, take_line, take_words
from cli.usage import UsageError
from cli.workspace import workspace_of
from core.refusal import RefusedError
from gui.live.wire import Answer, Outcome

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from cli.workspace import Workspace
    from gui.jobs import OpenJournal
    from gui.live.wire import Request


def run_command(request: Request, journal: OpenJournal, now: datetime) -> Outcome:
    """Do a command that another process typed, with the journal that is open here.

    Whatever becomes of it is in the answer; nothing is printed here, and no error comes out.
    """
    out, err, is_quote = io.StringIO(), io.StringIO(), False
    try:
        args = _args(request, out, err)
        is_quote = args.command == "quote"
        args.journal = journal.path
        args.held = workspace_of(args, journal.path, journal.connection, now)
        taken = _do(args, args.held, request)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is the other process's to say
        reason, answer = _failed(error, out, err)
        is_expected = isinstance(error, RefusedError | UsageError | SystemExit)
        return Outcome(answer, refused=(reason,) if is_quote else (), has_written=not is_quote and not is_expected)
    answer = Answer(taken.code, out.getvalue(), err.getvalue())
    return Outcome(answer, taken.quotes, taken.refused, has_written=not is_quote)


def _args(request: Request, out: io.StringIO, err: io.StringIO) -> argparse.Namespace:
    """Return the command with its files where that process was; only what writes is done for others."""
    args = parse_words(request.argv)
    if not is_handed_over(args):
        raise RefusedError("this command needs nobody else to do it")
    for name, value in vars(args).items():
        setattr(args, name, _seen_from(Path(request.cwd), value))
    if args.playbook and Path(request.cwd, args.playbook).is_file():
        args.playbook = str(Path(request.cwd, args.playbook))
    args.out, args.err = out, err
    return args


def _seen_from(folder: Path, value: Any) -> Any:
    if isinstance(value, Path):
        return folder / value
    if isinstance(value, list):
        return [_seen_from(folder, one) for one in value]
    return value


def _do(args: argparse.Namespace, workspace: Workspace, request: Request) -> Taken:
    if args.command != "quote":
        return Taken(command_of(args)(args), ())
    if args.quotes == [STANDARD_INPUT]:
        return take_line(args, workspace, request.stdin, request.line)
    return take_words(args, workspace)


def _failed(error: BaseException, out: io.StringIO, err: io.StringIO) -> tuple[str, Answer]:
    """Return why a command was not done, and the answer that says so."""
    if isinstance(error, SystemExit):
        message, code = "the window did not understand the command", USAGE
    else:
        message, code = failure(error)
    line = f"condor-watch: {' '.join(message.split())}\n"
    return message.removeprefix("refused: "), Answer(code, out.getvalue(), err.getvalue() + line)
