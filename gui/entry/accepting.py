"""How is a proposal accepted? The intent is recorded with its reason; fills are entered when they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.advice.accepting import accept
from gui.entry.dialog import EntryDialog, Ground
from gui.widgets import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.advice.records import Proposal
    from core.journal.entry import Draft
    from gui.entry.checking import Readings


class AcceptDialog(EntryDialog):
    """Records the intent to act on a proposal."""

    def __init__(self, ground: Ground, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(ground, "Accept a proposal", "Record the intent", parent)
        self.proposal = proposal
        self.form.grid.addRow(plain_label("Proposal"), plain_label(proposal.title, wraps=True))
        hint = "needed" if proposal.needs_reason else "why, or why not another"
        self.reason = self.form.line("note", "&Reason", hint=hint, chars=40)
        self.begin()
        self.reason.setFocus()

    def readings(self) -> Readings:
        """Return the reason."""
        return {"note": self.reason.text}

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the intent."""
        return accept(self.ground.book, self.proposal, at=self.ground.now, **values)
