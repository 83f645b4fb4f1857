"""How is a proposal accepted, and how is its ticket written down?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.acts import accept_proposal

if TYPE_CHECKING:
    from datetime import datetime

    from core.advice.records import Proposal
    from core.journal.entry import Draft
    from core.positions.book import Book
    from core.risk_state import ProposedFill


def accept(book: Book, one: Proposal, *, at: datetime, note: str = "") -> Draft:
    """Return the intent to act on a proposal as a draft; `note` is the reason. Raises ActRefusedError."""
    return accept_proposal(
        book,
        key=one.key,
        what=one.title,
        fills=[fill_text(fill) for fill in one.ticket],
        layer=one.layer,
        condor_id=one.condor_id,
        needs_reason=one.needs_reason,
        at=at,
        note=note,
    )


def fill_text(proposed: ProposedFill) -> str:
    """Return a proposed fill as it is typed: `L1 -4 VIX 2018-03-21 C 25 @ 1.20`."""
    of = f"/{proposed.condor_id}" if proposed.layer is not None and proposed.condor_id is not None else ""
    owner = f"L{proposed.layer}{of}" if proposed.layer is not None else f"C{proposed.condor_id}"
    fill = proposed.fill
    return f"{owner} {fill.quantity:+d} {fill.contract.text} @ {fill.price}"
