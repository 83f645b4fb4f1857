"""Which day is a file about that does not hold it? The one that was said, if the exchange traded on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.parsing.table import ParseRefusedError

if TYPE_CHECKING:
    from datetime import date

    from core.parsing.asked import Asked


def trade_day(asked: Asked) -> date:
    """Return the day; raises ParseRefusedError where nobody said it, it is no session, or it has not closed."""
    day = asked.day
    if day is None:
        raise ParseRefusedError(0, 0, "nothing says which day these prices are of: give it with --date YYYY-MM-DD")
    try:
        is_session = asked.calendar.is_session(day)
    except OutsideCalendarError as error:
        raise ParseRefusedError(0, 0, str(error)) from None
    if not is_session:
        raise ParseRefusedError(
            0, 0, f"the exchange was shut on {day:%A} {day}: give the day that the prices are of"
        )
    if asked.now is not None and asked.calendar.close_of(day) > asked.now:
        raise ParseRefusedError(0, 0, f"the session of {day} has not closed yet")
    return day
