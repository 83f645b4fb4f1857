"""How does an act become an entry? Committed on the database thread first, and shown only then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.journal.acts import acknowledge
from core.journal.log import log_rows
from gui import jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.journal.entry import Draft, Entry
    from core.market.quote import Quote
    from core.positions.book import Book
    from core.state import Alert
    from gui.context import Context
    from gui.entry.dialog import EntryDialog
    from gui.jobs import OpenJournal


class Recorder(QObject):
    """Writes drafts and quotes of the open journal. A book is shown when its entry is committed, never before."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context

    def record(self, draft: Draft, done: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Write a draft; `done` comes after the book is shown, `failed` with the reason when nothing was saved."""
        desk = self._context.desk
        work = partial(_record, draft=draft, context=self._context)
        desk.submit(work, partial(self._on_recorded, done), lambda error: failed(_reason(error)))

    def record_form(self, dialog: EntryDialog, draft: Draft, then: Callable[[], None] | None = None) -> None:
        """Write what a form made; the form may have been thrown away until the answer comes. `then` follows it."""

        def saved() -> None:
            if isValid(dialog):
                dialog.saved()
            if then is not None:
                then()

        def failed(reason: str) -> None:
            if isValid(dialog) and dialog.isVisible():
                dialog.failed(reason)
            else:
                self._context.complain("entry", f"Not saved: {reason}")

        self.record(draft, saved, failed)

    def _on_recorded(self, done: Callable[[], None], result: tuple[list[Entry], Book]) -> None:
        entries, book = result
        store, rows = self._context.the_store, log_rows(entries)
        store.take_book(book, [*store.log, *rows])
        self._context.say(f"Entry {rows[-1].sequence} saved: {rows[-1].what}")
        done()

    def acknowledge(self, alert: Alert) -> None:
        """Write that an alert was seen."""
        facts = self._context.the_store.facts
        if facts is not None:
            draft = acknowledge(facts.book, alert_key=alert.key, at=self._context.desk.now())
            self.record(draft, lambda: None, self._on_not_acknowledged)

    def _on_not_acknowledged(self, reason: str) -> None:
        self._context.make_charts().alerts.release()
        self._context.complain("acknowledge", f"Not acknowledged: {reason}")

    def take_quotes(self, quotes: tuple[Quote, ...]) -> None:
        """Show quotes at once, and store them."""
        self._context.the_store.post(quotes)
        self._context.desk.submit(
            partial(jobs.store_quotes, quotes=quotes, now=self._context.desk.now()),
            lambda _nothing: None,
            lambda error: self._context.complain("quotes", f"Shown but not stored: {_reason(error)}"),
        )


def _record(journal: OpenJournal, draft: Draft, context: Context) -> tuple[list[Entry], Book]:
    return jobs.record(journal, draft, context.desk.rules(), context.desk.now())


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
