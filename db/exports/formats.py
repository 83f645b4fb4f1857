"""In which form is the log wanted, and what does it become in it? PDF is painted by `gui/report`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.monitor.hedge_log import LogSource, hedge_log
from core.refusal import RefusedError
from db.facts import load_facts
from db.journal_read import is_simulated, load_entries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from core.journal.log_choice import LogChoice
    from core.market.snapshot import Ages
    from core.monitor.hedge_log import HedgeLog
    from core.playbook.parameters import Playbook
    from db.exports.progress import Progress


class LogFormat(StrEnum):
    """The forms of the log. `PDF` is one page, `PDF_FULL` all of it."""

    TEXT = "text"
    CSV = "csv"
    CSV_SHEET = "csv-sheet"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    MARKDOWN = "md"
    PDF = "pdf"
    PDF_FULL = "pdf-full"


FILES = tuple(form for form in LogFormat if form is not LogFormat.TEXT)
SUFFIXES = {
    LogFormat.CSV: ".csv",
    LogFormat.CSV_SHEET: ".csv",
    LogFormat.JSON: ".json",
    LogFormat.XLSX: ".xlsx",
    LogFormat.HTML: ".html",
    LogFormat.MARKDOWN: ".md",
    LogFormat.PDF: ".pdf",
    LogFormat.PDF_FULL: ".pdf",
}
BINARY = frozenset({LogFormat.XLSX, LogFormat.PDF, LogFormat.PDF_FULL})
BY_SUFFIX = {
    ".csv": LogFormat.CSV_SHEET,
    ".json": LogFormat.JSON,
    ".xlsx": LogFormat.XLSX,
    ".html": LogFormat.HTML,
    ".htm": LogFormat.HTML,
    ".md": LogFormat.MARKDOWN,
    ".pdf": LogFormat.PDF_FULL,
}
"""What a name without a format means: of two forms the one that is safe to open."""
_ROWS_ONLY = frozenset({LogFormat.TEXT, LogFormat.CSV, LogFormat.CSV_SHEET})
_REPORTS = frozenset({LogFormat.HTML, LogFormat.PDF, LogFormat.PDF_FULL})


class FormatRefusedError(RefusedError):
    """A form that a file's name does not fit, or that no name tells."""


def format_of(path: Path) -> LogFormat:
    """Return the form that a file's name asks for; raises FormatRefusedError where it asks for none."""
    found = BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        raise FormatRefusedError(f"{path.name}: name a format; {', '.join(BY_SUFFIX)} say it by themselves")
    return found


def load_log(  # noqa: PLR0913, PLR0917 - a journal, the question, and the rules that value it
    connection: sqlite3.Connection,
    name: str,
    choice: LogChoice,
    form: LogFormat,
    rules: tuple[Playbook, Ages],
    now: datetime,
) -> HedgeLog:
    """Return the log of a journal as a form needs it: with the ledger and the report where it shows them."""
    playbook, ages = rules
    source = LogSource(
        journal=name,
        entries=load_entries(connection),
        is_simulated=is_simulated(connection),
        now=now,
        facts_at=lambda at, book: load_facts(connection, playbook, ages, at, book=book),
    )
    return hedge_log(source, choice, has_ledger=form not in _ROWS_ONLY, has_report=form in _REPORTS)


def written(
    log: HedgeLog, form: LogFormat, connection: sqlite3.Connection, progress: Progress | None = None
) -> str | bytes:
    """Return the log in a form; raises ValueError for PDF, which needs a painter."""
    from db.exports.csv_log import log_csv
    from db.exports.html_log import html_of
    from db.exports.json_log import log_json
    from db.exports.markdown_log import markdown_of
    from db.exports.report import document
    from db.exports.text_log import log_text

    match form:
        case LogFormat.TEXT:
            return log_text(log)
        case LogFormat.CSV | LogFormat.CSV_SHEET:
            return log_csv(log, progress, is_for_sheets=form is LogFormat.CSV_SHEET)
        case LogFormat.JSON:
            return "".join(log_json(log, connection, progress))
        case LogFormat.XLSX:
            from db.exports.xlsx_log import log_xlsx

            return log_xlsx(log, progress)
        case LogFormat.HTML:
            return html_of(document(log), progress)
        case LogFormat.MARKDOWN:
            return markdown_of(document(log), progress)
        case _:
            raise ValueError(f"{form} is painted, not written")


def in_pieces(
    log: HedgeLog, form: LogFormat, connection: sqlite3.Connection, progress: Progress | None = None
) -> Iterable[str | bytes]:
    """Return the log in a form as it goes to a file: JSON record by record, the others whole."""
    from db.exports.json_log import log_json

    return (
        log_json(log, connection, progress)
        if form is LogFormat.JSON
        else (written(log, form, connection, progress),)
    )
