"""`sizing`: how large each rule would have the hedge, what the playbook makes of it, and what holds it back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cli.figure_text import figure, said_once
from cli.held_text import dollars, held_lines
from cli.text import NOTICE
from cli.values import as_of_moment, integer_of
from cli.workspace import reading, show
from core.market.times import exchange_time
from core.monitor.held_now import held_now
from core.monitor.sizing_now import sizing_now
from core.monitor.sizing_record import sizing_record
from core.playbook.sizing import Sizing
from core.positions.leg import parse_fill
from core.refusal import RefusedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from core.market.figure import Figure
    from core.monitor.held_now import HeldNow
    from core.monitor.sizing_now import SizingNow
    from core.playbook.bounds import BoundUse
    from core.playbook.layer_sizes import LayerSize
    from core.playbook.wishes import Wish
    from core.state import Facts


def run(args: argparse.Namespace) -> int:
    """Run `sizing`."""
    with reading(args) as workspace:
        facts = workspace.facts(as_of_moment(args.as_of, workspace.now))
        condor = None if args.id is None else integer_of("ID", args.id)
        found = sizing_now(facts, condor, dict(_price(text) for text in args.price or ()))
        measured = held_now(facts, condor)
        return show(args, sizing_record(facts, found, measured), said_once(_lines(facts, found, measured)))


def _price(text: str) -> tuple[tuple[date, float], float]:
    """Return the price of a VIX call written like "VIX 2027-01-20 C 22 @ 1.12"."""
    fill = parse_fill(f"+1 {text.strip()}")
    contract = fill.contract
    if contract.root != "VIX" or contract.right != "C" or contract.expiry is None or not fill.price:
        raise RefusedError(f"--price: {text!r}: write a VIX call like VIX 2027-01-20 C 22 @ 1.12")
    return (contract.expiry, float(contract.strike or 0)), float(fill.price)


def _lines(facts: Facts, found: SizingNow, measured: HeldNow) -> Iterator[str]:
    sizing = found.sizing
    yield f"as of      {exchange_time(facts.now)} New York   playbook {facts.playbook.name}, rule {sizing.rule}"
    if not isinstance(sizing, Sizing):
        yield f"unknown ({sizing.reason})"
    else:
        yield from _sized_lines(sizing)
    yield f"held       {dollars(found.held)} of delta notional; too much: {dollars(found.excess)}"
    yield from held_lines(measured)
    yield NOTICE


def _sized_lines(sizing: Sizing) -> Iterator[str]:
    yield f"risk       {dollars(sizing.risk)}, credit {dollars(sizing.credit)}"
    yield f"notional   {dollars(sizing.notional)}"
    yield f"stress     SPX {figure(sizing.design_spx)}; ladder: {figure(sizing.covers_pct, 0)} of the risk covered"
    yield "each rule alone, in dollars of delta notional, calls of layer 1, VXM futures, premium:"
    for wish in sizing.wishes:
        yield f"  {wish.rule:9} {_wish_text(wish)}"
    yield f"  {'vxth':9} {figure(sizing.vxth_pct, 1)} of the portfolio in calls (the Cboe index, a comparison)"
    decided = f", by {sizing.decided_by}" if sizing.decided_by else ""
    yield f"target     {dollars(sizing.target)}{decided}"
    for layer in sizing.layers:
        yield f"  layer {layer.number}  {_layer_text(layer)}"
        yield f"           gains {_gains_text(layer, sizing)} in the stress, low, base and high response"
    cost = sizing.cost
    yield f"exposure   {dollars(cost.exposure)}, short of the target by {dollars(sizing.shortfall)}"
    yield f"vega       {dollars(cost.vega)} for VIX +1 point"
    yield f"premium    {dollars(cost.premium)}, {figure(cost.premium_pct, 1)} of the credit"
    yield f"a year     {dollars(cost.annual)}, {figure(cost.annual_pct, 1)} of the equity"
    for reach in sizing.reached:
        covered = f"{figure(reach.day_pct, 1)} a day on, {figure(reach.expiry_pct, 1)} at expiry"
        yield f"covers     {covered} under the {reach.response} response (VIX {figure(reach.vix)})"
    yield from (f"bound      {_bound_text(use)}" for use in sizing.bounds)
    extra = sizing.leverage
    more = f"{figure(extra.contracts, 0)} of {extra.text}" if extra.cap_pct else "off"
    yield f"leverage   private layer: cap {extra.cap_pct:g} % of the premium, {more}"
    yield f"binding    {sizing.binding or 'unknown'}"
    yield from (f"  note: {note}" for note in sizing.notes)


def _wish_text(wish: Wish) -> str:
    if wish.exposure.value is None:
        return figure(wish.exposure)
    is_span = wish.low.value != wish.high.value
    span = f" ({dollars(wish.low)} to {dollars(wish.high)})" if is_span else ""
    told = f"{dollars(wish.exposure)}{span}, {figure(wish.calls, 1)}, {figure(wish.vxm, 1)}"
    return f"{told.replace(' contracts', '')}, {dollars(wish.premium)}"


def _layer_text(layer: LayerSize) -> str:
    hedge, count = layer.hedge, figure(layer.contracts, 0).removesuffix(" contracts")
    if layer.contracts.value is None:
        return count
    told = (
        f"{count} {hedge.text} @ {hedge.premium:.2f} (exactly {figure(layer.exact, 2).removesuffix(' contracts')})"
    )
    rho = "" if math.isnan(hedge.rho) else f", rho {hedge.rho:.2f}"
    return f"{told}, delta {hedge.delta:.2f}{rho}, {dollars(layer.exposure)}"


def _gains_text(layer: LayerSize, sizing: Sizing) -> str:
    gains = ", ".join(dollars(reach.by_layer[layer.number]) for reach in sizing.reached)
    most = f" (a contract at most ${layer.hedge.most:,.0f})" if layer.hedge.cap else ""
    return f"{gains}{most}"


def _bound_text(use: BoundUse) -> str:
    """Return what condors and layers take of a bound, and whether both together keep it."""
    parts = [f"condors {_amount(use.condors)}"]
    parts += [f"layer {number} {_amount(value)}" for number, value in use.by_layer.items()]
    word = {True: "within", False: "outside", None: "unknown, of"}[use.is_within]
    told = f"{_amount(use.total)}, {word} {_amount(use.low)} to {_amount(use.high)}"
    return f"{use.key}: {', '.join(parts)}; together {told}"


def _amount(value: Figure) -> str:
    return dollars(value) if value.unit == "$" else figure(value, 2 if not value.unit else 0)
