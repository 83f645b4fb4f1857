"""How much of the condors' greatest loss would the layers held make good, in the design stress of sizing?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, unknown
from core.playbook.sizing_frame import PERCENT, derived, risk_of
from core.positions.contract import expiry_moment
from core.risk_state import RESPONSES
from core.valuation.hedge_leg import put_wing

if TYPE_CHECKING:
    from datetime import datetime

    from core.monitor.risk_ground import Ground

COVERED = "gain of all layers from here to SPX at the highest long put / the condors' greatest loss"
NO_WING = "no condor has a put spread: there is no design stress"


@dataclass(frozen=True, slots=True)
class Covered:
    """What all held layers cover under one VIX response, percent of the risk: a day on and at that expiry.

    Every kind of leg counts, SPX put spreads too (002-4).
    """

    response: str
    day_pct: Figure
    expiry_pct: Figure


def covered(ground: Ground) -> tuple[Covered, ...]:
    """Return the coverage of what is held under the low, base and high response."""
    winged = [(put_wing(condor), condor) for condor in ground.book.condors]
    found = [(wing[0], condor.id, condor) for wing, condor in winged if wing is not None]
    if not found:
        nothing = unknown(NO_WING, "%", COVERED)
        return tuple(Covered(name, nothing, nothing) for name in RESPONSES)
    level, _, condor = max(found, key=lambda one: one[:2])
    settles = expiry_moment(condor.legs[0].contract, ground.market.calendar)
    moments = (ground.now + timedelta(days=1), settles or ground.now)
    risk = risk_of(ground.book.condors)
    return tuple(
        Covered(name, *(_share(ground, index, level, when, risk) for when in moments))
        for index, name in enumerate(RESPONSES)
    )


def _share(ground: Ground, index: int, level: float, when: datetime, risk: Figure) -> Figure:
    if when <= ground.now:
        return unknown("the condor has expired", "%", COVERED)
    response = ground.market.responses.responses[index]
    here, there = np.array([ground.table.spx0]), np.array([level])
    before = ground.profits(here, ground.line(here, response), ground.now, response)[1:].sum()
    after = ground.profits(there, ground.line(there, response), when, response)[1:].sum()
    reasons = [ground.why(group, when) for group in ground.groups[1:]]
    gain = ground.dollars(float(after - before), next(filter(None, reasons), ""), COVERED)
    return derived(lambda dollars, whole: PERCENT * dollars / whole, "%", COVERED, gain, risk)
