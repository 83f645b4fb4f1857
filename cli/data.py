"""`data`: what is stored, what is odd about it, which imports there are, and how one is taken back."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cli.values import integer_of
from cli.workspace import Workspace, reading, show, writing
from core.market.quality import FindingKind
from core.market.times import iso_utc
from db.past_store import refresh_past
from db.quality import check_data
from db.sessions import load_calendar
from db.stored_data import stored_data
from db.undo_import import list_imports, undo_import

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from core.market.calendar import SessionCalendar
    from core.market.quality import QualityFinding
    from db.stored_data import StoredData
    from db.undo_import import ImportRecord

SHOWN_FINDINGS = 10


def run(args: argparse.Namespace) -> int:
    """Run one of the `data` commands."""
    if args.act == "undo":
        with reading(args):  # refuses a journal that is not there, before one is begun
            number = None if args.batch is None else integer_of("BATCH", args.batch)
        with writing(args) as workspace:
            return _undo(args, workspace, number)
    works = {"check": _check, "list": _list, "imports": _imports}
    with reading(args) as workspace:
        return works[args.act](args, workspace)


def _list(args: argparse.Namespace, workspace: Workspace) -> int:
    found = stored_data(workspace.connection, load_calendar(workspace.connection))
    lines = [_stored_line(one) for one in found] or ["nothing is stored"]
    return show(args, {"stored": [one.as_record() for one in found]}, "\n".join(lines))


def _stored_line(one: StoredData) -> str:
    gaps = "" if one.gaps is None else f", {one.gaps} missing"
    source = f" from {one.source}" if one.source else ""
    return f"{one.symbol:16} {one.interval:14}{one.rows:>9,} rows, {one.first} to {one.last}{gaps}{source}"


def _check(args: argparse.Namespace, workspace: Workspace) -> int:
    calendar = load_calendar(workspace.connection)
    findings = check_data(workspace.connection, calendar, args.symbol or "")
    counts = Counter(finding.kind.value for finding in findings)
    record = {
        "as_of": iso_utc(workspace.now),
        "counts": {kind.value: counts[kind.value] for kind in FindingKind},
        "findings": [_finding_record(finding) for finding in findings],
    }
    return show(args, record, "\n".join(_check_lines(findings, calendar)))


def _finding_record(finding: QualityFinding) -> dict[str, Any]:
    return {
        "symbol": finding.symbol,
        "day": finding.day.isoformat() if finding.day else None,
        "kind": finding.kind.value,
        "words": finding.words,
        "done": finding.done,
        "source": finding.source,
    }


def _check_lines(findings: Sequence[QualityFinding], calendar: SessionCalendar) -> Iterator[str]:
    """Say for each symbol and kind how many there are, what was done, and the last ones; all are in --json."""
    if not findings:
        yield "nothing odd was found"
    by_kind = sorted(findings, key=lambda one: (one.symbol, one.kind))
    for (symbol, kind), group in groupby(by_kind, key=lambda one: (one.symbol, one.kind)):
        found = list(group)
        yield f"{symbol}  {kind.value.replace('_', ' ')}, {len(found)}: {found[0].done}"
        lines = list(_stretches(found, calendar)) if kind is FindingKind.MISSING_SESSION else _days(found)
        if len(lines) > SHOWN_FINDINGS:
            yield f"    {len(lines) - SHOWN_FINDINGS} before these (--json lists all)"
        yield from lines[-SHOWN_FINDINGS:]


def _days(findings: Sequence[QualityFinding]) -> list[str]:
    sources = {one.source for one in findings}
    return [
        f"    {one.day or 'a row without a day'}  {one.words}{f' ({one.source})' if len(sources) > 1 else ''}"
        for one in findings
    ]


def _stretches(findings: Sequence[QualityFinding], calendar: SessionCalendar) -> Iterator[str]:
    """Return the missing sessions as stretches without a value."""
    indexes = [calendar.index_on_or_before(one.day) for one in findings if one.day]
    for _, group in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        stretch = [index for _, index in group]
        first, last = calendar.days[stretch[0]], calendar.days[stretch[-1]]
        yield f"    {first}" if first == last else f"    {first} to {last}, {len(stretch)} sessions"


def _imports(args: argparse.Namespace, workspace: Workspace) -> int:
    found = list_imports(workspace.connection)
    lines = [_import_line(one) for one in found] or ["nothing was imported"]
    return show(args, {"imports": [one.as_record() for one in found]}, "\n".join(lines))


def _import_line(one: ImportRecord) -> str:
    return f"{one.batch:4}  {one.imported_at}  {one.file}: {one.layout}, {', '.join(one.symbols)}, {one.rows} rows"


def _undo(args: argparse.Namespace, workspace: Workspace, batch: int | None) -> int:
    result = undo_import(workspace.connection, load_calendar(workspace.connection), batch)
    refresh_past(workspace.connection, workspace.playbook, workspace.now)
    record = {
        "batch": result.batch,
        "file": result.file,
        "removed": result.removed,
        "restored": result.restored,
        "notes": list(result.notes),
    }
    text = f"import {result.batch} ({result.file}) was taken back: {result.removed} rows removed"
    if result.restored:
        text += f", {result.restored} as they were before"
    return show(args, record, "\n".join([text, *(f"note: {note}" for note in result.notes)]))
