"""`backup`, `restore`, `rebuild`, `verify --accept`: how a journal is kept, by command."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cli.journal import journal_path
from cli.workspace import Workspace, print_error, reading, show, writing
from core.market.times import exchange_time, iso_utc
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from db.backup import Backup
    from db.restore import Restored

WAIT_S = 5.0


def run(args: argparse.Namespace) -> int:
    """Run one of the keeping commands."""
    commands = {"backup": _backup, "restore": _restore, "rebuild": _rebuild}
    return commands[args.command](args)


def start_faults(workspace: Workspace) -> list[str]:
    """Return what the anchor tells that a check of the journal alone cannot: entries that are missing."""
    from db.start_state import Start, quick_check

    found = quick_check(workspace.connection, workspace.path)
    return [found.text] if found is not None and found.state is Start.ENTRIES_MISSING else []


def accept(args: argparse.Namespace) -> int:
    """Anchor the journal as it is now, if it holds in itself: what is missing is given up by its owner."""
    from db.anchor import anchor_now, anchored_head, journal_head
    from db.connection import connect_reader
    from db.lock import hold_journal
    from db.verify import verify

    path = journal_path(args)
    with hold_journal(path, WAIT_S), closing(connect_reader(path)) as connection:
        report = verify(connection)
        if not report.ok:
            raise RefusedError(f"{path} does not hold: {report.problems[0]}; restore a backup instead")
        before, head = anchored_head(path), journal_head(connection)
        anchor_now(path, connection, datetime.now(UTC))
    was = "nothing" if before is None else f"entry {before.seq}"
    now = 0 if head is None else head.seq
    record = {"accepted_seq": now, "anchored_seq_before": None if before is None else before.seq}
    return show(args, record, f"entry {now} is the last one now; before, {was} was known as the last")


def _backup(args: argparse.Namespace) -> int:
    from db.backup import backups_of, make_backup

    if args.lists:
        found = backups_of(journal_path(args), args.to)
        text = "\n".join(_line(one) for one in found) or "there is no backup"
        return show(args, {"backups": [_record(one) for one in found]}, text)
    with reading(args, is_check=True) as workspace:
        made = make_backup(workspace.connection, workspace.path, workspace.now, folder=args.to)
    return show(args, _record(made), f"backed up and checked: {made.path}, {made.seq} entries")


def _record(one: Backup) -> dict[str, Any]:
    return {"file": str(one.path), "made_at": iso_utc(one.made_at), "entries": one.seq, "schema": one.version}


def _line(one: Backup) -> str:
    return f"{exchange_time(one.made_at)} New York  {one.seq} entries  {one.path}"


def _restore(args: argparse.Namespace) -> int:
    from db.lock import hold_journal
    from db.restore import restore, restore_beside

    path = journal_path(args)
    backup = args.file or _newest(path)
    if args.to is not None:
        head = restore_beside(args.to, backup, datetime.now(UTC))
        record = {"file": str(args.to), "entries": head.seq}
        return show(args, record, f"{head.seq} entries of {backup} are in the new journal {args.to}")
    with hold_journal(path, WAIT_S):
        done = restore(path, backup, datetime.now(UTC))
    return show(args, _restored_record(done, backup), _restored_text(done, backup, path))


def _newest(path: Path) -> Path:
    from db.backup import backups_of

    found = backups_of(path)
    if not found:
        raise RefusedError(f"there is no backup of {path}: name the file to restore")
    return found[0].path


def _restored_record(done: Restored, backup: Path) -> dict[str, Any]:
    from db.exports.json_log import log_record

    return {
        "backup": str(backup),
        "entries": done.head.seq,
        "kept": None if done.kept is None else str(done.kept),
        "acknowledged_before": None if done.anchored is None else done.anchored.seq,
        "to_enter_again": [log_record(row) for row in done.missing],
    }


def _restored_text(done: Restored, backup: Path, path: Path) -> str:
    lines = [f"{path} is {backup} now: {done.head.seq} entries, checked"]
    if done.kept is not None:
        lines.append(f"what was there before is kept in {done.kept}")
    lines += [f"to enter again: {row.sequence} {row.kind} {row.what}" for row in done.missing]
    last = max([done.head.seq, *(row.sequence for row in done.missing)])
    unread = (done.anchored.seq if done.anchored else 0) - last
    if unread > 0:
        lines.append(f"{unread} more entries were acknowledged and cannot be read")
    return "\n".join(lines)


def _rebuild(args: argparse.Namespace) -> int:
    from db.projection import rebuild
    from db.verify import verify

    with writing(args) as workspace:
        rebuild(workspace.connection)
        report = verify(workspace.connection)
    if not report.ok:
        print_error(args, report.problems[0])
    text = "the tables were written anew from the entries and agree with them"
    return show(args, {"ok": report.ok, "entries": report.entries}, text) if report.ok else 1
