"""What do MACD and RSI say? TA-Lib on stretches without a gap, NaN everywhere else.

TA-Lib carries its averages from one value to the next: after one NaN its RSI is 0.0 for ever. So every
stretch of consecutive sessions with values is computed on its own and begins anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.lean_import import importing_without
from core.measures.rolling import gap_free_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def load_talib() -> Any:
    """Return the talib module, imported without pandas and polars, which would cost 0.4 s for their types."""
    with importing_without("pandas", "polars"):
        import talib
    return talib


def macd(values: Floats, fast: int, slow: int, signal: int) -> tuple[Floats, Floats]:
    """Return MACD and its signal line, in the units of the values.

    Both are NaN until a stretch without gaps has slow + signal - 1 values.
    """
    line, signal_line = np.full(len(values), np.nan), np.full(len(values), np.nan)
    talib = load_talib()
    for run in gap_free_runs(np.isfinite(values)):
        if run.stop - run.start >= slow + signal - 1:
            line[run], signal_line[run], _ = talib.MACD(values[run].copy(), fast, slow, signal)
    return line, signal_line


def wilder_rsi(values: Floats, count: int) -> Floats:
    """Return Wilder's RSI, 0 to 100; NaN until a stretch without gaps has `count` + 1 values.

    NaN too while the stretch has not moved at all: there is neither gain nor loss to compare.
    """
    out = np.full(len(values), np.nan)
    talib = load_talib()
    for run in gap_free_runs(np.isfinite(values)):
        if run.stop - run.start > count:
            stretch = values[run].copy()
            has_moved = np.maximum.accumulate(stretch != stretch[0])
            out[run] = np.where(has_moved, talib.RSI(stretch, count), np.nan)
    return out
