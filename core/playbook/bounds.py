"""What does the hedge take of the bounds of the book? Condors, each layer, both together, against the limit.

Seed 002 keeps net vega and delta "within acceptable bounds" and names none: the limits are parameters.
Sensitivities are those of `core.valuation.greeks`, so that sizing and the risk picture say the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import BASE, vix_at
from core.playbook.condor_greeks import DELTA_WORDS, ONE_PERCENT, SPX_MULTIPLIER, SPX_WORDS, VIX_WORDS, lots_of
from core.playbook.layer_sizes import scaled_down
from core.playbook.sizing_frame import PERCENT, derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.playbook.layer_sizes import LayerSize
    from core.playbook.parameters import Playbook
    from core.playbook.sizing_frame import Frame, SizingFacts

DUST = 1e-9
NET_VEGA, NET_DELTA, CONDOR_DELTA, OFFSET = (
    "bounds.net_vega",
    "bounds.net_delta",
    "bounds.net_delta_condor",
    "bounds.offset",
)
OFFSET_WORDS = "what the hedge gains for VIX +1 point, in percent of what the condors lose"


@dataclass(frozen=True, slots=True)
class BoundUse:
    """One bound: what the condors alone take of it, what each layer adds, both together, and the limit.

    `low` to `high` is the span that `total` is to stay in; `is_within` is None where either is unknown.
    """

    key: str
    condors: Figure
    by_layer: Mapping[int, Figure]
    total: Figure
    low: Figure
    high: Figure
    formula: str

    @property
    def is_within(self) -> bool | None:
        """Whether the book with its hedge keeps the bound."""
        values = (self.low.value, self.total.value, self.high.value)
        if values[0] is None or values[1] is None or values[2] is None:
            return None
        return values[0] - DUST <= values[1] <= values[2] + DUST


def bounds_of(
    layers: tuple[LayerSize, ...], frame: Frame, facts: SizingFacts, playbook: Playbook
) -> tuple[BoundUse, ...]:
    """Return every bound with what condors and layers take of it."""
    bare = frame.greeks
    spx, lots = facts.market.spx or math.nan, lots_of(facts.condors)
    points = float(vix_at((1 - ONE_PERCENT) * spx, spx, facts.market.vix or math.nan, BASE)) - (
        facts.market.vix or math.nan
    )
    per_delta = -points / (ONE_PERCENT * spx * SPX_MULTIPLIER * lots)
    vega_limit = _share(playbook.number(NET_VEGA), frame.risk, "of the greatest loss")
    delta_limit = _share(playbook.number(NET_DELTA), frame.equity, "of the equity")
    each = playbook.number(CONDOR_DELTA)
    return (
        _use(NET_VEGA, bare.vix_up, _by_layer(layers, 1.0), _both_sides(vega_limit), VIX_WORDS),
        _use(NET_DELTA, bare.spx_down, _by_layer(layers, 0.0), _both_sides(delta_limit), SPX_WORDS),
        _use(
            CONDOR_DELTA,
            bare.delta,
            _by_layer(layers, per_delta, ""),
            (known(-each, ""), known(each, "")),
            DELTA_WORDS,
        ),
        _offset(layers, bare.vix_up, playbook),
    )


def _share(percent: float, whole: Figure, of: str) -> Figure:
    return derived(lambda dollars: percent / PERCENT * dollars, "$", f"{percent:g} % {of}", whole)


def _both_sides(limit: Figure) -> tuple[Figure, Figure]:
    return derived(lambda dollars: -dollars, "$", limit.formula, limit), limit


def _by_layer(layers: tuple[LayerSize, ...], scale: float, unit: str = "$") -> dict[int, Figure]:
    """Return what each layer's whole contracts gain for VIX +1 point, times `scale`."""
    formula = "contracts x what one gains"
    return {one.number: derived(lambda dollars: dollars * scale, unit, formula, one.vega) for one in layers}


def _use(
    key: str, condors: Figure, by_layer: Mapping[int, Figure], limits: tuple[Figure, Figure], words: str
) -> BoundUse:
    total = derived(
        lambda *parts: math.fsum(parts), condors.unit, "condors and layers together", condors, *by_layer.values()
    )
    return BoundUse(key, condors, by_layer, total, *limits, words)


def _offset(layers: tuple[LayerSize, ...], vix_up: Figure, playbook: Playbook) -> BoundUse:
    """Return how much of the condors' short vega the layers make up for; nothing to offset is unknown."""
    low, high = (known(playbook.number(f"{OFFSET}_{side}"), "%", "of short vega") for side in ("low", "high"))
    short = vix_up if vix_up.value is None or vix_up.value < 0 else unknown("the condors are not short vega", "$")
    shares = {
        number: derived(lambda gain, loss: -PERCENT * gain / loss, "%", OFFSET_WORDS, gain, short)
        for number, gain in _by_layer(layers, 1.0).items()
    }
    total = derived(lambda *parts: math.fsum(parts[1:]), "%", OFFSET_WORDS, short, *shares.values())
    return BoundUse(OFFSET, known(0.0, "%"), shares, total, low, high, OFFSET_WORDS)


def cut_to_vega(
    layers: tuple[LayerSize, ...], frame: Frame, playbook: Playbook
) -> tuple[tuple[LayerSize, ...], tuple[str, ...]]:
    """Return the layers so small that book and hedge lose no more than the bound for VIX -1 point, and what cut.

    What the condors alone lose for VIX +1 point is not the hedge's to answer for: only a hedge that outgrows it by
    more than the bound is cut, all layers by the same share, down to whole contracts.
    """
    limit = _share(playbook.number(NET_VEGA), frame.risk, "of the greatest loss").value
    bare, gains = frame.greeks.vix_up.value, [one.value for one in _by_layer(layers, 1.0).values()]
    if limit is None or bare is None or None in gains:
        return layers, ()
    total = math.fsum(gain or 0.0 for gain in gains)
    if bare + total <= limit + DUST or total <= 0:
        return layers, ()
    share = max(limit - bare, 0.0) / total
    return scaled_down(layers, share), (NET_VEGA,)
