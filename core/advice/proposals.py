"""What do the situations propose for what is held? Layers inside out, layer before shrink, full exit last."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from core.advice.drafting import (
    base,
    blocked,
    last_closed_s,
    last_opened_s,
    layer_size,
    unsized,
    with_closing,
    with_opening,
)
from core.advice.harvesting import harvests
from core.advice.records import (
    BREADTH_MINOR,
    EXIT_ONE,
    EXIT_TWO,
    HARVEST,
    INNERMOST,
    LAST,
    NEXT_LAYER,
    ORDER,
    RV_ABOVE_IV,
    SHRINK_FIRST,
    STABLE,
    TEMPORARY,
    Act,
    Proposal,
)
from core.advice.temporary import reviews
from core.advice.tickets import NoTicketError, closing, net_of, of_layer, roll
from core.advice.unwinding import unwindings
from core.market.figure import known, unknown
from core.playbook.sizing import Sizing
from core.playbook.verdict import Says, Trigger
from core.positions.book import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.advice.ground import Ground
    from core.advice.records import Situation
    from core.positions.book import Layer

PARTIAL = 0.50  # Exit Rule One takes off half of L1 and L2
PARTIAL_LAYERS = (1, 2)
SHRINKS = (0.25, 0.50)
KEPT = "the condors stay as they are"


def proposals(ground: Ground, rows: Sequence[Situation]) -> tuple[Proposal, ...]:
    """Return what is proposed, in the order of the seeds (playbook 7.4)."""
    by_key = {row.key: row for row in rows}
    on = {key: row for key, row in by_key.items() if row.says is Says.ON}
    found = [
        *_innermost(ground, on),
        *_exit_one(ground, on),
        *_exit_two(ground, on),
        *unwindings(ground),
        *_breadth_minor(ground, on),
        *_next_layer(ground, on),
        *_shrinks(ground, on),
        *_harvest(ground, on),
        *harvests(ground, by_key[STABLE]),
        *reviews(ground, by_key[TEMPORARY]),
        *_exit_all(ground),
    ]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.situation)))


def _innermost(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    """Yield the roll of the innermost layer that was not opened or rolled since the situation began."""
    row = on.get(INNERMOST)
    if row is None:
        return
    left = [layer for layer in ground.live_layers if last_opened_s(layer) <= row.begins_s]
    if left:
        yield _rolled(ground, left[0], row, "innermost layer first")


def _exit_one(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    row = on.get(EXIT_ONE)
    if row is None:
        return
    for layer in ground.live_layers:
        if layer.number in PARTIAL_LAYERS and last_closed_s(layer) <= row.begins_s:
            title = f"take off {PARTIAL:.0%} of layer {layer.number}, keep layer 3 (cash press scenario)"
            proposal = base(row, Act.PARTIAL_EXIT, title, layer)
            yield with_closing(ground, proposal, layer, PARTIAL)


def _exit_two(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    row = on.get(EXIT_TWO)
    if row is None:
        return
    for layer in ground.live_layers:
        if last_opened_s(layer) <= row.begins_s:
            yield _rolled(ground, layer, row, "all layers to further expiries; mean reversion may be slower")


def _rolled(ground: Ground, layer: Layer, row: Situation, why: str) -> Proposal:
    of = f" of condor {layer.condor_id}" if layer.condor_id is not None else ""
    proposal = base(row, Act.ROLL, f"roll layer {layer.number}{of} to the next month: {why}", layer)
    try:
        ticket = roll(ground, layer)
    except NoTicketError as reason:
        return replace(proposal, unknown=str(reason))
    return replace(
        proposal,
        ticket=ticket.fills,
        net=net_of(ground, layer, ticket.fills),
        rho_before=ticket.rho_before,
        rho_after=ticket.rho_after,
        notes=ticket.notes,
    )


def _breadth_minor(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    """Yield what layer 1 lacks of 10 to 15 % of the portfolio notional (004-10)."""
    row = on.get(BREADTH_MINOR)
    if row is None or not ground.live_condors:
        return
    low, high = (ground.playbook.number(f"ad.layer_{side}") for side in ("low", "high"))
    title = f"layer 1 at {low:g} to {high:g} % of the portfolio notional; {KEPT}"
    proposal = replace(base(row, Act.ADD, title), key=f"{row.key}:L1", layer=1, blocked=blocked(ground))
    held, notional = ground.held_by_layer.get(1, 0.0), ground.notional
    if not isinstance(ground.sizing, Sizing) or notional is None or math.isnan(held):
        yield replace(proposal, unknown=unsized(ground))
        return
    lacking = notional * low / 100.0 - held
    if lacking > 0:
        size = layer_size(ground, 1)
        count = math.ceil(lacking / size.hedge.exposure) if size is not None else 0
        told = f"{proposal.reason}; layer 1 holds {held:,.0f} $ of delta notional, {lacking:,.0f} $ less"
        yield with_opening(ground, replace(proposal, reason=told), 1, count)


def _next_layer(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    """Yield the layers that the rule has confirmed and nobody holds, and the next one of a divergence."""
    held = {layer.number for layer in ground.live_layers}
    missing = [number for number in LAYER_NUMBERS if number not in held]
    if not ground.live_condors:
        return
    confirmed = [number for number in missing if ground.trigger(number) is Trigger.CONFIRMED]
    for number in confirmed:
        reason = f"layer {number} is confirmed by its rules and nothing of it is held"
        yield _added(ground, number, (NEXT_LAYER, f"add layer {number}; {KEPT}", reason, "000"))
    row = on.get(NEXT_LAYER)
    if row is not None and missing and missing[0] not in confirmed:
        number = missing[0]
        yield _added(ground, number, (row.key, f"add layer {number}; {KEPT}", row.reason, row.source))


def _added(ground: Ground, number: int, words: tuple[str, str, str, str]) -> Proposal:
    situation, title, reason, source = words
    proposal = Proposal(f"{situation}:L{number}", situation, Act.ADD, title, reason, source, layer=number)
    proposal = replace(proposal, blocked=blocked(ground))
    if not isinstance(ground.sizing, Sizing):
        return replace(proposal, unknown=unsized(ground))
    size = layer_size(ground, number)
    if size is None:
        return replace(proposal, unknown=f"{ground.sizing.rule} sizes no layer {number} now")
    if size.contracts.value is None:
        return replace(proposal, unknown=size.contracts.unknown)
    return with_opening(ground, proposal, number, round(size.contracts.value))


def _shrinks(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    """Yield smaller condors where the tables allow them: next to the layer, never instead of it (004-7, C17)."""
    row = on.get(SHRINK_FIRST) or on.get(RV_ABOVE_IV)
    if row is None:
        return
    is_allowed = RV_ABOVE_IV in on
    note = "realised is far above implied" if is_allowed else "theta still favours the condor (004-11)"
    layer_first = "" if row.key == SHRINK_FIRST else "adding a layer comes first"
    for condor in ground.live_condors:
        for share in SHRINKS:
            title = f"take off {share:.0%} of condor {condor.id}"
            proposal = base(row, Act.SHRINK, title, condor)
            proposal = replace(proposal, key=f"{proposal.key}:{share:.0%}", beside=NEXT_LAYER)
            found = with_closing(ground, proposal, condor, share)
            yield replace(found, notes=tuple(one for one in (note, layer_first) if one), needs_reason=True)


def _harvest(ground: Ground, on: Mapping[str, Situation]) -> Iterator[Proposal]:
    row = on.get(HARVEST)
    if row is None or not ground.live_condors:
        return
    formula = "theta of the condors, dollars a day"
    carry = ground.carry_dollars
    gain = unknown("a leg cannot be valued", "$", formula) if carry is None else known(carry, "$", formula)
    title = "harvest window: hold the condors and let time work"
    yield replace(base(row, Act.WATCH, title), gain=gain, notes=("seed 000 calls this a cash press; no promise",))


def _exit_all(ground: Ground) -> Iterator[Proposal]:
    """Yield the exit of all layers: always there, always last, never without a reason (002-13)."""
    layers = ground.live_layers
    if not layers:
        return
    proposal = Proposal(
        f"{LAST}:all",
        LAST,
        Act.EXIT_ALL,
        "close every layer: the last resort",
        "full exit is rarely the first step; give a reason if you take it",
        "002",
        needs_reason=True,
    )
    try:
        fills = [(layer, of_layer(layer, closing(ground, layer))) for layer in layers]
    except NoTicketError as reason:
        yield replace(proposal, unknown=str(reason))
        return
    ticket = tuple(fill for _, part in fills for fill in part)
    nets = [net_of(ground, layer, part).value or 0.0 for layer, part in fills]
    formula = "sum of the layers' model values, futures their gain"
    yield replace(proposal, ticket=ticket, net=known(math.fsum(nets), "$", formula, ground.market.inputs))
