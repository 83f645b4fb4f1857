"""With which lengths and limits are the measures taken? The defaults are those of the playbook's registry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """Everything that `measure` may be asked to do differently; lengths in sessions.

    `universe` "" means the breadth universe with the latest value. `ad_minor`, `ad_moderate` and
    `ad_pronounced` grade the strength of a divergence, as does a run of `ad_pronounced_sessions`.
    `backwardation_min_days` is in calendar days.
    """

    edr_formula: str = "A"
    edr_mult: float = 1.0
    vix_ma: int = 20
    macd_fast: int = 12
    macd_slow: int = 26
    macd_signal: int = 9
    rsi_n: int = 14
    universe: str = ""
    ad_window: int = 5
    ad_lookback: int = 20
    ad_z: int = 60
    ad_minor: float = 1.0
    ad_moderate: float = 1.5
    ad_pronounced: float = 2.5
    ad_pronounced_sessions: int = 8
    backwardation_min_days: int = 5
