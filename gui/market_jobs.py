"""What is done with market data on the database thread? Plain functions of an open journal, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gui.jobs import require_writable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.market.quality import QualityFinding
    from core.parsing.layout import Head
    from db.file_text import FileText
    from db.import_file import ImportPlan, ImportResult, Told
    from db.stored_data import StoredData
    from db.undo_import import ImportRecord, UndoResult
    from gui.jobs import OpenJournal


@dataclass(frozen=True)
class AskedFile:
    """A file to look at, or a text that was pasted, with what the user said about it; None for nothing."""

    file: Path | FileText
    told: Told | None = None


@dataclass(frozen=True)
class DataPage:
    """What is known of the market data: what is stored, the findings about it, and the imports, oldest first."""

    stored: tuple[StoredData, ...]
    findings: tuple[QualityFinding, ...]
    imports: tuple[ImportRecord, ...]


def plan_file(journal: OpenJournal, asked: AskedFile, now: datetime) -> ImportPlan:
    """Return what a file or a pasted text would bring; nothing is written. Raises RefusedError in one line."""
    from db import import_plan
    from db.sessions import load_calendar

    calendar, told = load_calendar(journal.connection), asked.told or import_plan.Told()
    return import_plan.plan_file(journal.connection, _text_of(asked.file), told, calendar=calendar, now=now)


def read_head(file: Path | FileText) -> Head:
    """Return the first lines of a file or a pasted text; raises RefusedError."""
    from core.parsing.layout import head_of

    text = _text_of(file)
    return head_of(text.text, text.name)


def _text_of(file: Path | FileText) -> FileText:
    from db.file_text import read_file

    return read_file(file) if isinstance(file, Path) else file


def commit_file(
    journal: OpenJournal, plan: ImportPlan, now: datetime, *, skip_refused: bool, replace: bool
) -> ImportResult:
    """Write what a plan brings, all of it or nothing."""
    return commit_files(journal, [plan], now, skip_refused=skip_refused, replace=replace)[0]


def commit_files(
    journal: OpenJournal, plans: Sequence[ImportPlan], now: datetime, *, skip_refused: bool, replace: bool
) -> list[ImportResult]:
    """Write what several plans bring in one transaction: all of them or none."""
    from db.backup import back_up_if_due
    from db.import_file import commit_imports

    require_writable(journal)
    back_up_if_due(journal.connection, journal.path, now)
    return commit_imports(journal.connection, plans, now, skip_refused=skip_refused, replace=replace)


def load_data_page(journal: OpenJournal) -> DataPage:
    """Return what the page of market data shows: what is stored, what is odd about it, and the imports."""
    from db.quality import check_data
    from db.sessions import load_calendar
    from db.stored_data import stored_data
    from db.undo_import import list_imports

    connection = journal.connection
    calendar = load_calendar(connection)
    return DataPage(
        stored_data(connection, calendar), tuple(check_data(connection, calendar)), list_imports(connection)
    )


def undo_import(journal: OpenJournal, batch: int) -> UndoResult:
    """Take one import back, exactly; raises RefusedError where that cannot be."""
    from db import undo_import
    from db.sessions import load_calendar

    require_writable(journal)
    return undo_import.undo_import(journal.connection, load_calendar(journal.connection), batch)
