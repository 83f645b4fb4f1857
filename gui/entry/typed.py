"""What did the trader type into a field? Strict ASCII numbers and times, or a refusal that names the field."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.times import TimeRefusedError, exchange_time, is_date, parse_date, parse_moment
from core.positions.checks import check_session
from core.positions.values import ActRefusedError

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar

_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,8})?|\.\d{1,8})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
NEEDED = "is still needed"


class StillEmptyError(ActRefusedError):
    """A field that must be filled and has not been: a hint, not yet a mistake."""

    def __init__(self, field: str) -> None:
        super().__init__(field, NEEDED)


def typed_decimal(field: str, text: str) -> Decimal:
    """Return an exact number written in plain digits; raises ActRefusedError for nan, exponents and commas."""
    cleaned = _filled(field, text)
    if not _DECIMAL.fullmatch(cleaned):
        raise ActRefusedError(field, f"{cleaned!r} is not a number: write digits with a point, like 13.40")
    return Decimal(cleaned)


def typed_decimal_or_none(field: str, text: str) -> Decimal | None:
    """Return the number, None where the field was left empty."""
    return typed_decimal(field, text) if text.strip() else None


def typed_count(field: str, text: str) -> int:
    """Return a whole number; a fraction is refused."""
    cleaned = _filled(field, text)
    if not _WHOLE.fullmatch(cleaned):
        raise ActRefusedError(field, f"{cleaned!r} is not a whole number")
    return int(cleaned)


def typed_date(field: str, text: str) -> date:
    """Return a date written YYYY-MM-DD."""
    try:
        return parse_date(_filled(field, text))
    except TimeRefusedError as error:
        raise ActRefusedError(field, str(error)) from None


def typed_session(field: str, text: str, calendar: SessionCalendar) -> date:
    """Return a date on which the exchange trades."""
    day = typed_date(field, text)
    check_session(day, calendar)
    return day


def typed_moment(field: str, text: str, calendar: SessionCalendar, now: datetime) -> datetime:
    """Return the UTC moment of a New York time; a bare date means that session's close, the future is refused."""
    cleaned = _filled(field, text)
    try:
        moment = calendar.close_of(parse_date(cleaned)) if is_date(cleaned) else parse_moment(cleaned)
    except (TimeRefusedError, OutsideCalendarError) as error:
        raise ActRefusedError(field, str(error)) from None
    if moment > now:
        raise ActRefusedError(field, f"{exchange_time(moment)} New York is in the future")
    return moment


def typed_pair(field: str, low: str, high: str) -> tuple[Decimal, Decimal]:
    """Return two strikes."""
    return typed_decimal(field, low), typed_decimal(field, high)


def _filled(field: str, text: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise StillEmptyError(field)
    return cleaned
