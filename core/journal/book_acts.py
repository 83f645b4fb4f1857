"""Which acts leave every position as it is? Notes, the account, an alert that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.body import exact
from core.journal.entry import Draft, EntryKind
from core.journal.layer_acts import check_number_of_layer
from core.positions.values import (
    ActRefusedError,
    check_above_zero,
    check_not_negative,
    check_number,
    check_text,
    checked_moment,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from core.journal.entry import Json
    from core.positions.book import Book

MAX_KEY_LENGTH = 200


def write_note(
    book: Book, *, text: str, condor_id: int | None = None, layer: int | None = None, at: datetime
) -> Draft:
    """Write a note about the book, a condor or a layer number."""
    check_text("text", text)
    require(bool(text.strip()), "text", "is empty")
    if condor_id is not None and condor_id not in book.condors:
        raise ActRefusedError("condor_id", f"there is no condor {condor_id}")
    if layer is not None:
        check_number_of_layer(layer)
    return Draft(EntryKind.NOTE_WRITTEN, checked_moment("at", at), {"condor": condor_id, "layer": layer}, text)


def state_account(  # noqa: PLR0913 - the fields of one form
    book: Book,  # noqa: ARG001 - every act has the same form
    *,
    equity: Decimal,
    cash: Decimal,
    notional: Decimal,
    margin: Decimal | None = None,
    at: datetime,
    note: str = "",
) -> Draft:
    """State the account at a moment, in dollars; `notional` is the portfolio notional that sizing uses."""
    check_number("equity", equity)
    check_number("cash", cash)
    check_above_zero("notional", notional)
    if margin is not None:
        check_not_negative("margin", margin)
    check_text("note", note)
    body = {
        "equity_e8": exact("equity", equity),
        "cash_e8": exact("cash", cash),
        "notional_e8": exact("notional", notional),
        "margin_e8": exact("margin", margin),
    }
    return Draft(EntryKind.ACCOUNT_STATED, checked_moment("at", at), body, note)


def acknowledge(
    book: Book,  # noqa: ARG001 - every act has the same form
    *,
    alert_key: str,
    at: datetime,
    note: str = "",
) -> Draft:
    """Record that an alert was seen."""
    check_text("alert_key", alert_key, MAX_KEY_LENGTH)
    require(bool(alert_key.strip()), "alert_key", "is empty")
    check_text("note", note)
    return Draft(EntryKind.ALERT_ACKNOWLEDGED, checked_moment("at", at), {"alert": alert_key}, note)


def accept_proposal(  # noqa: PLR0913 - the fields of one form
    book: Book,  # noqa: ARG001 - every act has the same form
    *,
    key: str,
    what: str,
    fills: Sequence[str],
    layer: int | None,
    condor_id: int | None,
    needs_reason: bool,
    at: datetime,
    note: str = "",
) -> Draft:
    """Record the intent to act on a proposal; nothing is assumed filled. `note` is the reason."""
    check_text("key", key, MAX_KEY_LENGTH)
    check_text("what", what)
    check_text("note", note)
    require(bool(note.strip()) or not needs_reason, "note", "this proposal is accepted only with a reason")
    body: dict[str, Json] = {"key": key, "what": what, "fills": [*fills], "layer": layer, "condor": condor_id}
    return Draft(EntryKind.PROPOSAL_ACCEPTED, checked_moment("at", at), body, note)
