"""What is done with a file of the watched folder on the database thread? Read, compared, imported whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.market_jobs import AskedFile, commit_file, plan_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.import_file import ImportPlan, ImportResult
    from gui.jobs import OpenJournal


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What a file brought, in words ("" where its content was imported before), and whether something is new."""

    text: str
    is_news: bool


def take_file(journal: OpenJournal, path: Path, now: datetime) -> TakenFile:
    """Import a file unless the same bytes were imported before.

    Days that are stored otherwise stay as they are. Raises RefusedError where anything in it cannot be read, and
    where it is not sure what it is: then nothing of it is written.
    """
    from db.market_store import is_imported

    plan = plan_file(journal, AskedFile(path), now)
    if is_imported(journal.connection, plan.file.sha256):
        return TakenFile("", is_news=False)
    result = commit_file(journal, plan, now, skip_refused=False, replace=False)
    return TakenFile(_said(plan, result), is_news=result.batch is not None)


def _said(plan: ImportPlan, result: ImportResult) -> str:
    names = plan.symbol or ", ".join(series.symbol for series in plan.parsed.series)
    said = f"{names}, {result.new} days imported, {result.same} were there already"
    return f"{said}, {result.changed} that differ left as they were" if result.changed else said
