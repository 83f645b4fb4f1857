"""How many contracts of each layer? Scaled to the target, made whole, and cut to the budgets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.playbook.exposure import BANDS, PERCENT
from core.playbook.sizing_frame import derived
from core.playbook.wishes import per_ten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.playbook.parameters import Playbook
    from core.playbook.sizing_frame import Frame, SizingFacts
    from core.playbook.stress import Hedge
    from core.playbook.wishes import Needs

YEAR_DAYS = 365.0
DUST = 1e-9
BY_LADDER = frozenset({"ladder", "composite"})


@dataclass(frozen=True, slots=True)
class LayerSize:
    """One layer's contracts of its call: the exact number, the whole one, and what that is and costs in dollars.

    `annual` is the premium of a year if the layer is renewed at the same price.
    """

    number: int
    hedge: Hedge
    exact: Figure
    contracts: Figure

    @property
    def exposure(self) -> Figure:
        """Delta notional of the whole contracts."""
        return derived(lambda n: n * self.hedge.exposure, "$", "contracts x exposure", self.contracts)

    @property
    def premium(self) -> Figure:
        """Premium of the whole contracts."""
        return derived(lambda n: n * self.hedge.outlay, "$", "contracts x premium", self.contracts)

    @property
    def vega(self) -> Figure:
        """Dollars that the whole contracts gain for a point of VIX."""
        return derived(
            lambda n: n * self.hedge.per_vix_point, "$", "contracts x multiplier x delta x beta", self.contracts
        )

    @property
    def annual(self) -> Figure:
        """Premium of a year, renewed at each expiry at the same price."""
        turns = YEAR_DAYS / self.hedge.days
        return derived(lambda n: n * self.hedge.outlay * turns, "$", "premium x 365 / days", self.contracts)


def exact_contracts(
    target: Figure, frame: Frame, facts: SizingFacts, playbook: Playbook, needs: Needs | None
) -> tuple[LayerSize, ...]:
    """Return the contracts of each layer that add up to the target, not whole yet.

    By the ladder: in proportion to what each layer's slice needs. By the VIX band: in equal dollars over as
    many layers as bands are reached (assumption). By the public ratio: as it says. Else all in the first layer.
    """
    rule = playbook.text("sizing.rule")
    if rule == "contracts":
        lots = sum(condor.quantity for condor in facts.condors)
        counts = {k: known(per_ten(k, lots, playbook), "contracts", "ratio x condors / 10") for k in frame.hedges}
        return _sizes(counts, frame)
    if rule in BY_LADDER and needs is not None and needs.contracts:
        return _sizes(_scaled(target, frame, needs), frame)
    layers = list(frame.hedges)[: _bands_reached(facts, playbook) if rule == "regime" else 1]
    shared = {k: _share(target, frame.hedges[k], len(layers)) for k in layers}
    return _sizes(shared, frame)


def _share(target: Figure, hedge: Hedge, layers: int) -> Figure:
    return derived(
        lambda e: e / layers / hedge.exposure, "contracts", "its share of the target / exposure", target
    )


def _bands_reached(facts: SizingFacts, playbook: Playbook) -> int:
    limits = [playbook.number(f"regime.{name}_vix") for name in ("low", "high")]
    vix = facts.market.vix or 0.0
    return min(1 + int(vix >= limits[0]) + int(vix > limits[1]), len(BANDS))


def _scaled(target: Figure, frame: Frame, needs: Needs) -> dict[int, Figure]:
    """Return what the ladder needs of each layer, scaled so that the exposures add up to the target."""
    missing = next((need for need in needs.contracts.values() if need.value is None), target)
    if missing.value is None:
        return dict.fromkeys(needs.contracts, unknown(missing.unknown, "contracts"))
    counts = {k: need.value or 0.0 for k, need in needs.contracts.items()}
    total = sum(count * frame.hedges[k].exposure for k, count in counts.items())
    scale = missing.value / total if missing is target and total > 0 else 0.0
    formula = "what covers its slice of the ladder, scaled to the target"
    return {k: known(count * scale, "contracts", formula) for k, count in counts.items()}


def _sizes(counts: Mapping[int, Figure], frame: Frame) -> tuple[LayerSize, ...]:
    return tuple(LayerSize(k, frame.hedges[k], exact, exact) for k, exact in counts.items())


def whole_contracts(layers: tuple[LayerSize, ...], rule: str) -> tuple[LayerSize, ...]:
    """Return the layers in whole contracts: up for the ladder, down for the budget, else to the nearest."""
    rounded = {"ladder": _up, "budget": _down}.get(rule, _nearest)
    return tuple(
        LayerSize(one.number, one.hedge, one.exact, derived(rounded, "contracts", "whole contracts", one.exact))
        for one in layers
    )


def _up(count: float) -> float:
    return float(math.ceil(count - DUST))


def _down(count: float) -> float:
    return float(math.floor(count + DUST))


def _nearest(count: float) -> float:
    return float(math.floor(count + 0.5))


def cut_to_budgets(
    layers: tuple[LayerSize, ...], frame: Frame, playbook: Playbook
) -> tuple[tuple[LayerSize, ...], tuple[str, ...]]:
    """Return the layers within budget.L1 (premium of the first) and annual.cost_warn, and which of them cut."""
    cuts: list[str] = []
    if layers and frame.credit.value is not None:
        first, allowed = layers[0], max(frame.credit.value, 0.0) * playbook.number("budget.L1") / PERCENT
        most = math.floor(allowed / first.hedge.outlay + DUST)
        if first.contracts.value is not None and first.contracts.value > most:
            layers = (_with(first, float(most)), *layers[1:])
            cuts.append("budget.L1")
    annual = [one.annual.value for one in layers]
    if frame.equity.value is None or None in annual:
        return layers, tuple(cuts)
    total = sum(value or 0.0 for value in annual)
    allowed = frame.equity.value * playbook.number("annual.cost_warn") / PERCENT
    if total > allowed:
        layers = scaled_down(layers, max(allowed, 0.0) / total)
        cuts.append("annual.cost_warn")
    return layers, tuple(cuts)


def scaled_down(layers: tuple[LayerSize, ...], share: float) -> tuple[LayerSize, ...]:
    """Return a share of each layer's contracts, down to whole ones; contracts must be known."""
    return tuple(_with(one, _down((one.contracts.value or 0.0) * share)) for one in layers)


def _with(layer: LayerSize, count: float) -> LayerSize:
    contracts = known(count, "contracts", "whole contracts within budget and bound")
    return LayerSize(layer.number, layer.hedge, layer.exact, contracts)
