"""Which moment does a text or a date mean? Inside UTC with zone; on screen and when typed, New York."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.refusal import RefusedError

NEW_YORK = ZoneInfo("America/New_York")
REGULAR_CLOSE = time(16, 0)
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)


class TimeRefusedError(RefusedError):
    """A text that is not a date or a moment that existed; the message says which and why."""


def parse_date(text: str) -> date:
    """Return the date written as YYYY-MM-DD.

    Raises TimeRefusedError with the text and the form that is expected.
    """
    if not _DATE.fullmatch(text.strip()):
        raise TimeRefusedError(f"{text!r} is not a date: write YYYY-MM-DD")
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise TimeRefusedError(f"{text!r} is not a day of the calendar") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise TimeRefusedError(f"{text!r}: the year is outside {FIRST_YEAR}-{LAST_YEAR}")
    return day


def is_date(text: str) -> bool:
    """Whether the text is a bare date, without a time of day."""
    return bool(_DATE.fullmatch(text.strip()))


def parse_moment(text: str) -> datetime:
    """Return the UTC moment of an ISO text with a time of day; without a zone it is New York time.

    Raises TimeRefusedError for other forms, for a time that the clock change skipped and, without a
    zone, for the hour that it repeats.
    """
    cleaned = text.strip()
    if not _MOMENT.fullmatch(cleaned):
        raise TimeRefusedError(f"{text!r} is not a time: write YYYY-MM-DD or YYYY-MM-DDTHH:MM (New York)")
    parse_date(cleaned[:10])
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        raise TimeRefusedError(f"{text!r} is not a time of the clock") from None
    if moment.tzinfo is None:
        moment = _in_new_york(moment, text)
    return moment.astimezone(UTC)


def _in_new_york(naive: datetime, text: str) -> datetime:
    """Attach the New York zone, refusing the hours that the clock change skips or repeats."""
    first, second = naive.replace(tzinfo=NEW_YORK), naive.replace(tzinfo=NEW_YORK, fold=1)
    if first.utcoffset() != second.utcoffset():
        existed = first.astimezone(UTC).astimezone(NEW_YORK).replace(tzinfo=None) == naive
        why = "happened twice: add the zone, as in -04:00" if existed else "never existed: the clock skipped it"
        raise TimeRefusedError(f"{text!r} {why} (New York clock change)")
    return first


def new_york(day: date, at: time = REGULAR_CLOSE) -> datetime:
    """Return the UTC moment of a New York time of day."""
    return datetime.combine(day, at, NEW_YORK).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last second of a New York day, in UTC: what `--as-of DATE` means."""
    return datetime.combine(day + timedelta(days=1), time(0), NEW_YORK).astimezone(UTC) - timedelta(seconds=1)


def exchange_date(moment: datetime) -> date:
    """Return the New York date of a moment."""
    return moment.astimezone(NEW_YORK).date()


def iso_utc(moment: datetime) -> str:
    """Return the moment as ISO text in UTC, ending in Z; microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def exchange_time(moment: datetime, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return the moment as New York wall-clock text for the screen."""
    return moment.astimezone(NEW_YORK).strftime(form)
