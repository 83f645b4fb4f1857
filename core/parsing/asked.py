"""What is said of a file besides its text? By the user, by its name, by the calendar and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from core.market.calendar import SessionCalendar


@dataclass(frozen=True)
class Asked:
    """What a parser is told of a file.

    `symbol` is "" where the layout names its own. `zone` is that of times of day without one, None where
    nobody named it. `day` is the trade date of a file that does not hold it. `now`, where it is given, is the
    moment after which nothing has happened yet.
    """

    calendar: SessionCalendar
    symbol: str = ""
    file_name: str = ""
    zone: ZoneInfo | None = None
    day: date | None = None
    now: datetime | None = None
