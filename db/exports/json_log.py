"""How is the log written as JSON? With all that a stranger needs to check it; docs/log-format.md describes it."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.journal.chain import HASHED_FIELDS
from core.journal.log import COLUMNS
from core.market.times import iso_utc
from db.export import SIMULATED
from db.exports.progress import watched

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.journal.ledger_lines import Budget, Chain, Ledger, LedgerLine
    from core.journal.log import LogRow, Total
    from core.market.figure import Figure
    from core.monitor.hedge_log import HedgeLog, Receipt
    from db.exports.progress import Progress

FORMAT = "condor-watch-log-1"
RECEIPT_FORMAT = "condor-watch-receipt-1"
_STORED = (*HASHED_FIELDS, "hash")
_CHAIN = f"SELECT {', '.join(_STORED)} FROM journal_entry ORDER BY seq"  # noqa: S608 - names of our own
_NOTES = "SELECT seq, salt, text FROM journal_entry JOIN note ON note.hash = note_hash ORDER BY seq"


def log_json(log: HedgeLog, connection: sqlite3.Connection, progress: Progress | None = None) -> Iterator[str]:
    """Yield the log as JSON in pieces, a record each, for a long one fills a hundred megabytes.

    Money is decimal text. For each entry shown there are its stored fields and its note: with them every hash can
    be computed again; where the choice leaves none out, the whole chain.
    """
    names = log.choice.columns or COLUMNS
    numbers = {row.sequence for row in log.rows}
    parts = {
        "rows": (_record(row, names) for row in watched(log.rows, progress)),
        "chain": (dict(zip(_STORED, row, strict=True)) for row in connection.execute(_CHAIN) if row[0] in numbers),
        "notes": (
            {"seq": seq, "salt": salt, "text": text}
            for seq, salt, text in connection.execute(_NOTES)
            if seq in numbers
        ),
    }
    yield "{\n"
    for name, value in _head(log).items():
        yield f"{_text(name)}: {_text(value)},\n"
    yield from _listed(parts)
    yield "\n}\n"


def _listed(parts: Mapping[str, Iterable[dict[str, Any]]]) -> Iterator[str]:
    """Yield lists of records by name, each record on a line of its own."""
    for number, (name, records) in enumerate(parts.items()):
        yield ",\n" if number else ""
        yield f'"{name}": [\n'
        for at, record in enumerate(records):
            yield f",\n{_text(record)}" if at else _text(record)
        yield "\n]"


def _head(log: HedgeLog) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "simulated": log.is_simulated,
        **({"notice": SIMULATED} if log.is_simulated else {}),
        "journal": log.journal,
        "choice": log.choice.words,
        "is_whole": log.choice.is_whole,
        "entries": log.entries,
        "columns": list(log.choice.columns or COLUMNS),
        "receipt": receipt_record(log.receipt),
        "totals": [_total(total) for total in log.totals],
        "ledger": None if log.ledger is None else ledger_record(log.ledger, log.valued_at),
    }


def log_record(row: LogRow) -> dict[str, Any]:
    """Return one row as plain data."""
    return {name: _plain(value) for name, value in zip(COLUMNS, astuple(row), strict=True)}


def receipt_record(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as plain data."""
    moment = iso_utc(receipt.recorded_at) if receipt.recorded_at else None
    return {
        "format": RECEIPT_FORMAT,
        "sequence": receipt.sequence,
        "hash": receipt.hash,
        "recorded_at": moment,
    }


def ledger_record(ledger: Ledger, valued_at: datetime) -> dict[str, Any]:
    """Return the layers' accounts as plain data: money as decimal text, estimates with their reason."""
    return {
        "valued_at": iso_utc(valued_at),
        "days": ledger.days,
        "credit": f"{ledger.credit:f}",
        "equity": None if ledger.equity is None else f"{ledger.equity:f}",
        "layers": [_line(line) for line in ledger.lines],
        "budgets": [_budget(budget) for budget in ledger.budgets],
        "chains": [_chain(one) for one in ledger.chains],
    }


def _total(total: Total) -> dict[str, Any]:
    money = {"cash": total.cash, "fees": total.fees, "net": total.net}
    return {"name": total.name, "rows": total.rows, **{name: f"{value:f}" for name, value in money.items()}}


def _line(line: LedgerLine) -> dict[str, Any]:
    money = ("premium", "realised", "fees", "cash", "held", "carried")
    figures = ("decay", "carry", "premium_pct_of_credit", "carry_pct_of_credit", "carry_pct_of_account")
    return {
        "layer": line.layer,
        "name": line.name,
        **{name: f"{getattr(line, name):f}" for name in money},
        **{name: figure_record(getattr(line, name)) for name in figures},
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "name": budget.name,
        "key": budget.key,
        "limit_pct": budget.limit_pct,
        "measured_pct": figure_record(budget.measured),
        "verdict": budget.verdict,
    }


def _chain(one: Chain) -> dict[str, Any]:
    steps = [
        {
            "sequence": step.row.sequence,
            "premium": f"{step.premium:f}",
            "realised": f"{step.realised:f}",
            "fees": f"{step.fees:f}",
            "held": f"{step.held:f}",
            "carried": f"{step.carried:f}",
        }
        for step in one.steps
    ]
    return {"layer": one.key[0], "condor": one.key[1], "is_open": one.is_open, "steps": steps}


def figure_record(figure: Figure) -> dict[str, Any]:
    """Return an estimate as plain data: its value and formula, or why there is none."""
    return {"value": figure.value, "formula": figure.formula, "unknown": figure.unknown}


def _record(row: LogRow, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso_utc(value)
    return f"{value:f}" if isinstance(value, Decimal) else value
