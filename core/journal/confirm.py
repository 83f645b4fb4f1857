"""Does an act still fit the book? Asked once more when it is written, and for every entry when verified."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, read_position
from core.journal.fold import holding_of
from core.positions.filling import filled
from core.positions.leg import cash_of
from core.positions.values import require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.journal.body import PositionAct
    from core.journal.entry import EntryKind, Json
    from core.positions.book import Book, Holding


def confirm(book: Book, kind: EntryKind, event_time: datetime, body: Mapping[str, Json]) -> None:
    """Raise ActRefusedError where an act does not follow from the book: another entry came in between.

    Fills must open what is not held the other way and close no more than is held; a new condor's number
    must be free, an old one known; no event goes back before the last of its position; where every fill
    has a price, the cash is exactly theirs.
    """
    if kind not in POSITION_KINDS:
        return
    act = read_position(body)
    holding = holding_of(book, act)
    if act.layer is None:
        known = act.condor_id in book.condors
        require(known != act.is_new, "condor_id", f"condor {act.condor_id} {'exists' if known else 'is unknown'}")
    _check_cash(holding, act)
    _check_moves(holding, event_time, act)


def _check_cash(holding: Holding, act: PositionAct) -> None:
    fills = [move.fill for move in act.moves]
    if all(fill.price is not None for fill in fills):
        require(cash_of(fills, holding.legs) == act.cash, "cash", f"{act.cash} is not what the fills add up to")


def _check_moves(holding: Holding, event_time: datetime, act: PositionAct) -> None:
    for name, group in groupby(act.moves, key=lambda move: move.act):
        holding = filled(holding, event_time, name, [move.fill for move in group])
