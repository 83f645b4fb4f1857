"""What does each rule say at each close? Small pure functions over the measures: -1 unknown, 0 off, 1 on.

A missing input makes a rule unknown, never off. Every rule reads only the session's own past.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.measures.breadth import DivergenceKind, Grade
from core.measures.rolling import rolling_max, rolling_min
from core.playbook.kleene import ON, UNKNOWN, all_of, any_of, compared, count_at_least, lagged, negated, words
from core.playbook.ladder import AT_THE_RUNG, rung_level

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook

    Words = NDArray[np.int8]

EDR_RUNG = "edr_rung"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name, what a trader calls it, and the seed that asks for it (or "assumption")."""

    name: str
    title: str
    source: str


def ad_divergence(measured: Measured, playbook: Playbook) -> Words:
    """Say whether breadth fails to confirm SPX: bearish or slope divergence of the grade that arms (seed 004)."""
    least = Grade[playbook.text("ad.arms_grade").upper()]
    kind, grade = measured.divergence, measured.divergence_grade
    is_warning = (kind == DivergenceKind.BEARISH) | (kind == DivergenceKind.SLOPE)
    is_known = (kind != DivergenceKind.UNKNOWN) & (~is_warning | (grade != Grade.UNKNOWN))
    return words(is_warning & (grade >= least), is_known)


def rsi_spx_low(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of SPX is below rsi.spx_low (seed 001)."""
    return compared(measured.rsi_spx, measured.rsi_spx < playbook.number("rsi.spx_low"))


def backwardation(measured: Measured, playbook: Playbook) -> Words:
    """Say whether the rule pair of VIX futures is in backwardation by more than backwardation.pct (seed 001)."""
    pair = measured.rule_backwardation_pct
    return compared(pair, pair > playbook.number("backwardation.pct"))


def macd_above(measured: Measured, _: Playbook) -> Words:
    """Say whether MACD of VIX is above its signal."""
    return compared(measured.macd - measured.macd_signal, measured.macd > measured.macd_signal)


def macd_bullish(measured: Measured, playbook: Playbook) -> Words:
    """Say whether MACD of VIX is above its signal and crossed it within macd.cross_sessions (seed 000)."""
    above = macd_above(measured, playbook)
    crossed = all_of([above, negated(lagged(above, 1))])
    lately = [lagged(crossed, lag) for lag in range(playbook.count("macd.cross_sessions"))]
    return np.where(above == UNKNOWN, UNKNOWN, all_of([above, any_of(lately)])).astype(np.int8)


def rsi_vix_block(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of VIX is above rsi.vix_high: volatility is overbought (seeds 000, 002)."""
    return compared(measured.rsi_vix, measured.rsi_vix > playbook.number("rsi.vix_high"))


def vix_band_up(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX settled in a higher band (003: below 15, 15 to 25, above 25) than lately.

    A band is settled after regime.hold_closes closes in it in a row, and stays so until another is; "lately"
    is the last regime.sessions sessions.
    """
    band = settled_band(measured, playbook)
    higher = []
    for lag in range(1, playbook.count("regime.sessions") + 1):
        before = np.concatenate((np.full(lag, np.nan), band))[: len(band)]
        higher.append(words(band > before, np.isfinite(band) & np.isfinite(before)))
    is_known = np.isfinite(measured.vix)
    return np.where(is_known, any_of(higher), UNKNOWN).astype(np.int8)


def settled_band(measured: Measured, playbook: Playbook) -> NDArray[np.float64]:
    """Return the VIX band last settled (0 low, 1 middle, 2 high), NaN before the first."""
    vix, low, high = measured.vix, playbook.number("regime.low_vix"), playbook.number("regime.high_vix")
    band = np.where(np.isfinite(vix), (vix >= low) * 1.0 + (vix > high), np.nan)
    held = playbook.count("regime.hold_closes")
    is_settled = rolling_max(band, held) == rolling_min(band, held)
    last = np.maximum.accumulate(np.where(is_settled, np.arange(len(band)), -1))
    return np.where(last >= 0, band[last], np.nan)


def vx_inverted(measured: Measured, _: Playbook) -> Words:
    """Say whether VX1 is above VX2."""
    return compared(measured.backwardation_pct, measured.backwardation_pct > 0)


def rv_above_iv(measured: Measured, playbook: Playbook) -> Words:
    """Say whether realised volatility exceeds VIX by more than rv_iv.shrink percent (seed 004)."""
    return compared(measured.rv_iv_pct, measured.rv_iv_pct > playbook.number("rv_iv.shrink"))


def edr_high(measured: Measured, playbook: Playbook) -> Words:
    """Say whether EDR is at or above regime.edr."""
    return compared(measured.edr_pct, measured.edr_pct >= playbook.number("regime.edr") - AT_THE_RUNG)


REGIME_CONDITIONS: tuple[Callable[[Measured, Playbook], Words], ...] = (
    vix_band_up,
    vx_inverted,
    rv_above_iv,
    edr_high,
)


MARKET_RULES: tuple[Callable[[Measured, Playbook], Words], ...] = (
    ad_divergence,
    rsi_spx_low,
    backwardation,
    macd_bullish,
    rsi_vix_block,
)
"""The rules that say the same for every layer; the EDR rung is each layer's own."""

_TITLES = (
    Rule(EDR_RUNG, "EDR rung", "000"),
    Rule("ad_divergence", "A/D divergence", "004"),
    Rule("rsi_spx_low", "RSI of SPX low", "001"),
    Rule("backwardation", "VX backwardation", "001"),
    Rule("macd_bullish", "MACD of VIX bullish", "000"),
    Rule("rsi_vix_block", "RSI of VIX high", "000"),
    Rule("regime_shift", "regime shift", "001"),
    Rule("vix_band_up", "VIX moved up a band", "003"),
    Rule("vx_inverted", "VX1 above VX2", "001"),
    Rule("rv_above_iv", "realised above implied", "004"),
    Rule("edr_high", "EDR high", "000"),
)
RULES = MappingProxyType({rule.name: rule for rule in _TITLES})
"""The rules that a playbook's trees may name."""


def market_words(measured: Measured, playbook: Playbook) -> dict[str, Words]:
    """Return the words of every rule but the EDR rung, by name.

    `regime_shift` is on where regime.needed of its four conditions are (seed 001; the test of playbook 7.3).
    """
    found = {rule.__name__: rule(measured, playbook) for rule in (*MARKET_RULES, *REGIME_CONDITIONS)}
    conditions = [found[rule.__name__] for rule in REGIME_CONDITIONS]
    return {**found, "regime_shift": count_at_least(conditions, playbook.count("regime.needed"))}


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
