"""How far does a hedge reach? The share of the risk that its contracts gain in the design stress."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import BASE, HIGH, LOW, vix_at
from core.playbook.exposure import PERCENT
from core.playbook.sizing_frame import derived
from core.playbook.stress import gains_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.playbook.layer_sizes import LayerSize
    from core.playbook.sizing_frame import Frame
    from core.playbook.stress import Stress

RESPONSES = MappingProxyType({"low": LOW, "base": BASE, "high": HIGH})
NO_STRESS = "no condor has a put spread: there is no design stress"


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of the risk the whole contracts cover in the design stress under one VIX response, in percent.

    `by_layer` are the dollars that each layer gains in the one of the two stresses that `sizing.stress` names.
    """

    response: str
    vix: Figure
    day_pct: Figure
    expiry_pct: Figure
    by_layer: Mapping[int, Figure]


def design_level(frame: Frame) -> Figure:
    """Return the SPX of the design stress."""
    if frame.expiry is None:
        return unknown(NO_STRESS, "points")
    return known(frame.expiry.spx, "points", "the highest long put: the first condor to lose all that it can")


def reaches(layers: tuple[LayerSize, ...], frame: Frame) -> tuple[Reach, ...]:
    """Return the coverage under the low, base and high VIX response, a day on and at the condor's expiry."""
    day = _covered(layers, frame.day, frame, "one day on")
    expiry = _covered(layers, frame.expiry, frame, "at the condor's expiry")
    gains = {one.number: _gains(one, frame) for one in layers}
    return tuple(
        Reach(name, _vix(name, frame), day[name], expiry[name], {k: each[name] for k, each in gains.items()})
        for name in RESPONSES
    )


def _gains(layer: LayerSize, frame: Frame) -> dict[str, Figure]:
    """Return the dollars that a layer's whole contracts gain in the sized stress, by response."""
    formula = "gain of the layer's whole contracts in the design stress"
    if frame.stress is None:
        return dict.fromkeys(RESPONSES, unknown(NO_STRESS, "$", formula))
    each = gains_in([(layer.hedge, 1.0)], frame.stress, frame.market, [*RESPONSES.values()]).tolist()
    return {
        name: derived(lambda n, gain=gain: n * gain, "$", formula, layer.contracts)
        for name, gain in zip(RESPONSES, each, strict=True)
    }


def _vix(name: str, frame: Frame) -> Figure:
    spx0, vix0 = frame.market.spx or math.nan, frame.market.vix or math.nan
    return derived(
        lambda spx: float(vix_at(spx, spx0, vix0, RESPONSES[name])),
        "points",
        f"VIX at the design stress, {name} response",
        design_level(frame),
    )


def _covered(layers: tuple[LayerSize, ...], stress: Stress | None, frame: Frame, when: str) -> dict[str, Figure]:
    """Return the coverage in one stress by response."""
    formula = f"gain of the whole contracts / risk, {when}"
    if stress is None:
        return dict.fromkeys(RESPONSES, unknown(NO_STRESS, "%", formula))
    missing = next((layer.contracts.unknown for layer in layers if layer.contracts.value is None), "")
    if missing:
        return dict.fromkeys(RESPONSES, unknown(missing, "%", formula))
    held = [(layer.hedge, layer.contracts.value or 0.0) for layer in layers]
    gains = gains_in(held, stress, frame.market, [*RESPONSES.values()]).tolist()
    return {
        name: derived(lambda risk, gain=gain: PERCENT * gain / risk, "%", formula, frame.risk)
        for name, gain in zip(RESPONSES, gains, strict=True)
    }
