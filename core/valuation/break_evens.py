"""Where does a position neither gain nor lose? All roots, and the profit and loss zones between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from core.market.figure import Figure


@dataclass(frozen=True, slots=True)
class Zone:
    """An interval of SPX at the horizon in which the position gains ("profit") or loses ("loss").

    `low` and `high` in SPX points; None where the zone runs to the end of the searched range.
    `best` and `worst` are the extreme profits inside, in dollars.
    """

    kind: str
    low: float | None
    high: float | None
    best: float
    worst: float


@dataclass(frozen=True, slots=True)
class BreakEvens:
    """All break-evens of a position at one date, ascending, with the zones between them.

    `points` in SPX points. Empty with `unknown` set where they cannot be known; empty with
    `unknown` "" where the position never breaks even. `low` and `high` hold the roots under the low
    and high VIX response. `notes` name every approximation (path-dependent legs, assumed rate).
    """

    horizon: date | None
    points: tuple[float, ...] = ()
    zones: tuple[Zone, ...] = ()
    low_response: tuple[float, ...] = ()
    high_response: tuple[float, ...] = ()
    min_profit: Figure | None = None
    max_profit: Figure | None = None
    notes: tuple[str, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class HedgeLegBreakEven:
    """Where one hedge leg pays for itself: the VIX level at its expiry, and SPX through the response map."""

    vix: Figure
    spx: Figure
