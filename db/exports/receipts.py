"""What is kept elsewhere, so that a rewritten journal shows? A receipt: number, hash and time of its head."""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from core.market.times import iso_utc
from core.monitor.hedge_log import Receipt
from core.refusal import RefusedError
from db.exports.json_log import RECEIPT_FORMAT, receipt_record

if TYPE_CHECKING:
    import sqlite3

CHECKER = "check_journal.py"
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LAST = "SELECT seq, hash, recorded_at FROM journal_entry ORDER BY seq DESC LIMIT 1"
_NAMED = "SELECT hash, recorded_at FROM journal_entry WHERE seq = ?"


class ReceiptRefusedError(RefusedError):
    """A text that is no receipt of a journal."""


def stored_receipt(connection: sqlite3.Connection) -> Receipt:
    """Return the receipt of a journal as it stands."""
    row = connection.execute(_LAST).fetchone()
    return Receipt(row[0], row[1], datetime.fromisoformat(row[2])) if row else Receipt(0, "", None)


def receipt_text(receipt: Receipt) -> str:
    """Return a receipt as it is kept: JSON, a few lines that can be mailed or printed."""
    return json.dumps(receipt_record(receipt), indent=1, ensure_ascii=True) + "\n"


def read_receipt(text: str) -> Receipt:
    """Return what a receipt says: its own file's text, or that of an exported JSON log, which holds one.

    Raises ReceiptRefusedError for anything else.
    """
    try:
        found = json.loads(text)
    except ValueError:
        raise ReceiptRefusedError("the receipt is no JSON") from None
    found = found.get("receipt", found) if isinstance(found, dict) else {}
    if not isinstance(found, dict) or found.get("format") != RECEIPT_FORMAT:
        raise ReceiptRefusedError(f"this is no receipt of a journal: its format is not {RECEIPT_FORMAT}")
    sequence, kept, moment = (found.get(name) for name in ("sequence", "hash", "recorded_at"))
    if not isinstance(sequence, int) or sequence < 1 or not isinstance(kept, str) or not _HASH.fullmatch(kept):
        raise ReceiptRefusedError("the receipt names no entry and hash")
    return Receipt(sequence, kept, _moment(moment))


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise ReceiptRefusedError(f"the receipt's time {text!r} is none") from None
    if moment.tzinfo is None:
        raise ReceiptRefusedError(f"the receipt's time {text!r} has no zone")
    return moment


def compare_receipt(receipt: Receipt, connection: sqlite3.Connection) -> list[str]:
    """Return why a journal does not hold what a receipt says; empty where it does.

    With a chain that holds up to the journal's head this proves every entry up to the receipt's.
    """
    row = connection.execute(_NAMED, (receipt.sequence,)).fetchone()
    if row is None:
        return [f"the receipt's entry {receipt.sequence} is missing: the journal was cut or rolled back"]
    faults = []
    if row[0] != receipt.hash:
        faults.append(
            f"entry {receipt.sequence} has another hash than the receipt: it or one before was rewritten"
        )
    if receipt.recorded_at is not None and row[1] != iso_utc(receipt.recorded_at):
        faults.append(f"entry {receipt.sequence} was recorded at {row[1]}, not when the receipt says")
    return faults


def checker_text() -> str:
    """Return the stand-alone checker of an exported JSON log."""
    return (files("resources") / CHECKER).read_text(encoding="utf-8")
