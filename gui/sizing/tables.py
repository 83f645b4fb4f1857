"""Which rows does the size have on screen? Rules side by side, layers, coverage and bounds, as text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.playbook.sizing import Sizing
from gui.cells import Cell, Rows
from gui.formats import figure_role, figure_text, figure_tooltip, number_text

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.monitor.sizing_now import SizingNow
    from core.playbook.bounds import BoundUse
    from core.playbook.layer_sizes import LayerSize
    from core.playbook.reach import Reach
    from core.playbook.wishes import Wish

RULES = {
    "ladder": "Ladder: share of the risk",
    "budget": "Budget: share of the credit",
    "regime": "VIX band",
    "static": "Static line",
    "breadth": "Breadth minimum",
    "contracts": "Fixed contracts (public)",
}
BOUNDS = {
    "bounds.net_vega": "Book, VIX +1 point",
    "bounds.net_delta": "Book, SPX -1 %",
    "bounds.net_delta_condor": "Delta of a condor",
    "bounds.offset": "Short vega offset",
}
WORDS = {True: "within", False: "OUTSIDE", None: "unknown"}
FOLLOWED = "▸ "


def head_text(found: SizingNow) -> str:
    """Return in one line what is asked for, what holds it back and what is held."""
    sizing = found.sizing
    if not isinstance(sizing, Sizing):
        return f"The hedge cannot be sized: {sizing.reason}."
    if sizing.target.value is None:
        return f"The hedge cannot be sized: {sizing.target.unknown}."
    asked = f"Asked for {_dollars(sizing.target)} of delta notional, by {sizing.decided_by}"
    if (sizing.shortfall.value or 0.0) < 1:
        return f"{asked}; whole contracts come to {_dollars(sizing.cost.exposure)}."
    whole = f"{_dollars(sizing.cost.exposure)} in whole contracts, {_dollars(sizing.shortfall)} short"
    return f"{asked}. Binding: {sizing.binding}; {whole}."


def under_text(found: SizingNow) -> str:
    """Return in one line what is held, what the hedge costs and covers."""
    sizing = found.sizing
    excess = f", {_dollars(found.excess)} too much" if (found.excess.value or 0.0) >= 1 else ""
    held = (
        f"Held {_dollars(found.held)}{excess}" if found.held.value is not None else f"Held: {found.held.unknown}"
    )
    if not isinstance(sizing, Sizing):
        return f"{held}."
    cost = sizing.cost
    share = f" = {figure_text(cost.premium_pct, decimals=1)} of the credit" if cost.premium_pct.is_known else ""
    year = f", a year {_dollars(cost.annual)}"
    year += f" = {figure_text(cost.annual_pct, decimals=1)} of equity" if cost.annual_pct.is_known else ""
    unit = f"; exposure in the playbook's unit {figure_text(cost.chosen, decimals=0)}"
    return f"{held}. Premium {_dollars(cost.premium)}{share}{year}{unit if cost.chosen != cost.exposure else ''}."


def tables_of(found: SizingNow) -> tuple[Rows, ...]:
    """Return the tables of a sizing, none where nothing could be sized."""
    sizing = found.sizing
    if not isinstance(sizing, Sizing):
        return ()
    return (_rules(sizing), _layers(sizing), _coverage(sizing), _bounds(sizing))


def _rules(sizing: Sizing) -> Rows:
    titles = ("Each rule alone", "Seed", "Delta notional", "Calls", "VXM", "Premium", "Span")
    return Rows("Rules side by side", titles, tuple(_rule(wish, sizing.rule) for wish in sizing.wishes))


def _rule(wish: Wish, rule: str) -> tuple[Cell, ...]:
    mark = FOLLOWED if wish.rule == rule else ""
    return (
        Cell(f"{mark}{RULES[wish.rule]}", f"rule {wish.rule}\n{wish.exposure.formula}", is_number=False),
        Cell(wish.source, is_number=False),
        figure_cell(wish.exposure, 0),
        figure_cell(wish.calls, 1),
        figure_cell(wish.vxm, 1),
        figure_cell(wish.premium, 0),
        Cell(_span(wish), is_number=False),
    )


def _span(wish: Wish) -> str:
    """Return from where to where a rule's wish runs, "" where it is one amount."""
    return f"{_dollars(wish.low)} to {_dollars(wish.high)}" if wish.low.value != wish.high.value else ""


