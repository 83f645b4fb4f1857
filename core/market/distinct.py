"""Which values does a long column hold, each once? Quick where equal values stand side by side, as times do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 4


def distinct(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Return the values ascending, each once, and the place of each row's value among them, as `numpy.unique`."""
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
    if _FEW * len(starts) > len(values):
        unique, place = np.unique(values, return_inverse=True)
        return unique, place
    unique, place = np.unique(values[starts], return_inverse=True)
    return unique, np.repeat(place, np.diff(np.append(starts, len(values))))
