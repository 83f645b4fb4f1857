"""`status`, `break-evens`, `log` and `verify`: how a journal is looked at by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.text import break_evens_text, simulated_line, status_text, verify_text
from cli.usage import UsageError
from cli.values import as_of_moment, date_of, integer_of
from cli.workspace import Workspace, reading, show
from core.market.times import exchange_date
from core.monitor.evaluate import evaluate
from core.monitor.record import break_evens_tree, plain_record, status_record
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse

    from core.state import MonitorState


def run(args: argparse.Namespace) -> int:
    """Run one of the looking commands."""
    commands = {"status": _status, "break-evens": _break_evens, "log": _log, "verify": _verify}
    with reading(args) as workspace:
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


def _log(args: argparse.Namespace, workspace: Workspace) -> int:
    from core.journal.log import log_rows
    from db.export import log_csv, log_json, log_table, write_export
    from db.journal_store import is_simulated, load_entries

    if args.json and args.format == "csv" and args.output is None:
        raise UsageError("--json and --format csv ask for two things: name a file for the CSV with -o")
    first = None if args.from_day is None else date_of("--from", args.from_day)
    last = None if args.to_day is None else date_of("--to", args.to_day)
    rows = [
        row
        for row in log_rows(load_entries(workspace.connection))
        if (first is None or exchange_date(row.event_time) >= first)
        and (last is None or exchange_date(row.event_time) <= last)
    ]
    suffix = args.output.suffix.lower() if args.output else ""
    form = args.format or ("json" if args.json or suffix == ".json" else "csv" if args.output else "text")
    writers = {"csv": log_csv, "json": log_json, "text": log_table}
    text = writers[form](rows, is_simulated=is_simulated(workspace.connection))
    if args.output is None:
        print(text, end="")
        return 0
    write_export(args.output, text, workspace.path)
    return show(args, {"file": str(args.output), "rows": len(rows)}, f"{len(rows)} rows written to {args.output}")


def _verify(args: argparse.Namespace, workspace: Workspace) -> int:
    from db.verify import verify

    report = verify(workspace.connection)
    record = {
        "ok": report.ok,
        "entries": report.entries,
        "first_bad_seq": report.first_bad_seq,
        "problems": list(report.problems),
        "head_seq": report.head_seq,
        "head_hash": report.head_hash,
    }
    show(args, record, verify_text(report))
    return 0 if report.ok else 1
