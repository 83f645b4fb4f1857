"""How do rules combine when some are unknown? Kleene's three-valued logic on arrays of -1, 0 and 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.int8]

UNKNOWN, OFF, ON = -1, 0, 1


def words(is_on: NDArray[np.bool_], is_known: NDArray[np.bool_]) -> Words:
    """Return ON or OFF where known, UNKNOWN elsewhere."""
    return np.where(is_known, is_on, UNKNOWN).astype(np.int8)


def compared(values: NDArray[np.float64], is_on: NDArray[np.bool_]) -> Words:
    """Return the words of a comparison of `values`: UNKNOWN where the value is NaN."""
    return words(is_on, np.isfinite(values))


def negated(word: Words) -> Words:
    """Return OFF for ON, ON for OFF, UNKNOWN for UNKNOWN."""
    return np.where(word == UNKNOWN, UNKNOWN, 1 - word).astype(np.int8)


def all_of(branches: Sequence[Words]) -> Words:
    """Return OFF where any branch is OFF, else UNKNOWN where any is UNKNOWN, else ON."""
    return count_at_least(branches, len(branches))


def any_of(branches: Sequence[Words]) -> Words:
    """Return ON where any branch is ON, else UNKNOWN where any is UNKNOWN, else OFF."""
    return count_at_least(branches, 1)


def count_at_least(branches: Sequence[Words], needed: int) -> Words:
    """Return ON where `needed` branches are ON, OFF where they cannot be even if the unknown ones were."""
    on = np.zeros(branches[0].shape, dtype=np.int16)
    possible = on.copy()
    for branch in branches:
        on += branch == ON
        possible += branch != OFF
    return np.where(on >= needed, ON, np.where(possible < needed, OFF, UNKNOWN)).astype(np.int8)


def lagged(word: Words, sessions: int) -> Words:
    """Return the words of so many sessions before, UNKNOWN before the first."""
    out = np.full(len(word), UNKNOWN, dtype=np.int8)
    out[sessions:] = word[: max(len(word) - sessions, 0)]
    return out
