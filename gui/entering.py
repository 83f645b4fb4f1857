"""Which form does a wish open? Filled in by the user it becomes a draft, and the draft an entry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.positions.book import Condor
from gui import jobs
from gui.entry.accepting import AcceptDialog
from gui.entry.account import AccountDialog
from gui.entry.closing import CloseDialog
from gui.entry.condor import CondorDialog
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.layer import LayerDialog
from gui.entry.naming import NameDialog
from gui.entry.note import NoteDialog
from gui.entry.prefilled import prefilled
from gui.entry.rolling import roll_dialog
from gui.entry.settling import SettleDialog
from gui.holding import HoldingKey, holding_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from core.advice.records import Proposal
    from core.positions.contract import Contract
    from gui.book.pane import BookPane
    from gui.context import Context
    from gui.recorder import Recorder

NO_LEGS_TO_ADD = "Select a condor that is being built leg by leg: then legs can be added to it."


class Entering(QObject):
    """The forms of one window. A form stands on the book of the moment it was opened and stays until saved."""

    def __init__(self, context: Context, recorder: Recorder, book: BookPane) -> None:
        super().__init__(context)
        self._context, self._recorder, self._book = context, recorder, book
        book.open_condor_requested.connect(self.open_condor)
        book.open_layer_requested.connect(self.open_layer)
        book.note_requested.connect(self.write_note)
        book.close_requested.connect(self._close)
        book.roll_requested.connect(self._roll)
        book.settle_requested.connect(self._settle)

    def open_condor(self) -> None:
        """Enter a condor."""
        self._open(CondorDialog(self._ground(), self._context.window))

    def add_legs(self) -> None:
        """Add legs to the selected condor, where it is being built."""
        key = self._book.selected_key or HoldingKey()
        held = holding_in(self._ground().book, key)
        if isinstance(held, Condor) and not held.is_complete:
            self._open(CondorDialog(self._ground(), self._context.window, condor_id=held.id))
        else:
            self._context.say(NO_LEGS_TO_ADD)

    def open_layer(self, key: HoldingKey | None = None) -> None:
        """Enter a hedge layer."""
        self._open(LayerDialog(self._ground(), self._context.window, key=key))

    def state_account(self) -> None:
        """State the account."""
        self._open(AccountDialog(self._ground(), self._context.window))

    def write_note(self, key: HoldingKey | None = None) -> None:
        """Write a note."""
        self._open(NoteDialog(self._ground(), self._context.window, key=key))

    def name_layer(self) -> None:
        """Give a layer another name: that of the selected row at first."""
        self._open(NameDialog(self._ground(), self._context.window, key=self._book.selected_key))

    def accept(self, proposal: Proposal) -> None:
        """Record the intent to act on a proposal, then open the forms that enter its fills."""
        dialog = AcceptDialog(self._ground(), proposal, self._context.window)
        self._open(dialog, lambda: self._enter_fills(proposal))

    def _enter_fills(self, proposal: Proposal) -> None:
        for form in prefilled(self._ground(), proposal, self._context.window):
            self._open(form)

    def _close(self, key: HoldingKey) -> None:
        self._open(CloseDialog(self._ground(), key, self._context.window))

    def _roll(self, key: HoldingKey) -> None:
        self._open(roll_dialog(self._ground(), key, self._context.window))

    def _settle(self, key: HoldingKey) -> None:
        """Look up which settlement values were imported, then open the form."""
        held = holding_in(self._ground().book, key)
        contracts = [leg.contract for leg in held.legs] if held is not None else []
        self._context.desk.submit(
            partial(jobs.imported_settlements, contracts=contracts),
            partial(self._settle_with, key),
            lambda error: self._context.complain("settlement", f"The imported values cannot be read: {error}"),
        )

    def _settle_with(self, key: HoldingKey, imported: Mapping[Contract, Decimal]) -> None:
        self._open(SettleDialog(self._ground(), key, self._context.window, imported=imported))

    def _ground(self) -> Ground:
        facts = self._context.the_store.facts
        if facts is None:
            raise RuntimeError("no journal is open")
        calendar = facts.past.history.calendar
        return Ground(facts.book, calendar, self._context.desk.now(), self._context.theme)

    def _open(self, dialog: EntryDialog, then: Callable[[], None] | None = None) -> None:
        dialog.submitted.connect(partial(self._recorder.record_form, dialog, then=then))
        dialog.show()
