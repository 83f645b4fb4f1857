"""Which moment does a web page print, in whatever language the browser has? `23 de marzo de 2022, 10:11 GMT-4`."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from core.market.times import FIRST_YEAR, LAST_YEAR
from core.parsing.month_names import month_of

_HOURS_BEHIND = {"EDT": 4, "EST": 5, "CDT": 5, "CST": 6, "MDT": 6, "MST": 7, "PDT": 7, "PST": 8}
_GREENWICH = "GMT|UTC|\u0413\u0440\u0438\u043d\u0443\u0438\u0447|\u063a\u0631\u064a\u0646\u062a\u0634"
_ZONE_NAME = re.compile(rf"\b({'|'.join(_HOURS_BEHIND)})\b")
_OFFSET = re.compile(rf"(?:{_GREENWICH})\s?(?:([+-])\s?(\d{{1,2}})(?::?(\d{{2}}))?)?(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)")
_TIME_WITH_POINT = re.compile(r"(?<!\d)(\d{1,2})\.(\d{2})(?![.\d])")
_AFTERNOON = re.compile(
    r"(?<![a-z])p\.? ?m\.?(?![a-z])|\u03bc\.? ?\u03bc|\u4e0b\u5348|\u5348\u5f8c|\uc624\ud6c4|(?<!\w)\u0645(?!\w)",
    re.IGNORECASE,
)
_MORNING = re.compile(
    r"(?<![a-z])a\.? ?m\.?(?![a-z])|\u03c0\.? ?\u03bc|\u4e0a\u5348|\u5348\u524d|\uc624\uc804|(?<!\w)\u0635(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d{2})(?!\d)")
_NUMBERED_MONTH = re.compile(r"(?:th[a\u00e1]ng|\u5e74|\ub144)\s?(\d{1,2})", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\s\d,.;:'\u2019()\[\]]+")
_MAX_LENGTH = 120


class _Found(NamedTuple):
    """A part of the text, and the text without it."""

    value: int
    rest: str


def printed_moment(text: str) -> datetime | None:
    """Return the UTC moment that a text gives by day, month, year, time and zone, None where it does not."""
    if len(text) > _MAX_LENGTH:
        return None
    plain = _plain(text)
    minutes_ahead, minute = _zone(plain), None
    if minutes_ahead is not None:
        minute = _minute_of_day(minutes_ahead.rest)
    if minutes_ahead is None or minute is None:
        return None
    day = _day(minute.rest)
    if day is None:
        return None
    zone = timezone(timedelta(minutes=minutes_ahead.value))
    return (day.replace(tzinfo=zone) + timedelta(minutes=minute.value)).astimezone(UTC)


def _plain(text: str) -> str:
    """Return the text with the digits 0 to 9, one kind of minus and one kind of space, without hidden marks."""
    found: list[str] = []
    for letter in text:
        kind = unicodedata.category(letter)
        if letter.isdecimal():
            found.append(str(unicodedata.decimal(letter)))
        elif kind == "Zs":
            found.append(" ")
        elif letter in "\u2212\u2013":
            found.append("-")
        elif kind != "Cf":
            found.append(letter)
    return "".join(found)


def _zone(text: str) -> _Found | None:
    """Return how many minutes the clock of the text is ahead of UTC."""
    if name := _ZONE_NAME.search(text):
        return _Found(-60 * _HOURS_BEHIND[name[1]], _without(text, name))
    match = _OFFSET.search(text)
    if match is None:
        return None
    minutes = int(match[2] or 0) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return _Found(-minutes if match[1] == "-" else minutes, _without(text, match))


def _minute_of_day(text: str) -> _Found | None:
    match = _TIME.search(text) or _TIME_WITH_POINT.search(text)
    if match is None:
        return None
    hour, minute, rest = int(match[1]), int(match[2]), _without(text, match)
    is_afternoon, is_morning = _AFTERNOON.search(rest), _MORNING.search(rest)
    if is_afternoon or is_morning:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if is_afternoon else 0)
    return _Found(hour * 60 + minute, rest) if hour < 24 and minute < 60 else None


def _day(text: str) -> datetime | None:
    """Return the day at midnight, without a zone."""
    year = _YEAR.search(text)
    if year is None:
        return None
    months = [number for word in _WORD.findall(text) if (number := month_of(word))]
    numbered = _NUMBERED_MONTH.search(text)
    rest = _without(text, numbered) if numbered and not months else text.replace(year[1], " ", 1)
    numbers = [int(number) for number in _NUMBER.findall(rest.replace(year[1], " ", 1))]
    month = months[0] if len(set(months)) == 1 else int(numbered[1]) if numbered and not months else 0
    if len(numbers) != 1 or not 1 <= month <= 12 or not FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        return None
    try:
        return datetime(int(year[1]), month, numbers[0])  # noqa: DTZ001 - the zone stands elsewhere in the text
    except ValueError:
        return None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
