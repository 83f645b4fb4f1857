"""Which time zone does a word mean? What a user writes for `--zone`, and what a column's name ends in."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.parsing.table import ParseRefusedError, shown

_SHORT = {
    "chicago": "America/Chicago",
    "central": "America/Chicago",
    "ct": "America/Chicago",
    "newyork": "America/New_York",
    "eastern": "America/New_York",
    "ny": "America/New_York",
    "et": "America/New_York",
    "london": "Europe/London",
    "utc": "UTC",
    "gmt": "UTC",
}
_FULL_NAME = re.compile(r"[A-Za-z]{2,20}(?:/[A-Za-z_+-]{2,30}){1,2}", re.ASCII)
_IN_HEADER = re.compile(r"(?:date|time|timestamp)[a-z _]*[ _(\[]([a-z/_]+)[)\]]?", re.ASCII | re.IGNORECASE)


def zone_named(text: str) -> ZoneInfo:
    """Return the zone that a text names: Chicago, New York, UTC, or a full name like America/Chicago.

    Raises ParseRefusedError for another text.
    """
    cleaned = text.strip()
    name = _SHORT.get(re.sub(r"[ _-]", "", cleaned).casefold(), cleaned)
    try:
        if name == "UTC" or _FULL_NAME.fullmatch(name):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise ParseRefusedError(
        0, 0, f"{shown(text)} is not a time zone: write Chicago, New York, UTC or a name like America/Chicago"
    )


def zone_in_header(name: str) -> ZoneInfo | None:
    """Return the zone that a time column's name ends in (`datetime_ct`, `Time (UTC)`), None where none does."""
    match = _IN_HEADER.fullmatch(name.strip())
    found = _SHORT.get(match[1].casefold().replace("_", "")) if match else None
    if found:
        return ZoneInfo(found)
    return ZoneInfo(match[1]) if match and match[1] in _SHORT.values() else None
