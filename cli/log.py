"""`log`, `receipt` and `verify --receipt`: how the hedge log is handed over, and how that is checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cli.usage import UsageError
from cli.values import date_of, integer_of
from cli.workspace import Workspace, reading, show
from core.journal.log_choice import LogChoice, log_choice
from core.refusal import RefusedError
from db.export import write_export
from db.exports.formats import BINARY, LogFormat, format_of, in_pieces, load_log, written
from db.settings import ages_of

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from core.monitor.hedge_log import HedgeLog


def run(args: argparse.Namespace) -> int:
    """Run `log` or `receipt`."""
    with reading(args) as workspace:
        return _receipt(args, workspace) if args.command == "receipt" else _log(args, workspace)


def _log(args: argparse.Namespace, workspace: Workspace) -> int:
    form = _format(args)
    choice = _choice(args)
    connection = workspace.connection
    connection.execute("BEGIN")  # rows, chain and notes are of one moment, whoever writes meanwhile
    rules = (workspace.playbook, ages_of(workspace.settings))
    log = load_log(connection, workspace.path.name, choice, form, rules, workspace.now)
    if args.output is None:
        print(written(log, form, connection), end="")
        return 0
    is_full = form is LogFormat.PDF_FULL
    is_pdf = is_full or form is LogFormat.PDF
    pieces = (_pdf(log, is_full=is_full),) if is_pdf else in_pieces(log, form, connection)
    write_export(args.output, pieces, workspace.path)
    record = {"file": str(args.output), "format": form.value, "rows": len(log.rows)}
    return show(args, record, f"{len(log.rows)} rows written to {args.output}")


def _format(args: argparse.Namespace) -> LogFormat:
    """Return the form that was asked for, by name or by the file's; else text, or JSON with --json."""
    named = LogFormat(args.format) if args.format else None
    if args.output is None:
        if named in BINARY:
            raise UsageError(f"--format {named}: name a file with -o")
        if args.json and named not in (None, LogFormat.JSON):
            raise UsageError(f"--json and --format {named} ask for two things: name a file with -o")
        return named or (LogFormat.JSON if args.json else LogFormat.TEXT)
    return named or format_of(args.output)


def _choice(args: argparse.Namespace) -> LogChoice:
    columns = [name.strip() for name in args.columns.split(",")] if args.columns else ()
    return log_choice(
        first=None if args.from_day is None else date_of("--from", args.from_day),
        last=None if args.to_day is None else date_of("--to", args.to_day),
        layers=[integer_of("--layer", text) for text in args.layers or ()],
        condors=[integer_of("--condor", text) for text in args.condors or ()],
        kinds=args.kinds or (),
        columns=columns,
    )


def _pdf(log: HedgeLog, *, is_full: bool) -> bytes:
    """Paint the log: that needs Qt's fonts, not a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from db.exports.report import document
    from gui.report.pdf import painting, pdf_of

    with painting():
        return pdf_of(document(log, is_full=is_full), is_full=is_full)


def _receipt(args: argparse.Namespace, workspace: Workspace) -> int:
    """Print the head of the journal, or write it and the checker where they are wanted."""
    from db.exports.receipts import checker_text, receipt_text, stored_receipt

    receipt = stored_receipt(workspace.connection)
    text, written_files = receipt_text(receipt), []
    for path, content in ((args.output, text), (args.checker, checker_text())):
        if path is not None:
            write_export(path, content, workspace.path)
            written_files.append(str(path))
    if args.output is None and args.checker is None:
        print(text, end="")
        return 0
    record = {"files": written_files, "sequence": receipt.sequence, "hash": receipt.hash}
    said = f"entry {receipt.sequence} {receipt.hash}; written to {' and '.join(written_files)}"
    return show(args, record, said)


def receipt_faults(path: Path, workspace: Workspace) -> list[str]:
    """Return why a journal is not the one that a receipt was written of; empty where it is."""
    from db.exports.receipts import compare_receipt, read_receipt

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RefusedError(f"--receipt: {path} is not a receipt") from None
    return compare_receipt(read_receipt(text), workspace.connection)
