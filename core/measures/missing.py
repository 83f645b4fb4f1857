"""Why is a measure unknown at a session? The value that is missing, by symbol and day, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.edr import BIAS_SESSIONS, FORMULAS
from core.measures.volatility import HV_SESSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.market.series import History
    from core.measures.measured import Measured

Need = tuple[str, int]
"""A column and how many sessions in a row it must have had a value."""


def why_missing(measured: Measured, name: str, index: int, stale: Mapping[str, str] | None = None) -> str:
    """Return why the measure of that field name is unknown at a session, "" where its inputs are all there.

    `index` is from 0 to the number of sessions less one. `stale` says why columns of a session in progress
    have no value.
    """
    if name in {"ad_line", "rana", "divergence", "divergence_d"} and not measured.universe:
        return "no breadth was imported"
    history, told = measured.history, stale or {}
    reasons = [
        told[column]
        if column in told and not np.isfinite(history.column(column)[index])
        else gap(history, column, index, count)
        for column, count in _needs(measured, name, index)
    ]
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def gap(history: History, column: str, index: int, count: int = 1) -> str:
    """Return what is missing of a column in the `count` sessions that end at `index`, "" if nothing is."""
    label = column_label(column)
    known = np.isfinite(history.column(column)[: index + 1])
    if not known.any():
        return f"no {label} was imported" if not history.has(column) else f"no {label} up to {history.days[index]}"
    unknown = np.flatnonzero(~known[max(len(known) - count, 0) :])
    if not len(unknown):
        held = f"{len(known)} session{'' if len(known) == 1 else 's'}"
        return f"{label}: {held} of history, {count} are needed" if len(known) < count else ""
    day = history.days[max(len(known) - count, 0) + int(unknown[-1])]
    return f"no {label} on {day}" + (f", and {count} sessions in a row are needed" if count > 1 else "")


def column_label(column: str) -> str:
    """Return a column's name as a trader says it."""
    prefix, _, rest = column.partition(":")
    return f"breadth of {rest.partition('.')[0]}" if prefix == "BREADTH" else column


def _needs(measured: Measured, name: str, index: int) -> tuple[Need, ...]:
    settings = measured.settings
    macd_needs = (("VIX", settings.macd_slow + settings.macd_signal - 1),)
    hv_needs = (("SPX", HV_SESSIONS + 1),)
    changes = settings.ad_z + settings.ad_window
    needs: dict[str, tuple[Need, ...]] = {
        "spx": (("SPX", 1),),
        "vix": (("VIX", 1),),
        "hv20_pct": hv_needs,
        "edr_pct": _edr_needs(measured, index),
        "edr_points": (*_edr_needs(measured, index), ("SPX", 1)),
        "vix_sma20": (("VIX", settings.vix_ma),),
        "vix_sd20": (("VIX", settings.vix_ma),),
        "macd": macd_needs,
        "macd_signal": macd_needs,
        "rsi_vix": (("VIX", settings.rsi_n + 1),),
        "rsi_spx": (("SPX", settings.rsi_n + 1),),
        "ad_line": _breadth_needs(measured, 1),
        "rana": _breadth_needs(measured, 1),
        "divergence": (("SPX", settings.ad_lookback), *_breadth_needs(measured, settings.ad_lookback)),
        "divergence_d": (("SPX", changes), *_breadth_needs(measured, changes - 1)),
        "backwardation_pct": (("VX1", 1), ("VX2", 1)),
        "rule_backwardation_pct": _pair_needs(measured, index),
        "rv_iv_pct": (*hv_needs, ("VIX", 1)),
    }
    return needs[name]


def _edr_needs(measured: Measured, index: int) -> tuple[Need, ...]:
    stand_in = "VIX" if measured.edr_stands_in[index] else "VIX9D"
    pairs = BIAS_SESSIONS + 1
    needs: dict[str, tuple[Need, ...]] = {
        "VIX9D": ((stand_in, 1),),
        "HV20": (("SPX", HV_SESSIONS + 1),),
        "VIX": (("VIX", 1),),
        "bias": (("SPX", pairs), ("VIX", pairs)),
    }
    return tuple(need for name in FORMULAS[measured.edr_formula].inputs for need in needs[name])


def _breadth_needs(measured: Measured, count: int) -> tuple[Need, ...]:
    return tuple((f"BREADTH:{measured.universe}.{name}", count) for name in ("advances", "declines"))


def _pair_needs(measured: Measured, index: int) -> tuple[Need, ...]:
    front = max(int(measured.rule_front[index]), 1)
    return ((f"VX{front}", 1), (f"VX{front + 1}", 1))
