"""Does breadth confirm the index? The A/D line, ratio-adjusted net advances, and the divergence detector."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from core.measures.rolling import change_over, rolling_max, rolling_min, rolling_sum, run_starts, z_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.market.series import History
    from core.measures.settings import MeasureSettings

    Floats = NDArray[np.float64]

UNIVERSES_IN_ORDER = ("NYSE", "SP500")


class DivergenceKind(IntEnum):
    """What the detector of playbook section 3 found on a day; UNKNOWN where its window has a gap."""

    UNKNOWN = -1
    NONE = 0
    BEARISH = 1
    BULLISH = 2
    SLOPE = 3


class Grade(IntEnum):
    """How strong a divergence is."""

    UNKNOWN = -1
    NONE = 0
    MINOR = 1
    MODERATE = 2
    PRONOUNCED = 3


@dataclass(frozen=True)
class Divergence:
    """One element a session: DivergenceKind, d in standard deviations, length of the run, Grade."""

    kind: NDArray[np.int8]
    d: Floats
    sessions: NDArray[np.int32]
    grade: NDArray[np.int8]


def advances_declines(history: History, universe: str) -> tuple[Floats, Floats]:
    """Return the advances and declines of a universe, NaN on both where either is missing."""
    advances = history.column(f"BREADTH:{universe}.advances")
    declines = history.column(f"BREADTH:{universe}.declines")
    known = np.isfinite(advances) & np.isfinite(declines)
    return np.where(known, advances, np.nan), np.where(known, declines, np.nan)


def latest_universe(history: History) -> str:
    """Return the universe whose last value is the latest, "" if none has any.

    Of several with the same last session: NYSE, then SP500, then by name.
    """
    best, found = -1, ""
    fixed = {name: place for place, name in enumerate(UNIVERSES_IN_ORDER)}
    for name in sorted(history.universes(), key=lambda name: (fixed.get(name, len(fixed)), name)):
        known = np.flatnonzero(np.isfinite(advances_declines(history, name)[0]))
        if len(known) and known[-1] > best:
            best, found = int(known[-1]), name
    return found


def ad_line(advances: Floats, declines: Floats, before: float = 0.0) -> Floats:
    """Return the cumulative sum of advances less declines, in stocks; it restarts from 0 after a gap.

    `before` is the level before the first session, for a history that is the end of a longer one.
    """
    net = advances - declines
    known = np.isfinite(net)
    total = np.cumsum(np.where(known, net, 0.0))
    begins = known & ~np.concatenate(([False], known[:-1]))
    start = run_starts(begins)
    level = total - (total - np.where(known, net, 0.0))[start]
    if len(known) and known[0]:
        level = level + np.where(start == 0, before, 0.0)
    return np.where(known, level, np.nan)


def rana(advances: Floats, declines: Floats) -> Floats:
    """Return ratio-adjusted net advances (A - D) / (A + D), -1 to 1; NaN where nothing moved."""
    moved = advances + declines
    return (advances - declines) / np.where(moved > 0, moved, np.nan)


def divergence(spx: Floats, line: Floats, net: Floats, settings: MeasureSettings) -> Divergence:
    """Return what the detector of playbook section 3 finds.

    `spx` closes, `line` the A/D line, `net` RANA. The kind is unknown where a lookback window has a gap,
    d where the last `ad_z` values of either 5-day change are not all there.
    """
    price_move = change_over(spx, settings.ad_window)
    breadth_move = rolling_sum(net, settings.ad_window)
    kind = _kind(spx, line, price_move, breadth_move, settings)
    d = z_score(price_move, settings.ad_z) - z_score(breadth_move, settings.ad_z)
    index = np.arange(len(kind))
    begins = np.concatenate(([True], kind[1:] != kind[:-1]))[: len(kind)]
    length = index - run_starts(begins) + 1
    sessions = np.where(kind > DivergenceKind.NONE, length, 0).astype(np.int32)
    return Divergence(kind, d, sessions, _grade(kind, d, sessions, settings))


def _kind(
    spx: Floats, line: Floats, price_move: Floats, breadth_move: Floats, settings: MeasureSettings
) -> NDArray[np.int8]:
    short, long = settings.ad_window, settings.ad_lookback
    bearish = (rolling_max(spx, short) >= rolling_max(spx, long)) & (
        rolling_max(line, short) < rolling_max(line, long)
    )
    bullish = (rolling_min(spx, short) <= rolling_min(spx, long)) & (
        rolling_min(line, short) > rolling_min(line, long)
    )
    slope = (price_move > 0) & (breadth_move < 0)
    windows = rolling_sum(spx, long) + rolling_sum(line, long) + price_move + breadth_move
    found = np.select(
        [~np.isfinite(windows), bearish, bullish, slope],
        [DivergenceKind.UNKNOWN, DivergenceKind.BEARISH, DivergenceKind.BULLISH, DivergenceKind.SLOPE],
        DivergenceKind.NONE,
    )
    return found.astype(np.int8)


def _grade(
    kind: NDArray[np.int8], d: Floats, sessions: NDArray[np.int32], settings: MeasureSettings
) -> NDArray[np.int8]:
    strength = np.where(kind == DivergenceKind.BULLISH, -d, d)
    found = np.select(
        [
            kind == DivergenceKind.UNKNOWN,
            kind == DivergenceKind.NONE,
            (strength >= settings.ad_pronounced) | (sessions >= settings.ad_pronounced_sessions),
            np.isnan(strength),
            strength >= settings.ad_moderate,
            strength >= settings.ad_minor,
        ],
        [Grade.UNKNOWN, Grade.NONE, Grade.PRONOUNCED, Grade.UNKNOWN, Grade.MODERATE, Grade.MINOR],
        Grade.NONE,
    )
    return found.astype(np.int8)
