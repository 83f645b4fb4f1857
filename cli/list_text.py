"""How do condors and layers read in a list? What is held, with its state, and what was held, with its cash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.figure_text import said_once
from cli.text import condor_lines, layer_lines, simulated_line
from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.positions.book import Condor, Holding
    from core.state import MonitorState


def condors_text(state: MonitorState, closed: Iterable[Condor]) -> str:
    """Return the open condors, then the closed ones."""
    past = (f"condor {condor.id}  {condor.root} {condor.expiry}: closed, {_money(condor)}" for condor in closed)
    return said_once([*_head(state), *condor_lines(state), *past])


def layers_text(state: MonitorState) -> str:
    """Return the layers, then the cash of each holding."""
    return said_once([*_head(state), *layer_lines(state), *_holdings(state)])


def _holdings(state: MonitorState) -> Iterator[str]:
    for layer in state.layers:
        for holding in layer.holdings:
            of = "of the book" if holding.condor_id is None else f"of condor {holding.condor_id}"
            yield f"layer {layer.number}  {of}: {'open' if holding.is_open else 'closed'}, {_money(holding)}"
            yield from (f"         note: {flag}" for flag in holding.flags)


def _head(state: MonitorState) -> list[str]:
    return [*simulated_line(state), f"as of    {exchange_time(state.as_of)} New York"]


def _money(holding: Holding) -> str:
    return f"cash {holding.cash:,.2f}, fees {holding.fees:,.2f}, together {holding.net_cash:,.2f}"
