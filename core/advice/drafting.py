"""How is a proposal written down? Whose it is, its fills at model value, and what stands against it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.advice.records import Act, Proposal
from core.advice.tickets import NoTicketError, closing, net_of, of_condor, of_layer, opening
from core.playbook.kleene import ON
from core.playbook.sizing import Sizing
from core.positions.book import Condor, Layer
from core.positions.leg import OPEN

if TYPE_CHECKING:
    from core.advice.ground import Ground
    from core.advice.records import Situation
    from core.playbook.layer_sizes import LayerSize


def base(row: Situation, act: Act, title: str, holding: Layer | Condor | None = None) -> Proposal:
    """Return a proposal of a situation without a ticket."""
    number = holding.number if isinstance(holding, Layer) else None
    condor_id = holding.condor_id if isinstance(holding, Layer) else holding.id if holding is not None else None
    where = [f"L{number}" if number else "", f"C{condor_id}" if condor_id else ""]
    key = f"{row.key}:{':'.join(part for part in where if part) or 'book'}"
    return Proposal(key, row.key, act, title, row.reason, row.source, layer=number, condor_id=condor_id)


def with_closing(ground: Ground, proposal: Proposal, holding: Layer | Condor, share: float = 1.0) -> Proposal:
    """Return the proposal with the fills that close a share of a holding, or why there are none."""
    try:
        fills = closing(ground, holding, share)
    except NoTicketError as reason:
        return replace(proposal, unknown=str(reason))
    ticket = of_layer(holding, fills) if isinstance(holding, Layer) else of_condor(holding, fills)
    return replace(proposal, ticket=ticket, net=net_of(ground, holding, ticket))


def with_opening(ground: Ground, proposal: Proposal, number: int, count: int) -> Proposal:
    """Return the proposal with the fills that buy the layer's sized hedge, or why there are none."""
    size = layer_size(ground, number)
    if size is None or count <= 0:
        return replace(proposal, unknown=f"the size comes to no whole contract ({_binding(ground)})")
    try:
        ticket = opening(ground, number, size.hedge, count)
    except NoTicketError as reason:
        return replace(proposal, unknown=str(reason))
    notes = tuple(note for note in (size.hedge.note,) if note)
    return replace(proposal, ticket=ticket, net=net_of(ground, None, ticket), notes=notes)


def layer_size(ground: Ground, number: int) -> LayerSize | None:
    """Return what the sizing engine has for a layer, None where it has nothing."""
    layers = ground.sizing.layers if isinstance(ground.sizing, Sizing) else ()
    return next((one for one in layers if one.number == number), None)


def unsized(ground: Ground) -> str:
    """Return why there is no size."""
    return "no notional is stated" if isinstance(ground.sizing, Sizing) else ground.sizing.reason


def _binding(ground: Ground) -> str:
    return f"binding: {ground.sizing.binding}" if isinstance(ground.sizing, Sizing) else ground.sizing.reason


def blocked(ground: Ground) -> str:
    """Return why nothing new is bought now, "" where it may be: RSI of VIX is high (000-14, C12)."""
    words = ground.words("rsi_vix_block")
    if not len(words) or words[-1] != ON:
        return ""
    return f"RSI(VIX) is above {ground.playbook.number('rsi.vix_high'):g}: new layers wait (000)"


def last_opened_s(layer: Layer) -> float:
    """Return the UTC seconds at which any leg of a layer was last opened."""
    return max((dated.time.timestamp() for dated in layer.fills if dated.act == OPEN), default=0.0)


def last_closed_s(layer: Layer) -> float:
    """Return the UTC seconds at which any leg of a layer was last closed."""
    return max((dated.time.timestamp() for dated in layer.fills if dated.act != OPEN), default=0.0)
