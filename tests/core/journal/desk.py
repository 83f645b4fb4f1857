"""A trader's desk without a disk: acts are drafted, linked and folded in memory, each minute after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.journal import acts
from core.journal.chain import GENESIS, link
from core.journal.entry import Draft, Entry, Stamp
from core.journal.fold import apply
from core.positions.book import Book
from core.positions.leg import Fill, parse_fill
from tests.core.histories import calendar

if TYPE_CHECKING:
    from collections.abc import Callable

CALENDAR = calendar()
MORNING = datetime(2018, 1, 10, 15, 0, tzinfo=UTC)  # 10:00 in New York
MONTHLY = date(2018, 2, 16)  # the third Friday
WEEKLY = date(2018, 2, 14)
VIX_MARCH, VIX_APRIL = date(2018, 3, 21), date(2018, 4, 18)  # 30 days before 04-20 and 05-18


def d(text: str) -> Decimal:
    return Decimal(text)


def legs(*texts: str) -> list[Fill]:
    return [parse_fill(text) for text in texts]


@dataclass
class Desk:
    """A book and its entries; `do` drafts an act with usual values for what is not given, and takes it in."""

    book: Book = field(default_factory=Book)
    entries: list[Entry] = field(default_factory=list)

    def draft(self, act: Callable[..., Draft], **given: Any) -> Draft:
        usual = USUAL.get(act.__name__, {}) | given
        if act in (acts.write_note, acts.state_account, acts.acknowledge, acts.name_layer):
            return act(self.book, **usual)
        return act(self.book, CALENDAR, **usual)

    def do(self, act: Callable[..., Draft], **given: Any) -> Entry:
        return self.take(self.draft(act, **given))

    def take(self, draft: Draft) -> Entry:
        prev = self.book.last_hash or GENESIS
        entry = link(draft, Stamp(), seq=self.book.last_seq + 1, prev=prev, recorded_at=draft.event_time)
        self.entries.append(entry)
        self.book = apply(self.book, entry)
        return entry


_FILL = {"fees": d("0"), "at": MORNING}
USUAL: dict[str, dict[str, Any]] = {
    "open_condor": {
        "root": "SPX",
        "expiry": MONTHLY,
        "quantity": 10,
        "puts": (d("2600"), d("2625")),
        "calls": (d("2825"), d("2850")),
        "credit": d("5.20"),
        **_FILL,
    },
    "open_condor_legs": _FILL,
    "close_condor": {"condor_id": 1, "debit": d("2.10"), **_FILL},
    "close_condor_legs": {"condor_id": 1, **_FILL},
    "roll_condor": {
        "condor_id": 1,
        "debit": d("7.50"),
        "credit": d("6.10"),
        "expiry": date(2018, 3, 16),
        "puts": (d("2500"), d("2525")),
        "calls": (d("2800"), d("2825")),
        **_FILL,
    },
    "settle_condor": {"condor_id": 1, "value": d("2727.14"), "value_name": "SET", "at": MORNING},
    "open_layer": {"number": 1, **_FILL},
    "close_layer": {"number": 1, **_FILL},
    "roll_layer": {"number": 1, **_FILL},
    "settle_layer": {"number": 1, "expiry": VIX_MARCH, "value_name": "VRO", "at": MORNING},
    "name_layer": {"number": 2, "name": "far calls", "at": MORNING},
    "write_note": {"at": MORNING},
    "state_account": {"equity": d("250000"), "cash": d("100000"), "notional": d("1000000"), "at": MORNING},
    "acknowledge": {"alert_key": "rung-5", "at": MORNING},
}
