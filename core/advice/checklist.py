"""What is looked at on a day, and when? The fixed list of the daily profile, by the clock (003-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.times import exchange_date, new_york
from core.positions.contract import MORNING

if TYPE_CHECKING:
    from datetime import date

    from core.market.calendar import SessionCalendar
    from core.playbook.parameters import Playbook

BEFORE_CLOSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the list: when it begins, and what is looked at. `is_past` once the next one has begun."""

    at: datetime
    what: str
    is_past: bool
    is_now: bool


def checklist(now: datetime, calendar: SessionCalendar, playbook: Playbook) -> tuple[Look, ...]:
    """Return the looks of this session, or of the next one where none is left today; () outside the calendar.

    The times follow from the hours of the playbook. In the daily profile (`condor.dte` 1 or less) nothing else of
    the day asks for a look but a red EDR (`core/monitor/alerts.py`).
    """
    try:
        day = _session(now, calendar)
    except OutsideCalendarError:
        return ()
    opens, closes = new_york(day, MORNING), calendar.close_of(day)

    def after(key: str) -> datetime:
        return opens + timedelta(minutes=playbook.count(f"liquidity.{key}"))

    rows = (
        (opens - timedelta(hours=1), "seal the plan; break-evens and announcements of the day"),
        (after("avoid_first"), "EDR zone, shorts against the expected move; no roll before"),
        (after("morning_start"), "rolls, if any, in the morning window"),
        (after("afternoon_start"), "rolls left over, in the afternoon window"),
        (closes - BEFORE_CLOSE, "what expires today; distance of each short in EDR"),
        (closes, "proposals of the close; enter fills, state the account"),
    )
    kept = [row for row in rows if row[0] <= closes]
    ends = [*(at for at, _ in kept[1:]), closes + timedelta(hours=8)]
    return tuple(Look(at, what, end <= now, at <= now < end) for (at, what), end in zip(kept, ends, strict=True))


def _session(now: datetime, calendar: SessionCalendar) -> date:
    """Return today's session while it is not eight hours over, else the next one."""
    today = exchange_date(now)
    if calendar.is_session(today) and now < calendar.close_of(today) + timedelta(hours=8):
        return today
    found: date = calendar.days[calendar.index_on_or_before(today) + 1].item()
    return found
