"""Where do the facts of a moment come from? The journal, the market tables and the settings, read together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.fold import fold_as_of, known_at
from core.market.quote_gate import Admitted, admit
from core.monitor.chain_now import held_expiries
from core.monitor.past import closed_history
from core.state import Facts
from db.context_store import load_monthly
from db.event_rows import load_events
from db.journal_store import is_simulated, load_entries
from db.market_store import load_history, load_quotes
from db.option_rows import load_chains
from db.past_store import load_or_make_past
from db.sessions import load_calendar

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from core.market.snapshot import Ages
    from core.playbook.parameters import Playbook
    from core.positions.book import Book


def load_facts(  # noqa: PLR0913, PLR0917 - the journal, the rules, and the moments that are asked about
    connection: sqlite3.Connection,
    playbook: Playbook,
    ages: Ages,
    now: datetime,
    known: datetime | None = None,
    book: Book | None = None,
) -> Facts:
    """Return the facts as they were at `now`: no entry, quote or close of a later moment is in them.

    `now` is event time: an entry counts by when it happened, as is known today. With `known` only entries that
    were recorded by that moment count: what the journal said then, its errors with it. Market data are today's.
    Who has the book of `now` already gives it, and no entry is read.
    """
    history = closed_history(load_history(connection, load_calendar(connection)), now)
    admitted = admit(Admitted(), load_quotes(connection, until=now), history)
    held = _book(connection, now, known) if book is None else book
    return Facts(
        now=now,
        past=load_or_make_past(connection, history, playbook),
        quotes=admitted.quotes,
        book=held,
        playbook=playbook,
        ages=ages,
        is_simulated=is_simulated(connection),
        set_aside=admitted.set_aside,
        events=tuple(load_events(connection)),
        monthly=load_monthly(connection),
        chains=load_chains(connection, now, held_expiries(held)),
    )


def _book(connection: sqlite3.Connection, now: datetime, known: datetime | None) -> Book:
    entries = load_entries(connection)
    return fold_as_of(entries if known is None else known_at(entries, known), now)
