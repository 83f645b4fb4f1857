"""Is this an hour to roll in? The windows of liquidity of the playbook, in New York time (002-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError, vix_expiries_after
from core.market.times import exchange_date, new_york
from core.positions.contract import MORNING

if TYPE_CHECKING:
    from datetime import datetime

    from core.market.calendar import SessionCalendar
    from core.playbook.parameters import Playbook

MINUTE_S = 60


def liquidity(now: datetime, calendar: SessionCalendar, playbook: Playbook) -> str:
    """Return in words whether rolls are advised now: in a window, between windows, to avoid, or closed."""
    try:
        if not calendar.is_open(now):
            return "closed, no session is open"
    except OutsideCalendarError as outside:
        return str(outside)
    minutes = (now - new_york(exchange_date(now), MORNING)).total_seconds() / MINUTE_S
    if minutes < playbook.count("liquidity.avoid_first"):
        return "avoid: the first minutes of the session"
    is_settlement = exchange_date(now) in vix_expiries_after(exchange_date(now).replace(day=1), 1, calendar)
    end = playbook.count("liquidity.morning_end")
    if playbook.flag("liquidity.avoid_settlement") and is_settlement and minutes <= end:
        return "avoid: the morning of a VIX settlement"
    for part in ("morning", "afternoon"):
        start, end = (playbook.count(f"liquidity.{part}_{side}") for side in ("start", "end"))
        if start <= minutes <= end:
            return f"open: the {part} window of liquidity"
    return "between the windows of liquidity"
