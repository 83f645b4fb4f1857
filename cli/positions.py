"""`condor`, `layer` and `account`: how positions are entered and listed by command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.drafts import DRAFTS
from cli.entering import Entering
from cli.list_text import condors_text, layers_text
from cli.values import as_of_moment, event_moment
from cli.workspace import reading, show, writing
from core.discipline.discipline import promoter_warning
from core.journal.body import POSITION_KINDS, read_position
from core.journal.fold import holding_of
from core.journal.log import log_rows
from core.monitor.evaluate import evaluate, stamp
from core.monitor.plain import plain_record
from core.monitor.position_record import closed_condor_tree, condor_tree, layer_tree
from db.exports.json_log import log_record
from db.journal_store import append, load_book, load_entries
from db.sessions import load_calendar

if TYPE_CHECKING:
    import argparse

    from core.journal.entry import Draft
    from core.journal.log import LogRow


def run(args: argparse.Namespace) -> int:
    """Run one act of `condor`, `layer` or `account`."""
    if args.command != "account" and args.act == "list":
        return _list(args)
    if args.command == "condor" and args.act == "timeline":
        from cli.timeline import run as show_timeline

        return show_timeline(args)
    with writing(args) as workspace:
        calendar, book = load_calendar(workspace.connection), load_book(workspace.connection)
        at = event_moment(args.at, calendar, workspace.now)
        entering = Entering(args, workspace, book, calendar, at)
        name = args.command if args.command == "account" else f"{args.command} {args.act}"
        return _record(entering, DRAFTS[name](entering))


def _record(entering: Entering, draft: Draft) -> int:
    """Write the draft with the market of its moment stamped on it, and show the row of the log."""
    workspace = entering.workspace
    facts = workspace.facts(draft.event_time)
    entries, book = append(workspace.connection, entering.book, [draft], [stamp(facts)], workspace.now)
    row = log_rows(entries)[0]
    flags: tuple[str, ...] = ()
    if entries[0].kind in POSITION_KINDS:
        flags = holding_of(book, read_position(entries[0].body)).flags
        every = load_entries(workspace.connection)
        warning = promoter_warning(every, facts.past, facts.playbook, row.sequence)
        flags += (f"{warning}: say why with `override`",) if warning else ()
    text = "\n".join([_row_text(row), *(f"note: {flag}" for flag in flags)])
    return show(entering.args, log_record(row) | {"flags": list(flags)}, text)


def _row_text(row: LogRow) -> str:
    moved = f", cash {row.cash:,.2f}, fees {row.fees:,.2f}" if row.cash is not None else ""
    return f"entry {row.sequence}: {_act_text(row)}: {row.what}{moved}"


def _act_text(row: LogRow) -> str:
    """Return what was done to what: `condor 1 opened`, `layer 2 of condor 1 closed`, `account stated`."""
    subject, _, verb = row.kind.partition("_")
    of = f" of condor {row.condor}" if row.condor is not None else ""
    named = {"condor": f"condor {row.condor}", "layer": f"layer {row.layer}{of}"}
    return f"{named.get(subject, subject)} {verb}"


def _list(args: argparse.Namespace) -> int:
    """Show what is held and what was; `status` shows the market around it."""
    with reading(args) as workspace:
        facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
    state = evaluate(facts)
    head = {"as_of": state.as_of, "simulated": state.is_simulated}
    if args.command == "layer":
        layers = {"layers": [layer_tree(layer) for layer in state.layers]}
        return show(args, plain_record(head | layers), layers_text(state))
    closed = [condor for _, condor in sorted(facts.book.condors.items()) if not condor.is_open]
    condors = {
        "condors": [condor_tree(condor) for condor in state.condors],
        "closed": [closed_condor_tree(condor) for condor in closed],
    }
    return show(args, plain_record(head | condors), condors_text(state, closed))
