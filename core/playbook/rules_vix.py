"""What do VIX and EDR say at each close? MACD, RSI, the distance from the mean, the bands and the markers.

Words are -1 unknown, 0 off, 1 on. A missing input makes a rule unknown, never off. Every rule reads only the
session's own past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.rolling import rolling_max, rolling_min
from core.playbook.kleene import OFF, ON, UNKNOWN, all_of, any_of, compared, lagged, negated, words
from core.playbook.ladder import AT_THE_RUNG
from core.playbook.market_keys import CROSS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook

    Words = NDArray[np.int8]
    Floats = NDArray[np.float64]


def macd_above(measured: Measured, _: Playbook) -> Words:
    """Say whether MACD of VIX is above its signal."""
    return compared(measured.macd - measured.macd_signal, measured.macd > measured.macd_signal)


def macd_bullish(measured: Measured, playbook: Playbook) -> Words:
    """Say whether MACD of VIX is above its signal and crossed it within macd.cross_sessions (seed 000)."""
    above = macd_above(measured, playbook)
    crossed = all_of([above, negated(lagged(above, 1))])
    lately = [lagged(crossed, lag) for lag in range(playbook.count("macd.cross_sessions"))]
    return _known_with(above, all_of([above, any_of(lately)]))


def rsi_vix_block(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of VIX is above rsi.vix_high: volatility is overbought (seeds 000, 002)."""
    return compared(measured.rsi_vix, measured.rsi_vix > playbook.number("rsi.vix_high"))


