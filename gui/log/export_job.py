"""What is done on the database thread when the log is exported? Plain functions; the window is not touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from core.journal.log_choice import LogChoice
    from db.exports.formats import LogFormat
    from db.exports.progress import Progress
    from gui.jobs import OpenJournal, Rules


@dataclass(frozen=True)
class ExportWish:
    """What is to be written where: the entries and columns, the form, the file."""

    path: Path
    form: LogFormat
    choice: LogChoice


def export_log(
    journal: OpenJournal, wish: ExportWish, rules: Rules, now: datetime, progress: Progress | None = None
) -> int:
    """Write the log to a file, whole or not at all; return the number of rows.

    Raises RefusedError where it may not be written there or was cancelled, OSError where the disk refuses.
    """
    from db.export import write_export
    from db.exports.formats import LogFormat, in_pieces, load_log
    from db.target import check_target

    check_target(wish.path, journal.path)
    by = (rules.playbook, rules.ages)
    log = load_log(journal.connection, journal.path.name, wish.choice, wish.form, by, now)
    if progress is not None:
        progress(0, len(log.rows))
    if wish.form in (LogFormat.PDF, LogFormat.PDF_FULL):
        from db.exports.report import document
        from gui.report.pdf import pdf_of

        is_full = wish.form is LogFormat.PDF_FULL
        pieces: Iterable[str | bytes] = (
            pdf_of(document(log, is_full=is_full), is_full=is_full, progress=progress),
        )
    else:
        pieces = in_pieces(log, wish.form, journal.connection, progress)
    write_export(wish.path, pieces, journal.path)
    return len(log.rows)


def save_receipt(journal: OpenJournal, path: Path) -> int:
    """Write the journal's receipt to a file; return the number of its last entry."""
    from db.export import write_export
    from db.exports.receipts import receipt_text, stored_receipt

    receipt = stored_receipt(journal.connection)
    write_export(path, receipt_text(receipt), journal.path)
    return receipt.sequence
