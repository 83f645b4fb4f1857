"""Which log do the tests of the forms hand over? A real journal with every kind of act, and notes that attack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal import acts
from core.journal.log_choice import LogChoice
from core.market.snapshot import Ages
from db.exports.formats import LogFormat, load_log, written
from db.playbooks import load_playbook
from db.sessions import ensure_calendar
from tests.core.journal.desk import MORNING

if TYPE_CHECKING:
    from core.monitor.hedge_log import HedgeLog
    from tests.db.ledger import Ledger

NOW = MORNING.replace(month=4, day=20)
NOTE = '=HYPERLINK("http://127.0.0.1:9/x","paid")\r\n<img src=x> | "quoted", done;=1+1'


@dataclass
class Handed:
    """A journal and its log in any form."""

    ledger: Ledger

    def log(self, form: LogFormat, choice: LogChoice | None = None) -> HedgeLog:
        rules = (load_playbook("composite"), Ages())
        return load_log(self.ledger.connection, "journal.db", choice or LogChoice(), form, rules, NOW)

    def text(self, form: LogFormat, choice: LogChoice | None = None) -> str:
        found = written(self.log(form, choice), form, self.ledger.connection)
        assert isinstance(found, str)
        return found

    def data(self, form: LogFormat, choice: LogChoice | None = None) -> bytes:
        found = written(self.log(form, choice), form, self.ledger.connection)
        assert isinstance(found, bytes)
        return found


def handed_of(ledger: Ledger) -> Handed:
    """Return the full ledger with an attacking note."""
    ensure_calendar(ledger.connection, NOW)
    ledger.do(acts.write_note, text=NOTE, layer=1)
    return Handed(ledger)
