"""What can be done? Every act in one place: each takes the book, returns a Draft, raises ActRefusedError."""

from __future__ import annotations

from core.journal.book_acts import accept_proposal, acknowledge, state_account, write_note
from core.journal.condor_changes import close_condor, close_condor_legs, roll_condor, settle_condor
from core.journal.condor_opening import open_condor, open_condor_legs
from core.journal.layer_acts import close_layer, held_layer, name_layer, open_layer, roll_layer, settle_layer
from core.positions.values import ActRefusedError

__all__ = [
    "ActRefusedError",
    "accept_proposal",
    "acknowledge",
    "close_condor",
    "close_condor_legs",
    "close_layer",
    "held_layer",
    "name_layer",
    "open_condor",
    "open_condor_legs",
    "open_layer",
    "roll_condor",
    "roll_layer",
    "settle_condor",
    "settle_layer",
    "state_account",
    "write_note",
]