def rsi_vix_up(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of VIX crossed up through rsi.vix_cross on this close (seed 003)."""
    above = _rsi_above(measured, playbook.number("rsi.vix_cross"))
    return _known_with(above, all_of([above, negated(lagged(above, 1))]))


def rsi_vix_down(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of VIX crossed down through rsi.vix_cross or rsi.vix_high on this close (seed 003)."""
    low, high = (_rsi_above(measured, playbook.number(key)) for key in ("rsi.vix_cross", "rsi.vix_high"))
    return _known_with(low, any_of([_crossed_down(low), _crossed_down(high)]))


def rsi_vix_adds(measured: Measured, playbook: Playbook) -> Words:
    """Say whether the last crossing of RSI of VIX added: up through rsi.vix_cross, not down since (seed 003).

    Off at and below rsi.vix_cross. Unknown above it while neither the crossing up nor one down through
    rsi.vix_high can be seen since the last gap.
    """
    above = _rsi_above(measured, playbook.number("rsi.vix_cross"))
    fell = _crossed_down(_rsi_above(measured, playbook.number("rsi.vix_high")))
    index = np.arange(len(above))
    before_run = _last(index, above != ON)
    has_fallen = _last(index, fell == ON) > before_run
    saw_start = (before_run >= 0) & (above[np.maximum(before_run, 0)] == OFF)
    in_run = np.where(has_fallen, OFF, np.where(saw_start, ON, UNKNOWN))
    return np.where(above == ON, in_run, above).astype(np.int8)


def _last(index: NDArray[np.int64], holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each session the last one up to it where the condition holds, -1 before the first."""
    return np.maximum.accumulate(np.where(holds, index, -1)) if len(index) else index


def _rsi_above(measured: Measured, level: float) -> Words:
    return compared(measured.rsi_vix, measured.rsi_vix > level)


def _known_with(today: Words, word: Words) -> Words:
    """Return the word where today's value is known: yesterday's alone could rule a crossing out."""
    return np.where(today == UNKNOWN, UNKNOWN, word).astype(np.int8)


def _crossed_down(above: Words) -> Words:
    return all_of([negated(above), lagged(above, 1)])


def vix_z(measured: Measured) -> Floats:
    """Return how many standard deviations VIX is above its mean, NaN where it has not moved."""
    sd = measured.vix_sd20
    return (measured.vix - measured.vix_sma20) / np.where(sd > 0, sd, np.nan)


def vix_spike(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX is vix.roll_z standard deviations above its mean, or crossed the mean (seed 002).

    Which of the two is vix.mode: "cross" is on only on the close that crosses from below or from the mean.
    """
    if playbook.text("vix.mode") == CROSS:
        lead = measured.vix - measured.vix_sma20
        above = compared(lead, lead > 0)
        return _known_with(above, all_of([above, negated(lagged(above, 1))]))
    z = vix_z(measured)
    return compared(z, z >= playbook.number("vix.roll_z"))


def vix_range_pct(measured: Measured, playbook: Playbook) -> Floats:
    """Return the highest less the lowest close of VIX over vix.ma sessions, in percent of their mean."""
    count = playbook.count("vix.ma")
    spread = rolling_max(measured.vix, count) - rolling_min(measured.vix, count)
    return spread / measured.vix_sma20 * 100.0


def vix_range_bound(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX has kept within a range: then far calls decay slowly (seed 001)."""
    spread = vix_range_pct(measured, playbook)
    return compared(spread, spread < playbook.number("vix.range_pct"))


def settled_band(measured: Measured, playbook: Playbook) -> Floats:
    """Return the VIX band last settled (0 low, 1 middle, 2 high), NaN before the first.

    003: below 15, 15 to 25, above 25. A band is settled after regime.hold_closes closes in it in a row.
    """
    vix, low, high = measured.vix, playbook.number("regime.low_vix"), playbook.number("regime.high_vix")
    band = np.where(np.isfinite(vix), (vix >= low) * 1.0 + (vix > high), np.nan)
    held = playbook.count("regime.hold_closes")
    is_settled = rolling_max(band, held) == rolling_min(band, held)
    last = np.maximum.accumulate(np.where(is_settled, np.arange(len(band)), -1))
    return np.where(last >= 0, band[last], np.nan)


def vix_band_up(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX settled in a higher band than it had settled in within regime.sessions."""
    band, sessions = settled_band(measured, playbook), playbook.count("regime.sessions")
    if not len(band):
        return np.zeros(0, dtype=np.int8)
    earlier = np.concatenate((np.full(sessions, np.nan), band[:-1]))
    before = np.lib.stride_tricks.sliding_window_view(earlier, sessions)
    is_higher = band > np.fmin.reduce(before, axis=1)
    is_told = is_higher | (np.isfinite(band) & np.isfinite(before).all(axis=1))
    return np.where(np.isfinite(measured.vix), words(is_higher, is_told), UNKNOWN).astype(np.int8)


def vix_in_band(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX has settled in a band at all: the first layer of seed 003 is held in each of them."""
    return _band_at_least(measured, playbook, 0)


def vix_band_middle(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX has settled in the middle band or above it."""
    return _band_at_least(measured, playbook, 1)


def vix_band_high(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX has settled in the high band."""
    return _band_at_least(measured, playbook, 2)


def _band_at_least(measured: Measured, playbook: Playbook, least: int) -> Words:
    band = settled_band(measured, playbook)
    return words(band >= least, np.isfinite(band) & np.isfinite(measured.vix))


def edr_high(measured: Measured, playbook: Playbook) -> Words:
    """Say whether EDR is at or above regime.edr."""
    return compared(measured.edr_pct, measured.edr_pct >= playbook.number("regime.edr") - AT_THE_RUNG)


def edr_marker(measured: Measured, playbook: Playbook) -> Words:
    """Say whether EDR is above zones.marker_edr: a public marker, no rule of the seeds."""
    return compared(measured.edr_pct, measured.edr_pct > playbook.number("zones.marker_edr") + AT_THE_RUNG)


def vix_marker(measured: Measured, playbook: Playbook) -> Words:
    """Say whether VIX is above zones.marker_vix: a public marker, no rule of the seeds."""
    return compared(measured.vix, measured.vix > playbook.number("zones.marker_vix"))
