"""How large was EDR on the journal's days? By formula and rung, and around announcements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.edr import FORMULAS, edr_pct, multiplier_of
from core.playbook.ladder import AT_THE_RUNG, rung_level
from core.playbook.parameters import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook

PERCENT = 100.0
NO_SESSION = "no session of the span is known"


@dataclass(frozen=True, slots=True)
class RungShare:
    """On which share of the known days EDR by one formula is at or above a rung; percent."""

    formula: str
    text: str
    days: int
    rung_pct: Mapping[float, Figure]


@dataclass(frozen=True, slots=True)
class EventStudy:
    """The mean EDR of the sessions at some distance from an announcement, beside all other sessions; percent.

    `away` maps -1, 0 and 1 (the session before, of and after) to the mean over `count` of a kind.
    """

    kind: str
    count: int
    away: Mapping[int, Figure]
    others: Figure


def share_of(holds: NDArray[np.bool_], of: str) -> Figure:
    """Return in how many percent of some sessions a condition holds."""
    return known(PERCENT * float(holds.mean()), "%", of) if len(holds) else unknown(NO_SESSION, "%", of)


def rung_shares(measured: Measured, playbook: Playbook, span: slice) -> tuple[RungShare, ...]:
    """Return the share of days on each rung of the ladder for every formula of EDR, by the playbook's multiplier.

    The choice of formula alone decides how often the ladder is on: this is to be seen beside it.
    """
    rungs = [rung_level(number, playbook) for number in LAYER_NUMBERS]
    found = []
    for name, formula in FORMULAS.items():
        inputs = (measured.vix9d_used[span], measured.hv20_pct[span], measured.vix[span])
        multiplier = multiplier_of(name, playbook.number("edr.mult"), measured.spx, measured.vix)
        edr = edr_pct(name, multiplier if isinstance(multiplier, float) else multiplier[span], *inputs)
        closes = edr[np.isfinite(edr)]
        shares = {rung: share_of(closes >= rung - AT_THE_RUNG, "of the known days") for rung in rungs}
        found.append(RungShare(name, formula.text, len(closes), shares))
    return tuple(found)


def event_study(measured: Measured, kind: str, days: NDArray[np.datetime64], span: slice) -> EventStudy:
    """Return EDR on the sessions before, of and after the announcements of a kind, and on all others (000-23)."""
    history = measured.history
    meets = np.searchsorted(history.calendar.days, np.asarray(days, dtype="datetime64[D]")) - history.first
    within = np.zeros(history.length, dtype=np.bool_)
    within[span] = True
    edr = measured.edr_pct
    near, away = np.zeros(history.length, dtype=np.bool_), {}
    for step in (-1, 0, 1):
        at = np.intersect1d(meets + step, np.flatnonzero(within))
        near[at] = True
        away[step] = _mean(edr[at])
    count = int(np.isin(meets, np.flatnonzero(within)).sum())
    return EventStudy(kind, count, away, _mean(edr[within & ~near]))


def _mean(values: NDArray[np.float64]) -> Figure:
    held = values[np.isfinite(values)]
    formula = "mean EDR of these sessions"
    return known(float(held.mean()), "%", formula) if len(held) else unknown(NO_SESSION, "%", formula)
