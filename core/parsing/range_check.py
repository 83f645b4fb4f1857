"""Do high and low of a bar contradict its open or close?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

RANGE_FIELDS = ("open", "high", "low", "close")


def broken_range(bars: Mapping[str, NDArray[np.float64]]) -> dict[int, str]:
    """Return, by row, why the range of a bar cannot be used; empty where the columns are not bars.

    Broken: a low above or a high below any other price of the bar, or a price of 0 in open, high or low.
    Values that are missing contradict nothing.
    """
    if not all(name in bars for name in RANGE_FIELDS):
        return {}
    with np.errstate(invalid="ignore"):
        broken = bars["high"] < bars["low"]
        for name in RANGE_FIELDS:
            broken |= (bars[name] < bars["low"]) | (bars[name] > bars["high"]) | (bars[name] == 0)
    return {
        row: _why(np.array([bars[name][row] for name in RANGE_FIELDS])) for row in np.flatnonzero(broken).tolist()
    }


def _why(bar: NDArray[np.float64]) -> str:
    """Say what is wrong with one bar: open, high, low, close in points."""
    words = dict(zip(RANGE_FIELDS, bar.tolist(), strict=True))
    low, high = words["low"], words["high"]
    wrong = [f"{name} is 0" for name, value in words.items() if value == 0]
    if not wrong:
        wrong = [f"{name} {value:g} is below the low {low:g}" for name, value in words.items() if value < low]
        wrong += [f"{name} {value:g} is above the high {high:g}" for name, value in words.items() if value > high]
    return f"{'; '.join(wrong)}: the close counts, the range does not"
