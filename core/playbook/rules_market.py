"""What do SPX, breadth, the futures curve and rates say at each close? Words are -1 unknown, 0 off, 1 on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.breadth import DivergenceKind, Grade
from core.measures.rolling import rolling_max
from core.measures.volatility import hv_pct, rv_iv_pct
from core.playbook.kleene import any_of, compared, words
from core.playbook.market_keys import RV20_VIX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.playbook.parameters import Playbook

    Words = NDArray[np.int8]
    Floats = NDArray[np.float64]

SHORT_HV_SESSIONS = 10
LONG_RATE = "DGS10"
SHORT_RATES = {"steeper_10y2y": "DGS2", "steeper_10y3m": "DGS3MO"}


def rsi_spx_low(measured: Measured, playbook: Playbook) -> Words:
    """Say whether RSI of SPX is below rsi.spx_low (seed 001)."""
    return compared(measured.rsi_spx, measured.rsi_spx < playbook.number("rsi.spx_low"))


def is_warning(measured: Measured) -> NDArray[np.bool_]:
    """Return where breadth fails to confirm SPX: a bearish or a slope divergence."""
    kind = measured.divergence
    return np.asarray((kind == DivergenceKind.BEARISH) | (kind == DivergenceKind.SLOPE))


def ad_divergence(measured: Measured, playbook: Playbook) -> Words:
    """Say whether breadth fails to confirm SPX: bearish or slope divergence of the grade that arms (seed 004)."""
    return _graded(measured, Grade[playbook.text("ad.arms_grade").upper()])


def ad_minor(measured: Measured, _: Playbook) -> Words:
    """Say whether breadth fails to confirm SPX by a minor grade or more (seed 004)."""
    return _graded(measured, Grade.MINOR)


def ad_moderate(measured: Measured, _: Playbook) -> Words:
    """Say whether breadth fails to confirm SPX by a moderate grade or more (seed 004)."""
    return _graded(measured, Grade.MODERATE)


def ad_pronounced(measured: Measured, _: Playbook) -> Words:
    """Say whether breadth fails to confirm SPX by the pronounced grade (seed 004)."""
    return _graded(measured, Grade.PRONOUNCED)


def _graded(measured: Measured, least: Grade) -> Words:
    kind, grade, warns = measured.divergence, measured.divergence_grade, is_warning(measured)
    is_known = (kind != DivergenceKind.UNKNOWN) & (~warns | (grade != Grade.UNKNOWN))
    return words(warns & (grade >= least), is_known)


def ad_confirmed(measured: Measured, playbook: Playbook) -> Words:
    """Say whether breadth has failed to confirm SPX for ad.confirm_sessions in a row."""
    is_long = measured.divergence_sessions >= playbook.count("ad.confirm_sessions")
    return words(is_warning(measured) & is_long, measured.divergence != DivergenceKind.UNKNOWN)


def ad_realigned(measured: Measured, playbook: Playbook) -> Words:
    """Say whether breadth is in line again: a new high of the A/D line, or d small for some sessions (004)."""
    highest = rolling_max(measured.ad_line, playbook.count("ad.lookback"))
    largest = rolling_max(measured.divergence_d, playbook.count("ad.realign_sessions"))
    made_high = compared(highest, measured.ad_line >= highest)
    return any_of([made_high, compared(largest, largest < playbook.number("ad.realign_d"))])


def curve_excess(measured: Measured, playbook: Playbook) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the backwardation in percent that the rule reads, and where VIX/VIX3M stands in for futures."""
    pair = measured.rule_backwardation_pct
    if not playbook.flag("backwardation.proxy") or not measured.history.has("VIX3M"):
        return pair, np.zeros(len(pair), dtype=np.bool_)
    proxy = (measured.vix / measured.history.column("VIX3M") - 1.0) * 100.0
    stands_in = ~np.isfinite(pair) & np.isfinite(proxy)
    return np.where(stands_in, proxy, pair), stands_in


def backwardation(measured: Measured, playbook: Playbook) -> Words:
    """Say whether the rule pair of VIX futures is in backwardation by more than backwardation.pct (seed 001)."""
    pair, _ = curve_excess(measured, playbook)
    return compared(pair, pair > playbook.number("backwardation.pct"))


def vx_inverted(measured: Measured, _: Playbook) -> Words:
    """Say whether VX1 is above VX2."""
    return compared(measured.backwardation_pct, measured.backwardation_pct > 0)


def rv_iv_excess(measured: Measured, playbook: Playbook) -> Floats:
    """Return by how many percent realised exceeds implied volatility, of the pair that rv_iv.pair names."""
    if playbook.text("rv_iv.pair") == RV20_VIX:
        return measured.rv_iv_pct
    return rv_iv_pct(hv_pct(measured.spx, SHORT_HV_SESSIONS), measured.history.column("VIX9D"))


def rv_above_iv(measured: Measured, playbook: Playbook) -> Words:
    """Say whether realised volatility exceeds implied by more than rv_iv.shrink percent (seed 004)."""
    excess = rv_iv_excess(measured, playbook)
    return compared(excess, excess > playbook.number("rv_iv.shrink"))


def steepening_bp(measured: Measured, playbook: Playbook, short: str) -> Floats:
    """Return how many basis points the 10-year less the `short` yield rose within curve.sessions, by its own day.

    Yields are published after the close: at a close the change of the session before is known (`published`).
    """
    history, back = measured.history, playbook.count("curve.sessions")
    spread = (history.column(LONG_RATE) - history.column(short)) * 100.0
    out = np.full(len(spread), np.nan)
    out[back:] = spread[back:] - spread[: max(len(spread) - back, 0)]
    return out


def steeper_10y2y(measured: Measured, playbook: Playbook) -> Words:
    """Say whether the 10-year yield rose against the 2-year by curve.steepen (seed 002)."""
    return _steeper(measured, playbook, SHORT_RATES["steeper_10y2y"])


def steeper_10y3m(measured: Measured, playbook: Playbook) -> Words:
    """Say whether the 10-year yield rose against the 3-month bill by curve.steepen (seed 002)."""
    return _steeper(measured, playbook, SHORT_RATES["steeper_10y3m"])


def published(values: Floats) -> Floats:
    """Return what is known at each close of values that are published after it: those of the session before."""
    return np.concatenate((np.full(min(len(values), 1), np.nan), values[:-1]))


def _steeper(measured: Measured, playbook: Playbook, short: str) -> Words:
    risen = np.round(
        published(steepening_bp(measured, playbook, short)), 6
    )  # 25 bp of two decimals is 25.000000000000355
    return compared(risen, risen >= playbook.number("curve.steepen"))
