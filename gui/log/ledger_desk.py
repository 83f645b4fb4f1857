"""Who adds the ledger up? The database thread, when it is looked at and when the book or the filter changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from datetime import datetime

    from core.journal.log_choice import LogChoice
    from core.monitor.hedge_log import HedgeLog
    from gui.context import Context
    from gui.jobs import OpenJournal, Rules
    from gui.log.pane import HedgeLogPane


class LedgerDesk(QObject):
    """Fills the ledger of one pane. An answer that is older than the last wish is dropped."""

    def __init__(self, context: Context, pane: HedgeLogPane) -> None:
        super().__init__(context)
        self._context, self._pane = context, pane
        self._wishes = 0
        pane.ledger_requested.connect(self.read)

    def read(self, choice: LogChoice) -> None:
        """Have the ledger of a choice added up, and shown."""
        self._wishes += 1
        self._pane.ledger.wait()
        desk = self._context.desk
        work = partial(load_ledger, choice=choice, rules=desk.rules(), now=desk.now())
        desk.submit(work, partial(self._show, self._wishes), partial(self._on_failed, self._wishes))

    def _show(self, wish: int, log: HedgeLog) -> None:
        if wish == self._wishes and log.ledger is not None:
            self._pane.ledger.show_ledger(log.ledger, log.valued_at)

    def _on_failed(self, wish: int, error: Exception) -> None:
        if wish == self._wishes:
            self._pane.ledger.say(f"The ledger was not added up: {error}")


def load_ledger(journal: OpenJournal, choice: LogChoice, rules: Rules, now: datetime) -> HedgeLog:
    """Return the log of a choice with its ledger."""
    from db.exports.formats import LogFormat, load_log

    by = (rules.playbook, rules.ages)
    return load_log(journal.connection, journal.path.name, choice, LogFormat.MARKDOWN, by, now)
