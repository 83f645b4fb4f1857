"""How large should the hedge be, layer by layer, what does it cost, how far does it reach, what holds it back?

The engine of playbook 7.2. Every rule's wish stands beside the others; the playbook's own is turned into whole
contracts, the budgets cut it in the composite, and what then binds and is short is named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.playbook.bounds import bounds_of, cut_to_vega
from core.playbook.exposure import PERCENT, vxth_pct
from core.playbook.hedge import NoHedgeError
from core.playbook.layer_sizes import LayerSize, cut_to_budgets, exact_contracts, whole_contracts
from core.playbook.leverage import Leverage, leverage
from core.playbook.reach import Reach, design_level, reaches
from core.playbook.sizing_frame import derived, frame_of
from core.playbook.wishes import needs_of, target_of, wishes

if TYPE_CHECKING:
    from core.playbook.bounds import BoundUse
    from core.playbook.parameters import Playbook
    from core.playbook.sizing_frame import Frame, SizingFacts
    from core.playbook.wishes import Needs, Wish

STRESS_NOTE = (
    "design stress: SPX at the highest long put, VIX by the response map, options keep their volatility (assumed)"
)


@dataclass(frozen=True, slots=True)
class Unsized:
    """Why nothing could be sized."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cost:
    """Whole contracts in dollars of delta notional and of premium, also in percent of the credit and equity.

    `vega` is what they gain for a point of VIX, `chosen` the one of the three that `exposure.unit` names.
    """

    exposure: Figure
    premium: Figure
    vega: Figure
    chosen: Figure
    premium_pct: Figure
    annual: Figure
    annual_pct: Figure


@dataclass(frozen=True, slots=True)
class Sizing:
    """The hedge that a playbook asks for. Dollars of exposure are delta notional.

    `target` is E*, `decided_by` what set it; `binding` is what the whole contracts end at, `shortfall` the
    dollars of exposure that they miss. `covers_pct` is the share of the risk that the ladder wants covered,
    `vxth_pct` what the Cboe VIX Tail Hedge Index would hold.
    """

    rule: str
    risk: Figure
    credit: Figure
    notional: Figure
    design_spx: Figure
    covers_pct: Figure
    wishes: tuple[Wish, ...]
    target: Figure
    decided_by: str
    layers: tuple[LayerSize, ...]
    cost: Cost
    reached: tuple[Reach, ...]
    binding: str
    shortfall: Figure
    bounds: tuple[BoundUse, ...]
    leverage: Leverage
    vxth_pct: Figure
    notes: tuple[str, ...]


def size(facts: SizingFacts, playbook: Playbook) -> Sizing | Unsized:
    """Return the hedge that the playbook asks for the condors, and every rule's wish beside it."""
    rule = playbook.text("sizing.rule")
    try:
        frame = frame_of(facts, playbook)
    except NoHedgeError as reason:
        return Unsized(rule, str(reason))
    needs = needs_of(frame, facts, playbook)
    found = wishes(frame, facts, playbook, needs)
    target, decided = target_of(found, playbook, frame)
    wanted = whole_contracts(exact_contracts(target, frame, facts, playbook, needs), rule)
    layers, cuts = _cut(wanted, frame, playbook) if rule == "composite" else (wanted, ())
    cost = _cost(layers, frame, playbook)
    return Sizing(
        rule=rule,
        risk=frame.risk,
        credit=frame.credit,
        notional=frame.notional,
        design_spx=design_level(frame),
        covers_pct=_covers(needs, facts),
        wishes=found,
        target=target,
        decided_by=decided,
        layers=layers,
        cost=cost,
        reached=reaches(layers, frame),
        binding=", ".join(cuts) or decided,
        shortfall=derived(lambda t, e: max(t - e, 0.0), "$", "target less exposure", target, cost.exposure),
        bounds=bounds_of(layers, frame, facts, playbook),
        leverage=leverage(layers, cost.premium, playbook),
        vxth_pct=_vxth(frame, playbook),
        notes=_notes(frame),
    )


def _cut(
    layers: tuple[LayerSize, ...], frame: Frame, playbook: Playbook
) -> tuple[tuple[LayerSize, ...], tuple[str, ...]]:
    """Return the layers within the budgets and then within the bound of net vega, and all that cut."""
    within, by_budget = cut_to_budgets(layers, frame, playbook)
    cut, by_bound = cut_to_vega(within, frame, playbook)
    return cut, (*by_budget, *by_bound)


def _cost(layers: tuple[LayerSize, ...], frame: Frame, playbook: Playbook) -> Cost:
    premium = _total([one.premium for one in layers], "whole contracts x premium")
    annual = _total([one.annual for one in layers], "premium x 365 / days, each layer renewed at the same price")
    exposure = _total([one.exposure for one in layers], "whole contracts x multiplier x delta x VX future")
    vega = _total([one.vega for one in layers], "whole contracts x multiplier x delta x beta, for VIX +1 point")
    return Cost(
        exposure,
        premium,
        vega,
        {"delta": exposure, "premium": premium, "vega": vega}[playbook.text("exposure.unit")],
        _percent(premium, frame.credit, "premium / credit"),
        annual,
        _percent(annual, frame.equity, "premium of a year / equity"),
    )


def _total(parts: list[Figure], formula: str) -> Figure:
    return derived(lambda *values: math.fsum(values), "$", formula, *parts)


def _percent(part: Figure, whole: Figure, formula: str) -> Figure:
    if whole.value is not None and whole.value <= 0:
        return unknown(f"{formula}: the divisor is not above 0", "%", formula)
    return derived(lambda a, b: PERCENT * a / b, "%", formula, part, whole)


def _covers(needs: Needs | None, facts: SizingFacts) -> Figure:
    formula = "of the risk, by the ladder"
    if needs is None:
        return unknown(facts.edr.unknown, "%", formula)
    return known(sum(needs.cover_pct.values()), "%", formula)


def _vxth(frame: Frame, playbook: Playbook) -> Figure:
    formula = "of the portfolio, by the schedule of the Cboe VIX Tail Hedge Index: a comparison"
    if not playbook.flag("vxth.compare"):
        return unknown("vxth.compare is off", "%", formula)
    return known(vxth_pct(frame.vxm.forward), "%", formula)


def _notes(frame: Frame) -> tuple[str, ...]:
    calls = [f"{hedge.text}: {hedge.note}" for hedge in frame.hedges.values()]
    rate = f"rate {frame.market.rate:.2%} a year: {frame.market.rate_note}"
    return (*dict.fromkeys(calls), rate, STRESS_NOTE)
