"""`import`: how market files come in by command."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from cli.journal import journal_path
from cli.values import date_of
from cli.workspace import Workspace, reading, show, writing
from core.market.times import exchange_time, parse_moment
from core.parsing.fates import Fate
from core.parsing.mapping import parse_mapping
from db.import_file import ImportRefusedError, Told, commit_imports, plan_import
from db.past_store import refresh_past
from db.sessions import load_calendar

if TYPE_CHECKING:
    import argparse
    import sqlite3

    from core.parsing.fates import RowFate
    from db.import_file import ImportPlan, ImportResult

SHOWN_FATES = 20
WORST_FIRST = (Fate.REFUSED, Fate.SET_ASIDE, Fate.MISSING, Fate.FLAGGED, Fate.REPEATED, Fate.TAKEN)


def run(args: argparse.Namespace) -> int:
    """Import the files, or, with --dry-run, show what they would bring."""
    if args.dry_run:
        return _dry_run(args)
    with writing(args) as workspace:
        return _import(args, workspace)


def _dry_run(args: argparse.Namespace) -> int:
    """Show every row's fate against the journal as it is, or against an empty one; nothing is made or written."""
    if journal_path(args).exists():
        with reading(args) as workspace:
            plans = _plans(args, workspace.connection)
    else:
        from db.scratch import scratch_journal

        with closing(scratch_journal()) as connection:
            plans = _plans(args, connection)
    reports = [plan.as_record() | {"written": False} for plan in plans]
    return show(args, {"files": reports}, "\n\n".join(_plan_text(plan) for plan in plans))


def _import(args: argparse.Namespace, workspace: Workspace) -> int:
    """Plan every file before the first is written: what one refuses, refuses all."""
    plans = _plans(args, workspace.connection)
    refusals = [plan.refusal for plan in plans if plan.refusal and not args.skip_refused]
    if refusals:
        raise ImportRefusedError("; ".join(refusals) + "; nothing was written (--skip-refused takes the rest)")
    options = {"skip_refused": args.skip_refused, "replace": args.replace}
    results = commit_imports(workspace.connection, plans, workspace.now, **options)
    refresh_past(workspace.connection, workspace.playbook, workspace.now)
    reports = [_report(plan, result) for plan, result in zip(plans, results, strict=True)]
    texts = [f"{_plan_text(plan)}\n{_result_text(r)}" for plan, r in zip(plans, results, strict=True)]
    return show(args, {"files": reports}, "\n\n".join(texts))


def _plans(args: argparse.Namespace, connection: sqlite3.Connection) -> list[ImportPlan]:
    calendar, told = load_calendar(connection), _told(args)
    return [plan_import(connection, path, told=told, calendar=calendar) for path in args.files]


def _told(args: argparse.Namespace) -> Told:
    """Return what the command says about its files."""
    return Told(
        layout=args.layout or "",
        symbol=args.symbol or "",
        zone=args.zone or "",
        day=date_of("--date", args.day) if args.day is not None else None,
        mapping=parse_mapping(args.mapping) if args.mapping is not None else None,
    )


def _report(plan: ImportPlan, result: ImportResult) -> dict[str, Any]:
    written = {"batch": result.batch, "new": result.new, "same": result.same, "changed": result.changed}
    return plan.as_record() | {"written": result.batch is not None, "result": written}


def _plan_text(plan: ImportPlan) -> str:
    summary = plan.summary()
    counts = ", ".join(f"{count} {_word(name)}" for name, count in summary["counts"].items() if count)
    named = f"{summary['symbol'] or 'own symbols'} (named by {summary['symbol_from']})"
    lines = [f"{summary['file']}: {summary['layout']}, {named}, {summary['rows']} rows: {counts}"]
    fates = sorted(plan.parsed.fates, key=lambda fate: WORST_FIRST.index(fate.fate))
    lines += [f"  line {_fate_text(fate)}" for fate in fates[:SHOWN_FATES]]
    if len(fates) > SHOWN_FATES:
        lines.append(f"  and {len(fates) - SHOWN_FATES} more (--json lists all)")
    if summary["chain"]:
        lines.append(f"  {_chain_text(summary['chain'])}")
    missing = summary["missing_sessions"]
    if missing:
        shown = ", ".join(missing[:SHOWN_FATES]) + (" .." if len(missing) > SHOWN_FATES else "")
        lines.append(f"  {len(missing)} sessions are missing in the file: {shown}")
    if summary["ignored_columns"]:
        lines.append(f"  columns not taken: {', '.join(summary['ignored_columns'])}")
    lines += [f"  {words}" for words in summary["left_out"]]
    return "\n".join(lines)


def _chain_text(chain: dict[str, Any]) -> str:
    roots, time = " and ".join(chain["roots"]), exchange_time(parse_moment(chain["time"]))
    expiries = f"{chain['first_expiry']} to {chain['last_expiry']}"
    return f"{chain['options']:,} {roots} options expiring {expiries}, as of {time} New York"


def _fate_text(fate: RowFate) -> str:
    told = (str(fate.line), str(fate.day or ""), fate.field, f"{_word(fate.fate.value)}:", fate.reason)
    return " ".join(word for word in told if word)


def _word(name: str) -> str:
    return name.replace("_", " ")


def _result_text(result: ImportResult) -> str:
    text = f"  {result.new} rows new, {result.same} known already"
    if result.changed:
        kept = "replaced" if result.replaced else "kept as stored (--replace takes the file's)"
        text += f", {result.changed} differ from what is stored: {kept}"
    return text
