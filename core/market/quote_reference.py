"""What is a quote compared with? The last quote or close before it, as long as that still says something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.times import exchange_time

if TYPE_CHECKING:
    from core.market.quote import Quote
    from core.market.series import History

REFERENCE_SESSIONS = 2
"""A value is compared with if it is of the session in progress or one of the two before it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value in points, its UTC seconds, and what it is in words."""

    value: float
    seconds: float
    name: str


@dataclass(frozen=True, slots=True)
class ClosesBefore:
    """The closes of a symbol before a moment; `closed` sessions had closed by then."""

    history: History
    symbol: str
    closed: int

    @property
    def since(self) -> float:
        """The moment before which a value says nothing any more."""
        return float(self.history.calendar.closes[max(self.closed - REFERENCE_SESSIONS, 0)])

    def last(self) -> Reference | None:
        """Return the last close that still says something."""
        column = self.history.columns.get(self.symbol, ())
        for index in range(self.closed - 1, max(self.closed - REFERENCE_SESSIONS, 0) - 1, -1):
            row = index - self.history.first
            if 0 <= row < len(column) and np.isfinite(column[row]):
                calendar = self.history.calendar
                return Reference(
                    float(column[row]), float(calendar.closes[index]), f"close of {calendar.days[index]}"
                )
        return None


def reference(quote: Quote | None, closes: ClosesBefore) -> Reference | None:
    """Return the last quote or close before a moment, whichever is later, if it still says something."""
    close = closes.last()
    if (
        quote is None
        or quote.time.timestamp() < closes.since
        or (close is not None and quote.time.timestamp() <= close.seconds)
    ):
        return close
    return Reference(
        quote.value, quote.time.timestamp(), f"quote of {exchange_time(quote.time, '%m-%d %H:%M:%S')}"
    )
