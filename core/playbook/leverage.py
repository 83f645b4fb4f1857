"""How much may the private leverage layer add? A share of the hedge's own outlay, nothing unless it is asked for.

Seed 000 wants "controlled leverage within risk parameters": `pll.cap` is a hard stop, off (0) by default, and
nothing beside it adds leverage. It is measured against premium, for that is what can be lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown

if TYPE_CHECKING:
    from core.playbook.layer_sizes import LayerSize
    from core.playbook.parameters import Playbook

PERCENT = 100.0
CAP = "pll.cap x premium of the layers"
WHOLE = "whole contracts of the outermost layer within the cap"


@dataclass(frozen=True, slots=True)
class Leverage:
    """The cap in dollars of premium, and what it buys: contracts of the outermost layer and their premium."""

    cap_pct: float
    cap: Figure
    contracts: Figure
    premium: Figure
    text: str


def leverage(layers: tuple[LayerSize, ...], premium: Figure, playbook: Playbook) -> Leverage:
    """Return what the private leverage layer may add to these layers, whose premium is given in dollars."""
    share = playbook.number("pll.cap")
    if premium.value is None or not layers:
        why = premium.unknown or "no layer is asked for"
        return Leverage(share, unknown(why, "$", CAP), unknown(why, "contracts"), unknown(why, "$"), "")
    cap, hedge = share / PERCENT * premium.value, layers[-1].hedge
    count = math.floor(cap / hedge.outlay + 1e-9) if hedge.outlay > 0 else 0
    return Leverage(
        share,
        known(cap, "$", CAP),
        known(float(count), "contracts", WHOLE),
        known(count * hedge.outlay, "$", WHOLE),
        hedge.text,
    )
