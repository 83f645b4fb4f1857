"""How steady is the hand? The share of duties that were kept, from the log alone; trading more never raises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.discipline.records import DUTY_NAMES, Outcome, Steward, Tally
from core.market.figure import Figure, Input, known, unknown
from core.positions.book import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.discipline.ground import Ground
    from core.discipline.records import Duty

NEEDED_DUTIES = 5
"""Fewer duties than these say nothing (assumption)."""
FORMULA = "100 x duties kept / (kept + missed), of those that the market or a sealed plan asked for"
TARGET_FORMULA = "100 x sessions on which every confirmed layer was held / sessions with a planned condor on"
_LOST = frozenset({Outcome.MISSED, Outcome.OVERRIDDEN})
PERCENT = 100.0


def steward(duties: Sequence[Duty], ground: Ground) -> Steward:
    """Return the score with every duty behind it.

    Only duties that count make up the number that is needed; one that followed nothing can cost, never earn.
    """
    kept = sum(duty.outcome is Outcome.KEPT for duty in duties)
    missed = sum(duty.outcome in _LOST for duty in duties)
    counted = sum(duty.counts and (duty.outcome is Outcome.KEPT or duty.outcome in _LOST) for duty in duties)
    inputs = (Input("kept", float(kept)), Input("missed", float(missed)), Input("counted", float(counted)))
    if counted < NEEDED_DUTIES:
        reason = f"not enough data: {counted} of {NEEDED_DUTIES} duties"
        score = unknown(reason, "%", FORMULA, inputs)
    else:
        score = known(PERCENT * kept / (kept + missed), "%", FORMULA, inputs)
    return Steward(score, tuple(duties), _tallies(duties), counted, NEEDED_DUTIES, at_target(ground))


def _tallies(duties: Iterable[Duty]) -> tuple[Tally, ...]:
    listed = list(duties)
    found = []
    for kind in DUTY_NAMES:
        mine = [duty.outcome for duty in listed if duty.kind == kind]
        lost = sum(one in _LOST for one in mine)
        found.append(Tally(kind, mine.count(Outcome.KEPT), lost, mine.count(Outcome.PENDING)))
    return tuple(found)


def at_target(ground: Ground) -> Figure:
    """Return the share of time at the target, counted in layers (seed 003; dollars of exposure need a replay)."""
    at_risk = ground.planned_risk
    sessions = int(at_risk.sum())
    if sessions < NEEDED_DUTIES:
        return unknown(f"not enough data: {sessions} of {NEEDED_DUTIES} sessions", "%", TARGET_FORMULA)
    enough = np.ones(ground.length, np.bool_)
    for number in LAYER_NUMBERS:
        asked = np.array([ground.confirmed(number, index) for index in range(ground.length)])
        enough &= ~asked | (ground.followed[number - 1] > 0)
    share = PERCENT * int((enough & at_risk).sum()) / sessions
    return known(share, "%", TARGET_FORMULA, (Input("sessions", float(sessions)),))