def _layers(sizing: Sizing) -> Rows:
    responses = tuple(f"Gain {reach.response}" for reach in sizing.reached)
    titles = ("Layer", "Buys", "Whole", "Exact", "Exposure", "Premium", "VIX +1", "rho", *responses)
    return Rows("Layers", titles, tuple(_layer(one, sizing) for one in sizing.layers))


def _layer(layer: LayerSize, sizing: Sizing) -> tuple[Cell, ...]:
    hedge = layer.hedge
    told = f"{hedge.note}\ndelta {hedge.delta:.2f}, {hedge.days:.0f} days"
    told += f"\nat {hedge.premium:.2f} points on VX {hedge.forward:.2f}"
    told += f"\na contract gains at most ${hedge.most:,.0f}" if hedge.cap else ""
    rho = "no put wing" if math.isnan(hedge.rho) else "where in the put wing it breaks even: 0 long, 1 short put"
    return (
        Cell(f"L{layer.number}", is_number=False),
        Cell(f"{hedge.text} @ {hedge.premium:.2f}", told, is_number=False),
        figure_cell(layer.contracts, 0),
        figure_cell(layer.exact, 2),
        figure_cell(layer.exposure, 0),
        figure_cell(layer.premium, 0),
        figure_cell(layer.vega, 0),
        Cell(number_text(hedge.rho, 2), rho),
        *(figure_cell(reach.by_layer[layer.number], 0) for reach in sizing.reached),
    )


def _coverage(sizing: Sizing) -> Rows:
    titles = ("VIX response", "VIX there", "Covers a day on", "Covers at expiry", "Asked by the ladder")
    return Rows("Coverage", titles, tuple(_reach(reach, sizing) for reach in sizing.reached))


def _reach(reach: Reach, sizing: Sizing) -> tuple[Cell, ...]:
    at = f"SPX at {figure_text(sizing.design_spx, decimals=0)}: {sizing.design_spx.formula}"
    return (
        Cell(reach.response, at, is_number=False),
        figure_cell(reach.vix, 1),
        figure_cell(reach.day_pct, 1),
        figure_cell(reach.expiry_pct, 1),
        figure_cell(sizing.covers_pct, 0),
    )


def _bounds(sizing: Sizing) -> Rows:
    layers = tuple(f"L{one.number}" for one in sizing.layers)
    titles = ("Bound", "Condors", *layers, "Together", "Kept", "From", "To")
    return Rows("Bounds", titles, tuple(_bound(use) for use in sizing.bounds))


def _bound(use: BoundUse) -> tuple[Cell, ...]:
    places = 2 if not use.total.unit else 0
    parts = (use.condors, *use.by_layer.values(), use.total)
    role = "loss" if use.is_within is False else "text"
    return (
        Cell(BOUNDS[use.key], f"{use.key}\n{use.formula}", is_number=False),
        *(figure_cell(part, places) for part in parts),
        Cell(WORDS[use.is_within], use.formula, role, is_number=False),
        *(figure_cell(limit, places) for limit in (use.low, use.high)),
    )


def notes_text(found: SizingNow) -> str:
    """Return what is assumed, one line each; "" where nothing was sized."""
    sizing = found.sizing
    if not isinstance(sizing, Sizing):
        return ""
    index = figure_text(sizing.vxth_pct, decimals=1)
    extra = sizing.leverage
    more = f"{figure_text(extra.contracts)} more of {extra.text}" if extra.cap_pct else "off"
    leverage = f"Private leverage layer: at most {extra.cap_pct:g} % of the premium, {more}."
    beside = f"For comparison, the Cboe VIX Tail Hedge Index would hold {index} in calls."
    return "\n".join(("Assumed:", *sizing.notes, leverage, beside if sizing.vxth_pct.is_known else "")).rstrip()


def _dollars(figure: Figure) -> str:
    return figure_text(figure, decimals=0)


def figure_cell(figure: Figure, decimals: int) -> Cell:
    """Return a figure as a cell, all that it carries in its tooltip."""
    text = figure_text(figure, decimals=decimals, has_unit=figure.unit in {"$", "%"})
    return Cell(text, figure_tooltip(figure), figure_role(figure))
