"""How does a planned file come in? In one transaction, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.parsing.layout import head_of
from db.column_mappings import save_mapping
from db.connection import write
from db.event_rows import compare_events, write_events
from db.file_text import ImportRefusedError
from db.import_plan import ImportPlan, Told, plan_file, plan_import
from db.journal_read import is_simulated
from db.market_rows import compare
from db.market_store import Batch, add_batch, refresh_history, write_comparison
from db.option_rows import compare_chain, write_chain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from core.parsing.fates import RowFate
    from db.event_rows import EventComparison
    from db.market_rows import Comparison
    from db.option_rows import ChainComparison

__all__ = [
    "ImportPlan",
    "ImportRefusedError",
    "ImportResult",
    "Told",
    "commit_import",
    "plan_file",
    "plan_import",
]

_ADD_NOTE = """
    INSERT INTO market_row_note (batch, line, symbol, day, field, fate, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class ImportResult:
    """What was written: `batch` is the import's number, None where the file brought nothing new.

    `new`, `same` and `changed` count rows of series, options and announcements; the changed ones were written
    only if `replaced`.
    """

    batch: int | None
    new: int
    same: int
    changed: int
    replaced: bool
    skipped_rows: int


def commit_import(
    connection: sqlite3.Connection,
    plan: ImportPlan,
    now: datetime,
    *,
    skip_refused: bool = False,
    replace: bool = False,
) -> ImportResult:
    """Write what a plan brings in one transaction: all of it, or nothing.

    Rows that are stored with other values stay as they are unless `replace`. A column mapping that the user
    gave is kept for the header. Raises ImportRefusedError for a plan with refused rows unless `skip_refused`,
    and for a simulated journal: real prices never stand beside made-up ones.
    """
    return commit_imports(connection, [plan], now, skip_refused=skip_refused, replace=replace)[0]


def commit_imports(
    connection: sqlite3.Connection,
    plans: Sequence[ImportPlan],
    now: datetime,
    *,
    skip_refused: bool = False,
    replace: bool = False,
) -> list[ImportResult]:
    """Write what several plans bring in one transaction, as `commit_import` does one: all files, or none."""
    refusals = [plan.refusal for plan in plans if plan.refusal and not skip_refused]
    if refusals:
        raise ImportRefusedError("; ".join(refusals))
    if is_simulated(connection):
        raise ImportRefusedError(
            "this journal is simulated: real market files do not go into it; begin one of your own"
        )
    with write(connection):
        return [_committed(connection, plan, now, replace=replace) for plan in plans]


def _committed(connection: sqlite3.Connection, plan: ImportPlan, now: datetime, *, replace: bool) -> ImportResult:
    if plan.mapping is not None:
        save_mapping(connection, head_of(plan.file.text).header, plan.mapping, now)
    comparisons = [compare(connection, one) for one in plan.parsed.series]
    chain = compare_chain(connection, plan.parsed.chain) if plan.parsed.chain is not None else None
    events = compare_events(connection, plan.parsed.events) if plan.parsed.events else None
    result = _result(plan, comparisons, [one for one in (chain, events) if one is not None], replace)
    if not result.new and not (replace and result.changed):
        return result
    batch = add_batch(connection, Batch(plan.file.name, plan.file.sha256, plan.parsed.layout, plan.summary()), now)
    for comparison in comparisons:
        write_comparison(connection, batch, comparison, replace=replace)
    if chain is not None:
        write_chain(connection, batch, chain, replace=replace)
    if events is not None:
        write_events(connection, batch, events, replace=replace)
    connection.executemany(_ADD_NOTE, (_note(batch, plan, fate) for fate in plan.parsed.fates))
    refresh_history(connection, plan.calendar)
    return ImportResult(batch, result.new, result.same, result.changed, result.replaced, result.skipped_rows)


def _result(
    plan: ImportPlan, comparisons: list[Comparison], others: list[ChainComparison | EventComparison], replace: bool
) -> ImportResult:
    return ImportResult(
        batch=None,
        new=sum(one.new for one in comparisons) + sum(one.new for one in others),
        same=sum(one.same for one in comparisons) + sum(one.same for one in others),
        changed=sum(int(one.is_changed.sum()) for one in comparisons) + sum(one.changed for one in others),
        replaced=replace,
        skipped_rows=len(plan.parsed.refused),
    )


def _note(batch: int, plan: ImportPlan, fate: RowFate) -> tuple[int, int, str, str, str, str, str]:
    day = fate.day.isoformat() if fate.day else ""
    is_of_several = not plan.symbol and bool(fate.field)
    symbol = fate.field if is_of_several else plan.symbol
    return batch, fate.line, symbol, day, fate.field, fate.fate.value, fate.reason
