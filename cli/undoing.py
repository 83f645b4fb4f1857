"""`undo`, `redo` and `history`: acts are taken back by entries of their own, and nothing is rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.values import integer_of
from cli.workspace import Workspace, reading, show, writing
from core.journal.history import history_of
from core.journal.log import log_rows
from core.journal.undo import draft_redo, draft_undo
from core.market.times import exchange_time
from core.monitor.evaluate import stamp
from db.exports.json_log import log_record
from db.journal_store import append, load_book, load_entries

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Run `undo`, `redo` or `history`."""
    if args.command == "history":
        return _history(args)
    with writing(args) as workspace:
        return _take_back(args, workspace)


def _take_back(args: argparse.Namespace, workspace: Workspace) -> int:
    entries = load_entries(workspace.connection)
    seq = None if args.seq is None else integer_of("SEQ", args.seq)
    again = draft_undo if args.command == "undo" else draft_redo
    drafts = again(entries, seq, args.note)
    stamps = [stamp(workspace.facts(draft.event_time)) for draft in drafts]
    written, _ = append(workspace.connection, load_book(workspace.connection), drafts, stamps, workspace.now)
    rows = log_rows(written)
    text = "\n".join(f"entry {row.sequence}: {row.what}" for row in rows)
    return show(args, {"entries": [log_record(row) for row in rows]}, text)


def _history(args: argparse.Namespace) -> int:
    with reading(args) as workspace:
        acts = history_of(load_entries(workspace.connection))
    record: list[dict[str, Any]] = [
        {**log_record(act.row), "undone_by": act.undone_by, "can_undo": act.can_undo, "can_redo": act.can_redo}
        for act in acts
    ]
    lines = [
        f"{act.row.sequence:>5}  {exchange_time(act.row.time)}  {act.row.kind}  {act.row.what}"
        + (f"  [undone by entry {act.undone_by}]" if act.undone_by else "")
        for act in acts
    ]
    return show(args, {"acts": record}, "\n".join(lines) or "nothing was entered yet")
