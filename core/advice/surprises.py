"""Was an announcement of CPI or PPI extreme? Its surprise in percentage points and against earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.events import distance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.market.calendar import SessionCalendar
    from core.market.events import MarketEvent
    from core.playbook.parameters import Playbook

INFLATION = ("CPI", "PPI")
LEAST_SURPRISES = 8
"""So many earlier surprises are needed before one can be called extreme by their standard deviation."""
DUST = 1e-9  # 3.2 - 3.0 is 0.2000000000000002, 8.5 - 8.3 is 0.1999999999999993


@dataclass(frozen=True, slots=True)
class Surprise:
    """The surprise of an announcement: actual less consensus in percentage points, and z against earlier ones."""

    event: MarketEvent
    points: float
    z: float | None
    is_extreme: bool

    @property
    def text(self) -> str:
        """The surprise in words."""
        z = "" if self.z is None else f", z {self.z:+.1f}"
        return f"{self.event.kind} of {self.event.day}: {self.points:+.2g} pp against consensus{z}"


def surprise_of(event: MarketEvent, events: Sequence[MarketEvent], playbook: Playbook) -> Surprise | None:
    """Return the surprise of an announcement, None where actual or consensus is not known.

    Extreme: events.extreme_pp or more, or events.extreme_z standard deviations of the earlier ones of its kind.
    """
    if event.surprise is None:
        return None
    earlier = [one.surprise for one in events if one.kind == event.kind and one.day < event.day]
    known = np.array([points for points in earlier if points is not None])
    spread = float(known.std(ddof=1)) if len(known) >= LEAST_SURPRISES else 0.0
    z = (event.surprise - float(known.mean())) / spread if spread > 0 else None
    is_large = abs(event.surprise) >= playbook.number("events.extreme_pp") - DUST
    is_rare = z is not None and abs(z) >= playbook.number("events.extreme_z")
    return Surprise(event, event.surprise, z, is_large or is_rare)


def releases_near_fomc(
    events: Sequence[MarketEvent], day: date, calendar: SessionCalendar, around: int
) -> list[MarketEvent]:
    """Return the CPI and PPI announcements of the last `around` sessions that lie within as many of an FOMC."""
    meetings = [one.day for one in events if one.kind == "FOMC"]
    found = []
    for event in events:
        if event.kind not in INFLATION:
            continue
        since = distance(event, day, calendar)
        if since is None or not -around <= since.sessions <= 0:
            continue
        to_fomc = [distance(event, meeting, calendar) for meeting in meetings]
        if any(one is not None and abs(one.sessions) <= around for one in to_fomc):
            found.append(event)
    return found
