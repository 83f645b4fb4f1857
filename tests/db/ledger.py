"""The desk with a disk: the same acts, appended to a real journal file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.journal import acts
from core.journal.entry import Draft, Entry, Stamp
from db.journal_store import append, load_book
from tests.core.journal.desk import MORNING, Desk, d, legs

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

STAMP = Stamp(2748.23, 9.82, 0.41, 0, "feed")
CALLS = "+4 VIX 2018-03-21 C 25 @ 1.20"


@dataclass
class Ledger:
    """A writer connection with the book behind it; `do` drafts an act and appends it."""

    connection: sqlite3.Connection
    desk: Desk = field(default_factory=Desk)
    now: datetime = MORNING + timedelta(hours=8)

    def __post_init__(self) -> None:
        self.desk.book = load_book(self.connection)

    def do(self, act: Callable[..., Draft], **given: Any) -> Entry:
        return self.write(self.desk.draft(act, **given))[0]

    def write(self, *drafts: Draft) -> list[Entry]:
        stamps = [STAMP] * len(drafts)
        entries, self.desk.book = append(self.connection, self.desk.book, drafts, stamps, self.now)
        self.desk.entries += entries
        return entries


def fill_with_all_kinds(ledger: Ledger) -> None:
    """Write one entry of every kind that changes a position, and notes."""
    settled = {"at": MORNING + timedelta(days=90)}
    ledger.do(acts.open_condor, note="the first", fees=d("12.40"))
    ledger.do(acts.open_layer, fills=legs(CALLS, "+1 VX 2018-03-21 @ 15.10"), fees=d("6.40"))
    ledger.do(acts.open_layer, number=2, condor_id=1, fills=legs("-2 VIX 2018-04-18 C 30 @ 0.75"))
    ledger.do(acts.name_layer, number=2, name="weite Calls")
    ledger.do(acts.close_condor, quantity=4)
    ledger.do(acts.roll_condor)
    ledger.do(acts.state_account, note="Jänner")
    closing, opening = legs("-4 VIX 2018-03-21 C 25 @ 2.5"), legs("+4 VIX 2018-04-18 C 25 @ 2.9")
    ledger.do(acts.roll_layer, close_fills=closing, open_fills=opening)
    ledger.do(acts.write_note, text="watch CPI", condor_id=1)
    ledger.do(acts.close_layer, fills=legs("-1 VIX 2018-04-18 C 25 @ 3"))
    ledger.do(acts.settle_layer, value=d("18.60"), **settled)
    ledger.do(acts.settle_condor, value=d("2727.14"), **settled)
    ledger.do(acts.acknowledge)
