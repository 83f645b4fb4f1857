"""How far does a hedge reach? The share of the risk that its contracts gain in the design stress."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import BASE, HIGH, LOW, vix_at
from core.playbook.exposure import PERCENT
from core.playbook.hedge import gain_in
from core.playbook.sizing_frame import derived

if TYPE_CHECKING:
    from core.measures.spot_vol import Response
    from core.playbook.hedge import Stress
    from core.playbook.layer_sizes import LayerSize
    from core.playbook.sizing_frame import Frame

RESPONSES = MappingProxyType({"low": LOW, "base": BASE, "high": HIGH})
NO_STRESS = "no condor has a put spread: there is no design stress"


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of the risk the whole contracts cover in the design stress under one VIX response, in percent."""

    response: str
    vix: Figure
    day_pct: Figure
    expiry_pct: Figure


def design_level(frame: Frame) -> Figure:
    """Return the SPX of the design stress."""
    if frame.expiry is None:
        return unknown(NO_STRESS, "points")
    return known(frame.expiry.spx, "points", "the highest long put: the first condor to lose all that it can")


def reaches(layers: tuple[LayerSize, ...], frame: Frame) -> tuple[Reach, ...]:
    """Return the coverage under the low, base and high VIX response, a day on and at the condor's expiry."""
    return tuple(
        Reach(
            name,
            _vix(name, frame),
            _covered(layers, frame.day, response, frame, "one day on"),
            _covered(layers, frame.expiry, response, frame, "at the condor's expiry"),
        )
        for name, response in RESPONSES.items()
    )


def _vix(name: str, frame: Frame) -> Figure:
    spx0, vix0 = frame.market.spx or math.nan, frame.market.vix or math.nan
    return derived(
        lambda spx: float(vix_at(spx, spx0, vix0, RESPONSES[name])),
        "points",
        f"VIX at the design stress, {name} response",
        design_level(frame),
    )


def _covered(
    layers: tuple[LayerSize, ...], stress: Stress | None, response: Response, frame: Frame, when: str
) -> Figure:
    formula = f"gain of the whole contracts / risk, {when}"
    if stress is None:
        return unknown(NO_STRESS, "%", formula)
    gains = [gain_in(frame.hedges[layer.number], stress, frame.market, response) for layer in layers]
    return derived(
        lambda risk, *counts: PERCENT * sum(n * gain for n, gain in zip(counts, gains, strict=True)) / risk,
        "%",
        formula,
        frame.risk,
        *(layer.contracts for layer in layers),
    )
