"""When is a layer's own rung on? At its level, until EDR has been clearly below it for some closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.kleene import ON, UNKNOWN
from core.playbook.ladder import AT_THE_RUNG, rung_level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.playbook.parameters import Playbook

    Words = NDArray[np.int8]

EDR_RUNG = "edr_rung"


@dataclass(frozen=True)
class RungLatch:
    """Memory of one rung at each close: whether it is on, and how many closes in a row were below it."""

    is_on: NDArray[np.bool_]
    closes_below: NDArray[np.int32]


def rung_latch(
    edr_pct: NDArray[np.float64],
    number: int,
    playbook: Playbook,
    *,
    was_on: bool = False,
    was_below: int = 0,
) -> RungLatch:
    """Return the latch of a layer's own rung over closes of EDR (percent), from the memory before the first.

    On when EDR reaches the rung; off after ladder.hysteresis_closes known closes in a row that are more than
    ladder.hysteresis below it. An unknown close leaves the memory as it is.
    """
    rung = rung_level(number, playbook)
    known = np.isfinite(edr_pct)
    closes = edr_pct[known]
    at = np.arange(len(closes))
    is_low = closes < rung - playbook.number("ladder.hysteresis") - AT_THE_RUNG
    last_high = np.maximum.accumulate(np.where(is_low, -1, at))
    below = np.where(is_low, at - last_high + np.where(last_high < 0, was_below, 0), 0)
    sets = closes >= rung - AT_THE_RUNG
    switches = sets | (below >= playbook.count("ladder.hysteresis_closes"))
    last = np.maximum.accumulate(np.where(switches, at, -1))
    is_on = np.where(last >= 0, sets[last], was_on) if len(closes) else sets
    position = np.cumsum(known)
    return RungLatch(
        np.concatenate(([was_on], is_on))[position].astype(np.bool_),
        np.concatenate(([was_below], below))[position].astype(np.int32),
    )


def rung_words(edr_pct: NDArray[np.float64], latch: RungLatch) -> Words:
    """Return what the EDR rung says at each close: the latch where EDR is known."""
    return np.where(np.isfinite(edr_pct), latch.is_on * ON, UNKNOWN).astype(np.int8)
