"""`status`, `break-evens` and `verify`: how a journal is looked at by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.text import break_evens_text, simulated_line, status_text, verify_text
from cli.values import as_of_moment, integer_of
from cli.workspace import Workspace, reading, show
from core.monitor.evaluate import evaluate
from core.monitor.record import break_evens_tree, plain_record, status_record
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse

    from core.state import MonitorState


def run(args: argparse.Namespace) -> int:
    """Run one of the looking commands."""
    commands = {"status": _status, "break-evens": _break_evens, "verify": _verify}
    with reading(args, is_check=args.command == "verify") as workspace:
        return commands[args.command](args, workspace)


def _state(args: argparse.Namespace, workspace: Workspace) -> MonitorState:
    return evaluate(workspace.facts(as_of_moment(args.as_of, workspace.now)))


def _status(args: argparse.Namespace, workspace: Workspace) -> int:
    state = _state(args, workspace)
    return show(args, status_record(state), status_text(state))


def _break_evens(args: argparse.Namespace, workspace: Workspace) -> int:
    state = _state(args, workspace)
    if args.id is None:
        tree = {**_head(state), "book": break_evens_tree(state.book_break_evens)}
        text = break_evens_text("the whole book", None, state.book_break_evens)
        return show(args, plain_record(tree), "\n".join([*simulated_line(state), text]))
    wanted = integer_of("ID", args.id)
    found = next((condor for condor in state.condors if condor.condor.id == wanted), None)
    if found is None:
        raise RefusedError(f"ID: no condor {wanted} is open at {state.as_of:%Y-%m-%d %H:%M} UTC")
    tree = {
        **_head(state),
        "id": wanted,
        "bare": break_evens_tree(found.bare),
        "hedged": break_evens_tree(found.hedged),
    }
    text = break_evens_text(f"condor {wanted}", found.bare, found.hedged)
    return show(args, plain_record(tree), "\n".join([*simulated_line(state), text]))


def _head(state: MonitorState) -> dict[str, Any]:
    return {"as_of": state.as_of, "simulated": state.is_simulated}


def _verify(args: argparse.Namespace, workspace: Workspace) -> int:
    from cli.keeping import accept, start_faults
    from cli.log import receipt_faults
    from db.verify import verify

    if args.accept:
        return accept(args)
    report = verify(workspace.connection)
    faults = [] if args.receipt is None else receipt_faults(args.receipt, workspace)
    faults += start_faults(workspace)
    is_ok = report.ok and not faults
    record = {
        "ok": is_ok,
        "entries": report.entries,
        "first_bad_seq": report.first_bad_seq,
        "problems": [*report.problems, *faults],
        "head_seq": report.head_seq,
        "head_hash": report.head_hash,
    }
    agreed = ["the receipt agrees"] if args.receipt is not None and not faults else faults
    show(args, record, "\n".join([verify_text(report), *agreed]))
    return 0 if is_ok else 1
