"""What goes into a hedge log that is handed over? Rows, sums, ledger, receipt: one record for every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from core.journal.fold import fold_as_of
from core.journal.ledger import LedgerFacts, hedge_ledger
from core.journal.log import log_rows, totals
from core.journal.log_choice import chosen
from core.market.times import end_of_day, new_york
from core.monitor.log_report import log_report
from core.monitor.open_gains import open_gains

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from core.journal.entry import Entry
    from core.journal.ledger_lines import Ledger
    from core.journal.log import LogRow, Total
    from core.journal.log_choice import LogChoice
    from core.market.figure import Figure
    from core.monitor.log_report import LogReport
    from core.positions.book import Book, LayerKey
    from core.state import Facts

    FactsAt = Callable[[datetime, Book], Facts]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The head of the journal at a moment: who keeps it elsewhere can prove later that nothing was rewritten."""

    sequence: int
    hash: str
    recorded_at: datetime | None


@dataclass(frozen=True)
class HedgeLog:
    """The entries of a journal that a choice means, and what they add up to.

    `entries` counts all of the journal. `valued_at` is the moment at which open legs are valued. `ledger` and
    `report` are None where only rows were asked for.
    """

    journal: str
    choice: LogChoice
    rows: Sequence[LogRow]
    entries: int
    totals: tuple[Total, ...]
    receipt: Receipt
    is_simulated: bool
    valued_at: datetime
    ledger: Ledger | None = None
    report: LogReport | None = None


@dataclass(frozen=True)
class LogSource:
    """Where a log comes from: the journal's name and entries, and the facts of any moment with its book."""

    journal: str
    entries: Sequence[Entry]
    is_simulated: bool
    now: datetime
    facts_at: FactsAt


def receipt_of(entries: Sequence[Entry]) -> Receipt:
    """Return the receipt of a journal: its last entry."""
    last = entries[-1] if entries else None
    return Receipt(last.seq, last.hash, last.recorded_at) if last else Receipt(0, "", None)


def hedge_log(
    source: LogSource, choice: LogChoice, *, has_ledger: bool = True, has_report: bool = False
) -> HedgeLog:
    """Return the log of a choice; a report takes longer: it looks at the moment of each act."""
    rows = chosen(log_rows(source.entries), choice)
    end = _end(choice, source.now)
    needs_facts = has_ledger or has_report
    facts = _facts_at(source, end) if needs_facts else None
    return HedgeLog(
        journal=source.journal,
        choice=choice,
        rows=rows,
        entries=len(source.entries),
        totals=totals(rows),
        receipt=receipt_of(source.entries),
        is_simulated=source.is_simulated,
        valued_at=end,
        ledger=hedge_ledger(source.entries, choice, _ledger_facts(facts, source, choice)) if facts else None,
        report=log_report(facts, rows, source.entries, source.facts_at) if facts and has_report else None,
    )


def _facts_at(source: LogSource, moment: datetime) -> Facts:
    return source.facts_at(moment, fold_as_of(source.entries, moment))


def _end(choice: LogChoice, now: datetime) -> datetime:
    """Return the moment at which the period ends: the end of its last day, or now."""
    return now if choice.last is None else min(end_of_day(choice.last), now)


def _ledger_facts(facts: Facts, source: LogSource, choice: LogChoice) -> LedgerFacts:
    return LedgerFacts(
        end=facts.now,
        before=_gains_before(source, choice),
        after=open_gains(facts),
        names=facts.book.layer_names,
        open_keys=frozenset((layer.number, layer.condor_id) for layer in facts.book.open_layers),
        account=facts.book.account,
        playbook=facts.playbook,
    )


def _gains_before(source: LogSource, choice: LogChoice) -> Mapping[LayerKey, Figure]:
    """Return the open gains at the beginning of the period, none where it begins with the journal."""
    if choice.first is None:
        return {}
    return open_gains(_facts_at(source, new_york(choice.first, time.min)))
