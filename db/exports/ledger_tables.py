"""How does the ledger read on paper? Sums, one line a layer, the budgets, and each chain of rolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.log_columns import ColumnKind
from db.exports.blocks import Head, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.journal.ledger_lines import Budget, Chain, Ledger, LedgerLine
    from core.journal.log import Total
    from core.market.figure import Figure
    from db.exports.blocks import Native

_D, _P, _W, _T = ColumnKind.DOLLARS, ColumnKind.PERCENT, ColumnKind.WHOLE, ColumnKind.TEXT
_TOTAL_HEADS = (
    Head("Of", _T, "", 20),
    Head("Entries", _W),
    Head("Cash", _D, "$", 14),
    Head("Fees", _D, "$", 12),
    Head("Net", _D, "$", 14),
)
_LEDGER_HEADS = (
    Head("Layer", _T, "", 12),
    Head("Premium paid", _D, "$", 10),
    Head("Decay", _D, "$", 9),
    Head("Realised", _D, "$", 10),
    Head("Fees", _D, "$", 8),
    Head("Carry", _D, "$", 10),
    Head("Held at cost", _D, "$", 10),
    Head("Carried by rolls", _D, "$", 10),
    Head("Premium", _P, "% of credit", 10),
    Head("Carry", _P, "% of credit", 9),
    Head("Carry", _P, "% of account", 9),
)
_BUDGET_HEADS = (
    Head("Budget", _T, "", 34),
    Head("Verdict", ColumnKind.WORDS, "", 10),
    Head("Measured", _P, "%", 10),
    Head("Limit", _P, "%", 10),
    Head("Playbook's key", _T, "", 20),
)
_CHAIN_HEADS = (
    Head("No.", _W, "", 5),
    Head("Happened", ColumnKind.MOMENT, "New York", 13),
    Head("What", _T, "", 36),
    Head("Premium paid", _D, "$", 10),
    Head("Realised", _D, "$", 10),
    Head("Fees", _D, "$", 8),
    Head("Held at cost", _D, "$", 10),
    Head("Carried cost", _D, "$", 10),
)
LEDGER_NOTE = (
    "Decay: what the open legs lost against their cost over the period (by the model). Realised: by what was "
    "closed or settled, first in, first out, before fees. Carry = decay - realised + fees: what the hedge has "
    "cost; negative where it earned. Held at cost: premium of the open options and shares. Carried by rolls: what "
    "the open chains have lost so far, which the legs held must earn back."
)
CHAIN_NOTE = "Carried cost: fees and losses of what the chain has closed so far; negative where it has gained."


def totals_table(sums: Sequence[Total]) -> Table:
    """Return what the entries add up to."""
    rows = [(total.name, total.rows, total.cash, total.fees, total.net) for total in sums]
    return Table("Cash of the entries", _TOTAL_HEADS, rows, sums=1)


def ledger_table(ledger: Ledger) -> Table:
    """Return one line for each layer and their sum."""
    equity = "not stated" if ledger.equity is None else f"${ledger.equity:,.2f}"
    given = f"Credit of the condors in the period ${ledger.credit:,.2f}; account {equity}; {ledger.days} days."
    unknown = _reasons(figure for line in ledger.lines for figure in (line.decay, line.carry_pct_of_account))
    notes = " ".join([given, LEDGER_NOTE, *unknown])
    return Table("Ledger of the hedge", _LEDGER_HEADS, [_line(line) for line in ledger.lines], notes, sums=1)


def _line(line: LedgerLine) -> tuple[Native, ...]:
    name = line.name if line.layer is None else f"{line.layer}  {line.name}"
    return (
        name,
        line.premium,
        line.decay,
        line.realised,
        line.fees,
        line.carry,
        line.held,
        line.carried,
        line.premium_pct_of_credit,
        line.carry_pct_of_credit,
        line.carry_pct_of_account,
    )


def _reasons(figures: Iterable[Figure]) -> list[str]:
    """Return why figures are unknown, each reason once."""
    return [f"Unknown: {reason}." for reason in dict.fromkeys(one.unknown for one in figures if one.unknown)]


def budget_table(ledger: Ledger) -> Table:
    """Return the hedge against both budgets of the playbook."""
    notes = _reasons(budget.measured for budget in ledger.budgets)
    return Table("Against the budgets", _BUDGET_HEADS, [_budget(one) for one in ledger.budgets], " ".join(notes))


def _budget(budget: Budget) -> tuple[Native, ...]:
    return budget.name, budget.verdict, budget.measured, budget.limit_pct, budget.key


def chain_tables(ledger: Ledger) -> list[Table]:
    """Return each chain of a layer from when it was opened flat through its rolls."""
    last = len(ledger.chains) - 1
    notes = (CHAIN_NOTE if number == last else "" for number in range(len(ledger.chains)))
    return [_chain(chain, ledger, note) for chain, note in zip(ledger.chains, notes, strict=True)]


def _chain(chain: Chain, ledger: Ledger, note: str) -> Table:
    number, condor = chain.key
    of = "of the book" if condor is None else f"of condor {condor}"
    name = next((line.name for line in ledger.lines if line.layer == number), "")
    state = "open" if chain.is_open else "closed"
    rows = [
        (
            step.row.sequence,
            step.row.event_time,
            step.row.what,
            step.premium,
            step.realised,
            step.fees,
            step.held,
            step.carried,
        )
        for step in chain.steps
    ]
    return Table(f"Layer {number} {name} {of}, {state}", _CHAIN_HEADS, rows, note)
