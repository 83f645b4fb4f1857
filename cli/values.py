"""What did the user type? Numbers, strikes and moments; unreadable is a usage error, unacceptable is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from cli.usage import UsageError
from core.market.calendar import OutsideCalendarError
from core.market.times import (
    TimeRefusedError,
    end_of_day,
    exchange_date,
    is_date,
    iso_utc,
    parse_date,
    parse_moment,
)
from core.refusal import RefusedError

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar

_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{1,8})?|\.\d{1,8})", re.ASCII)
_OTHER_NUMBER = re.compile(r"[+-]?(nan|inf|infinity|\d+(\.\d*)?(e[+-]?\d+)?)", re.IGNORECASE | re.ASCII)
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?", re.ASCII)


def decimal_of(name: str, text: str) -> Decimal:
    """Return an exact number; nan, inf, exponents and more than 8 decimals are refused."""
    cleaned = text.strip()
    if _DECIMAL.fullmatch(cleaned):
        return Decimal(cleaned)
    if _OTHER_NUMBER.fullmatch(cleaned):
        raise RefusedError(f"{name}: {text} is not an amount; write plain digits, at most 8 decimals")
    raise UsageError(f"{name}: {text!r} is not a number")


def integer_of(name: str, text: str) -> int:
    """Return a whole number; a fraction is refused."""
    number = decimal_of(name, text)
    if number != number.to_integral_value():
        raise RefusedError(f"{name}: {text} is not a whole number")
    return int(number)


def pair_of(name: str, text: str) -> tuple[Decimal, Decimal]:
    """Return two strikes written LOW/HIGH."""
    parts = text.split("/")
    if len(parts) != 2:
        raise UsageError(f"{name}: {text!r}: write two strikes like 2550/2600")
    return decimal_of(name, parts[0]), decimal_of(name, parts[1])


def date_of(name: str, text: str) -> date:
    """Return a date; one that the calendar does not have is refused."""
    try:
        return parse_date(text)
    except TimeRefusedError as error:
        raise _refusal(name, text, error) from None


def event_moment(text: str | None, calendar: SessionCalendar, now: datetime) -> datetime:
    """Return when an act happened: now if nothing was given, a date means that session's close."""
    if text is None:
        return now
    try:
        moment = _session_close(text, calendar) if is_date(text) else parse_moment(text)
    except (TimeRefusedError, OutsideCalendarError) as error:
        raise _refusal("--at", text, error) from None
    if moment > now:
        raise RefusedError(f"--at: {iso_utc(moment)} is in the future")
    return moment


def _session_close(text: str, calendar: SessionCalendar) -> datetime:
    """Return the close of a session; a day without one is refused, for it has no close."""
    day = parse_date(text)
    if not calendar.is_session(day):
        raise RefusedError(f"--at: {day} is no trading session, so it has no close; add a time, like {day}T16:00")
    return calendar.close_of(day)


def as_of_moment(text: str | None, now: datetime, name: str = "--as-of") -> datetime:
    """Return the moment to look from: a date means after that session's close, to the end of its day."""
    if text is None:
        return now
    try:
        day = parse_date(text) if is_date(text) else None
        moment = end_of_day(day) if day else parse_moment(text)
    except TimeRefusedError as error:
        raise _refusal(name, text, error) from None
    if moment > now and day != exchange_date(now):
        raise RefusedError(f"{name}: {text} is in the future")
    return min(moment, now)


def _refusal(name: str, text: str, error: Exception) -> Exception:
    message = f"{name}: {error}"
    return RefusedError(message) if _DATE_LIKE.fullmatch(text.strip()) else UsageError(message)
