"""Which form enters a proposal's fills? Its legs are filled in, its prices are not: those come from the market."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gui.entry.closing import LEG_BY_LEG, CloseDialog
from gui.entry.layer import LayerDialog
from gui.entry.leg_table import cells_of
from gui.entry.rolling import LayerRollDialog
from gui.holding import HoldingKey, holding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from core.advice.records import Proposal
    from core.positions.leg import Fill
    from gui.entry.dialog import EntryDialog, Ground


def prefilled(ground: Ground, proposal: Proposal, parent: QWidget | None = None) -> list[EntryDialog]:
    """Return the forms of a proposal's ticket, one for each holding, in the ticket's order."""
    owners = dict.fromkeys((one.layer, one.condor_id) for one in proposal.ticket)
    found = []
    for owner in owners:
        fills = [one.fill for one in proposal.ticket if (one.layer, one.condor_id) == owner]
        found.append(_form(ground, HoldingKey(owner[1] or 0, owner[0] or 0), fills, parent))
    return found


def _form(ground: Ground, key: HoldingKey, fills: list[Fill], parent: QWidget | None) -> EntryDialog:
    closes = list(_closing(ground, key, fills))
    opens = [fill for fill in fills if fill not in closes]
    if closes and opens:
        roll = LayerRollDialog(ground, key, parent)
        roll.closes.set_rows([_cells(fill) for fill in closes])
        roll.opens.set_rows([_cells(fill) for fill in opens])
        return roll
    if closes:
        close = CloseDialog(ground, key, parent)
        close.way.setCurrentText(LEG_BY_LEG)
        close.legs.set_rows([_cells(fill) for fill in closes])
        return close
    layer = LayerDialog(ground, parent, key=key)
    layer.legs.set_rows([_cells(fill) for fill in opens])
    return layer


def _closing(ground: Ground, key: HoldingKey, fills: list[Fill]) -> Iterator[Fill]:
    """Yield the fills that close something that is held."""
    held = holding_in(ground.book, key)
    open_now = {leg.contract: leg.quantity for leg in held.legs} if held is not None else {}
    for fill in fills:
        if open_now.get(fill.contract, 0) * fill.quantity < 0:
            yield fill


def _cells(fill: Fill) -> tuple[str, str, str, str, str, str]:
    return cells_of(replace(fill, price=None))
