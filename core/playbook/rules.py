"""Which rules may a playbook's trees name, and what do all of them say at each close?

A missing input makes a rule unknown, never off. Every rule reads only the session's own past, and for the
windows the calendar, which is known in advance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.playbook import rules_market as market
from core.playbook import rules_vix as vix
from core.playbook.kleene import any_of, count_at_least
from core.playbook.parameter import ASSUMPTION
from core.playbook.rules_calendar import EVENT_RULES, calendar_words
from core.playbook.rung import EDR_RUNG

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events

    Words = NDArray[np.int8]

NO_EVENTS: Events = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name, what a trader calls it, and the seed that asks for it (or "assumption")."""

    name: str
    title: str
    source: str


MARKET_RULES: tuple[Callable[[Measured, Playbook], Words], ...] = (
    market.ad_divergence,
    market.ad_minor,
    market.ad_moderate,
    market.ad_pronounced,
    market.ad_confirmed,
    market.ad_realigned,
    market.rsi_spx_low,
    market.backwardation,
    market.steeper_10y2y,
    market.steeper_10y3m,
    vix.macd_bullish,
    vix.rsi_vix_block,
    vix.rsi_vix_up,
    vix.rsi_vix_down,
    vix.rsi_vix_adds,
    vix.vix_spike,
    vix.vix_range_bound,
    vix.vix_in_band,
    vix.vix_band_middle,
    vix.vix_band_high,
    vix.edr_marker,
    vix.vix_marker,
    vix.vix_band_up,
    market.vx_inverted,
    market.rv_above_iv,
    vix.edr_high,
)
"""The rules of one closed form that say the same for every layer; the EDR rung is each layer's own."""

COUNTED = MappingProxyType(
    {
        "regime_shift": (("vix_band_up", "vx_inverted", "rv_above_iv", "edr_high"), "regime.needed"),
        "three_lights": (("macd_bullish", "rsi_vix_block", "ad_divergence"), "lights.needed"),
    }
)
"""Rules that are on where enough of their signs are: the signs, and the parameter that says how many."""

STEEPENING = ("steeper_10y2y", "steeper_10y3m")

_TITLES = (
    Rule(EDR_RUNG, "EDR rung", "000"),
    Rule("ad_divergence", "A/D divergence", "004"),
    Rule("ad_minor", "A/D divergence, minor or more", "004"),
    Rule("ad_moderate", "A/D divergence, moderate or more", "004"),
    Rule("ad_pronounced", "A/D divergence, pronounced", "004"),
    Rule("ad_confirmed", "A/D divergence, confirmed", ASSUMPTION),
    Rule("ad_realigned", "A/D realigned", "004"),
    Rule("rsi_spx_low", "RSI of SPX low", "001"),
    Rule("backwardation", "VX backwardation", "001"),
    Rule("macd_bullish", "MACD of VIX bullish", "000"),
    Rule("rsi_vix_block", "RSI of VIX high", "000"),
    Rule("rsi_vix_up", "RSI of VIX crossed up", "003"),
    Rule("rsi_vix_down", "RSI of VIX crossed down", "003"),
    Rule("rsi_vix_adds", "RSI of VIX adds", "003"),
    Rule("vix_spike", "VIX far above its mean", "002"),
    Rule("vix_range_bound", "VIX range-bound", "001"),
    Rule("three_lights", "MACD, RSI and A/D", "002"),
    Rule("regime_shift", "regime shift", "001"),
    Rule("vix_band_up", "VIX moved up a band", "003"),
    Rule("vix_in_band", "VIX in a band", "003"),
    Rule("vix_band_middle", "VIX in the middle band or above", "003"),
    Rule("vix_band_high", "VIX in the high band", "003"),
    Rule("vx_inverted", "VX1 above VX2", "001"),
    Rule("rv_above_iv", "realised above implied", "004"),
    Rule("edr_high", "EDR high", "000"),
    Rule("edr_marker", "EDR above its marker", ASSUMPTION),
    Rule("vix_marker", "VIX above its marker", ASSUMPTION),
    Rule("steeper_10y2y", "10y-2y steeper", "002"),
    Rule("steeper_10y3m", "10y-3m steeper", "002"),
    Rule("curve_steepening", "yield curve steepens", "002"),
    Rule("fomc_window", "around FOMC", "000"),
    Rule("cpi_window", "around CPI", "000"),
    Rule("ppi_window", "around PPI", "000"),
    Rule("event_window", "around FOMC, CPI or PPI", "000"),
    Rule("theta_window", "before a major expiry", "001"),
)
RULES = MappingProxyType({rule.name: rule for rule in _TITLES})
"""The rules that a playbook's trees may name."""


def market_words(
    measured: Measured, playbook: Playbook, events: Events = NO_EVENTS, only: frozenset[str] | None = None
) -> dict[str, Words]:
    """Return the words of every rule but the EDR rung, by name; with `only`, at least of those and of their signs.

    `events` has the days of FOMC, CPI and PPI; a kind without a list is unknown. A counted rule
    (`regime_shift`, seed 001; `three_lights`, seed 002) is on where enough of its signs are.
    """
    wanted = _with_signs(only)
    found = {rule.__name__: rule(measured, playbook) for rule in MARKET_RULES if rule.__name__ in wanted}
    if "curve_steepening" in wanted:
        found["curve_steepening"] = any_of([found[name] for name in STEEPENING])
    if wanted & _WINDOWS:
        found |= calendar_words(measured, playbook, events)
    for name in COUNTED.keys() & wanted:
        signs, needed = COUNTED[name]
        found[name] = count_at_least([found[sign] for sign in signs], playbook.count(needed))
    return found


_WINDOWS = frozenset({*EVENT_RULES, "event_window", "theta_window"})


@lru_cache(maxsize=8)
def _with_signs(only: frozenset[str] | None) -> frozenset[str]:
    """Return the names with those of the rules that they are made of."""
    if only is None:
        return frozenset(RULES)
    signs = {sign for name in COUNTED.keys() & only for sign in COUNTED[name][0]}
    return only | signs | (frozenset(STEEPENING) if "curve_steepening" in only else frozenset())
