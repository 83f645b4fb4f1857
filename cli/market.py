"""`import` and `quote`: how market data come in by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.import_file import commit_import, plan_import
from db.market_store import add_quotes
from db.sessions import load_calendar

from cli.values import UsageError, event_moment
from cli.workspace import Workspace, show, writing
from core.market.quote import Quote, parse_quote
from core.market.times import iso_utc

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from db.import_file import ImportPlan


def run(args: argparse.Namespace) -> int:
    """Run `import` or `quote`."""
    with writing(args) as workspace:
        return _import(args, workspace) if args.command == "import" else _quote(args, workspace)


def _import(args: argparse.Namespace, workspace: Workspace) -> int:
    """Plan every file before the first is written; a refusal of one writes none of them."""
    plans = [_plan(path, args, workspace) for path in args.files]
    reports: list[dict[str, Any]] = []
    for plan in plans:
        report = plan.as_record()
        if not args.dry_run:
            commit_import(
                workspace.connection,
                plan,
                workspace.now,
                skip_refused=args.skip_refused,
                replace=args.replace,
            )
        report["written"] = not args.dry_run
        reports.append(report)
    return show(args, {"files": reports}, "\n".join(_text(report) for report in reports))


def _plan(path: Path, args: argparse.Namespace, workspace: Workspace) -> ImportPlan:
    calendar = load_calendar(workspace.connection)
    return plan_import(workspace.connection, path, layout=args.layout, symbol=args.symbol, calendar=calendar)


def _text(report: dict[str, Any]) -> str:
    return str(report)


def _quote(args: argparse.Namespace, workspace: Workspace) -> int:
    at = event_moment(args.at, load_calendar(workspace.connection), workspace.now)
    quotes = [_parse(text, at) for text in args.quotes]
    add_quotes(workspace.connection, quotes, workspace.now)
    rows = [{"symbol": q.symbol, "value": q.value, "time": iso_utc(q.time), "source": q.source} for q in quotes]
    return show(args, {"quotes": rows}, "\n".join(f"{q.symbol} {q.value:g} at {iso_utc(q.time)}" for q in quotes))


def _parse(text: str, at: Any) -> Quote:
    symbol, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"quote {text!r}: write SYMBOL=VALUE, like VIX=18.4")
    return parse_quote(symbol, value, at)
