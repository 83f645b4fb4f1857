"""What stands in a hedge log that is read by people, and in which order? The blocks of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.log_columns import BY_NAME, PRINTED
from core.market.times import exchange_time, iso_utc
from db.export import SIMULATED
from db.exports.blocks import Document, FactList, Head, Prose, Table
from db.exports.ledger_tables import budget_table, chain_tables, ledger_table, totals_table
from db.exports.report_charts import pictures
from db.exports.report_tables import migration_table, parameter_table, sources_table, trees_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from core.monitor.hedge_log import HedgeLog
    from db.exports.blocks import Block, Native

TITLE = "Hedge log"
SHARES = {"what": 34, "note": 22, "kind": 10, "event_time": 15, "time": 15, "sequence": 5, "layer": 6, "condor": 7}
PROOF = (
    "Each entry holds the hash of the one before it, so the journal is tamper-evident: an entry that is changed, "
    "left out or put in afterwards makes every later hash another one. That shows only to whoever keeps an "
    "earlier head: keep this receipt where the journal's owner cannot change it. The exported JSON and "
    "check_journal.py prove it without this program."
)
DISCLAIMER = "For record and study: no advice. Values of open legs are estimates by the model that is named."


def document(log: HedgeLog, *, is_full: bool = True) -> Document:
    """Return the log as a document: all of it, or what fits on one page."""
    blocks: list[Block] = [_facts(log), totals_table(log.totals)]
    if log.ledger is not None:
        blocks += [ledger_table(log.ledger), budget_table(log.ledger)]
    blocks += _full(log) if is_full else _brief(log)
    return Document(TITLE, SIMULATED if log.is_simulated else "", _foot(log), blocks)


def _full(log: HedgeLog) -> list[Block]:
    blocks: list[Block] = []
    if log.ledger is not None:
        blocks += chain_tables(log.ledger)
    if log.report is not None:
        blocks += [*pictures(log.report), migration_table(log.report)]
    blocks.append(log_table(log))
    if log.report is not None:
        blocks += [sources_table(log.report), trees_table(log.report), parameter_table(log.report)]
    return [*blocks, _receipt(log), Prose("How to read this", [PROOF, DISCLAIMER])]


def _brief(log: HedgeLog) -> list[Block]:
    blocks: list[Block] = [] if log.report is None else list(pictures(log.report)[:1])
    return [*blocks, _receipt(log), Prose("", [DISCLAIMER])]


def log_table(log: HedgeLog) -> Table:
    """Return the rows as a table of the columns that were chosen, their sum below."""
    names = log.choice.columns or PRINTED
    together: dict[str, Native] = {"what": "Together", **_sums(log)}
    sums = [together.get(name) for name in names]
    return Table(
        "Entries",
        heads_of(names),
        [*([getattr(row, name) for name in names] for row in log.rows), sums],
        note="Cash before fees, positive received. Times are New York; SPX, VIX and EDR are those of the moment.",
        sums=1,
        breaks_before=True,
    )


def heads_of(names: Sequence[str]) -> list[Head]:
    """Return the heads of log columns by name."""
    columns = (BY_NAME[name] for name in names)
    return [Head(column.title, column.kind, column.unit, SHARES.get(column.name, 7)) for column in columns]


def _sums(log: HedgeLog) -> dict[str, Decimal]:
    total = log.totals[-1]
    return {"cash": total.cash, "fees": total.fees}


def _facts(log: HedgeLog) -> FactList:
    facts = [
        ("Journal", log.journal),
        ("Entries", f"{log.choice.words}: {len(log.rows):,} of {log.entries:,}"),
        ("Valued at", f"{exchange_time(log.valued_at)} New York"),
    ]
    if log.report is not None:
        state, rules = log.report.state, log.report.rules
        facts += [
            ("Playbook", f"{rules['name']}: {rules['title']}"),
            ("Playbook hash", rules["hash"]),
            ("Market then", f"SPX {_value(state.spx)}, VIX {_value(state.vix)}, EDR {_value(state.edr)} %"),
        ]
    return FactList("", facts)


def _value(figure: object) -> str:
    value = getattr(figure, "value", None)
    return "unknown" if value is None else f"{value:,.2f}"


def _receipt(log: HedgeLog) -> FactList:
    receipt = log.receipt
    moment = iso_utc(receipt.recorded_at) if receipt.recorded_at else "never"
    return FactList(
        "Receipt: the journal's head",
        [("Entry", str(receipt.sequence)), ("Hash", receipt.hash), ("Recorded", moment)],
    )


def _foot(log: HedgeLog) -> str:
    return f"{log.journal}, head {log.receipt.sequence} {log.receipt.hash[:16]}"
