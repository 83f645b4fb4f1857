"""Is a single typed value possible? Numbers, counts, moments and texts, refused with their field named first."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from core.market.times import FIRST_YEAR, LAST_YEAR
from core.positions.leg import MAX_QUANTITY
from core.refusal import RefusedError

MAX_POINTS = Decimal(10_000_000)
MAX_DOLLARS = Decimal(10_000_000_000)
MAX_NOTE_LENGTH = 20_000
MAX_NAME_LENGTH = 40
_ZERO = Decimal(0)


class ActRefusedError(RefusedError):
    """An act that cannot be recorded. The message is "field: reason"; both are kept apart too."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def require(condition: bool, field: str, reason: str) -> None:
    """Raise ActRefusedError unless the condition holds."""
    if not condition:
        raise ActRefusedError(field, reason)


def check_number(field: str, value: Decimal, limit: Decimal = MAX_DOLLARS) -> None:
    """Refuse NaN, infinity and whatever lies beyond plus or minus the limit."""
    require(value.is_finite(), field, f"{value} is not a number")
    require(-limit <= value <= limit, field, f"{value} is beyond {limit:,}")


def check_points(field: str, value: Decimal) -> None:
    """Refuse a number of points that is none or absurdly large; the sign is free."""
    check_number(field, value, MAX_POINTS)


def check_above_zero(field: str, value: Decimal, limit: Decimal = MAX_POINTS) -> None:
    """Refuse what is not a number above zero."""
    check_number(field, value, limit)
    require(value > _ZERO, field, f"{value} must be above zero")


def check_not_negative(field: str, value: Decimal, limit: Decimal = MAX_DOLLARS) -> None:
    """Refuse what is not a number, or is below zero."""
    check_number(field, value, limit)
    require(value >= _ZERO, field, f"{value} must not be negative")


def check_count(field: str, count: int) -> None:
    """Refuse a number of condors that is not 1 to MAX_QUANTITY."""
    require(1 <= count <= MAX_QUANTITY, field, f"{count} must be a whole number from 1 to {MAX_QUANTITY:,}")


def checked_moment(field: str, moment: datetime) -> datetime:
    """Return the moment in UTC; refused without a zone or far outside the years that markets have data for."""
    require(moment.tzinfo is not None, field, f"{moment} has no zone")
    require(FIRST_YEAR < moment.year < LAST_YEAR, field, f"the year {moment.year} is outside the calendar")
    return moment.astimezone(UTC)


def check_text(field: str, text: str, limit: int = MAX_NOTE_LENGTH) -> None:
    """Refuse text that is too long or cannot be stored (NUL, half a character)."""
    require(len(text) <= limit, field, f"{len(text):,} characters are more than {limit:,}")
    storable = "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
    require(storable, field, "holds a character that cannot be stored")
