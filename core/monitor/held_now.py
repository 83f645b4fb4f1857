"""What does that which is held do now? Shorts in expected moves, time value, convexity, gamma, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.monitor.climate import Climate, climate
from core.monitor.edr_figures import edr_figures
from core.monitor.held_cover import Covered, covered
from core.monitor.held_decay import TimeValue, time_values
from core.monitor.held_shape import Fall, Gamma, falls, gammas
from core.monitor.held_shorts import CondorOdds, CondorShort, condor_odds, condor_shorts
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.risk import Seen, ground_of
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.readings import WORDS
from core.playbook.rules import market_words
from core.playbook.verdict import Says
from core.risk_state import RiskAsked

if TYPE_CHECKING:
    from core.monitor.market_now import Market
    from core.state import Facts

RULES = frozenset({"theta_window", "vix_spike", "vix_range_bound"})
AFTER_SPIKE_SESSIONS = 20
"""VIX back below its mean so soon after a spike is a normalisation (002-5; sessions as the high band's, own)."""


@dataclass(frozen=True, slots=True)
class HeldNow:
    """What is held, measured. `in_window` and `range_bound` are the words of rules, `normalising` on or off.

    `normalising`: VIX closed below its mean within 20 sessions of a spike; outer layers may be harvested then.
    """

    shorts: tuple[CondorShort, ...]
    odds: tuple[CondorOdds, ...]
    times: tuple[TimeValue, ...]
    covered: tuple[Covered, ...]
    falls: tuple[Fall, ...]
    gammas: tuple[Gamma, ...]
    in_window: Says
    range_bound: Says
    normalising: Says
    climate: Climate
    warnings: tuple[str, ...]


def held_now(facts: Facts, condor_id: int | None = None) -> HeldNow:
    """Return what is held at `facts.now`. Raises NoCondorError for a condor that is not open."""
    facts = up_to_date(facts)
    return held_of(read_market(facts, live_session(facts)), condor_id)


def held_of(market: Market, condor_id: int | None = None) -> HeldNow:
    """Return what is held, of the whole book or of one condor with its own layers."""
    edr_points = edr_figures(market)[1]
    ground = ground_of(Seen(market.facts, market, edr_points), RiskAsked(condor_id=condor_id))
    shorts, times = condor_shorts(ground, edr_points), time_values(ground)
    bends = gammas(ground, edr_points)
    words = _words(market)
    return HeldNow(
        shorts,
        condor_odds(shorts),
        times,
        covered(ground),
        falls(ground),
        bends,
        words["theta_window"],
        words["vix_range_bound"],
        words["normalising"],
        climate(market),
        warnings_of(shorts, times, bends, words["theta_window"]),
    )


def _words(market: Market) -> dict[str, Says]:
    """Return the words of the last session."""
    past, facts = market.facts.past, market.facts
    if not past.history.length:
        return dict.fromkeys((*RULES, "normalising"), Says.UNKNOWN)
    found = market_words(past.measured, facts.playbook, facts.event_days, RULES)
    last = {name: WORDS[int(found[name][-1])] for name in RULES}
    spikes = found["vix_spike"][-AFTER_SPIKE_SESSIONS:]
    vix, mean = past.measured.vix[-1], past.measured.vix_sma20[-1]
    if not np.isfinite(vix) or not np.isfinite(mean) or (not (spikes == ON).any() and (spikes == UNKNOWN).any()):
        return last | {"normalising": Says.UNKNOWN}
    return last | {"normalising": Says.ON if (spikes == ON).any() and vix < mean else Says.OFF}


def warnings_of(
    shorts: tuple[CondorShort, ...], times: tuple[TimeValue, ...], bends: tuple[Gamma, ...], window: Says
) -> tuple[str, ...]:
    """Return what a trader should know, one sentence each."""
    inside = [
        f"condor {one.condor_id}: the short {one.side} {one.strike:g} stands inside the expected move, "
        f"{one.multiple.value:.2f} x EDR sqrt({one.sessions})"
        for one in shorts
        if one.is_inside
    ]
    dear = [
        f"layer {one.number} decays by {one.of_condors_pct.value:.0f} % of what the condors gain a day"
        for one in times
        if one.is_dear
    ]
    here = bends[0]
    gamma = [
        f"temporal-theta window: gamma with layers 1 to {number} is -${-value.value:,.0f}, not above 0"
        for number, value in here.with_layers.items()
        if window is Says.ON and number == 2 and value.value is not None and value.value <= 0
    ]
    return (*inside, *dear, *gamma)
