"""One exchange calendar for all tests of the market floor, and where the real files are."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from core.market.calendar import FIRST_SESSION_YEAR, SessionCalendar, build_sessions

DATA = Path(__file__).parents[3] / "../shared/data"


@cache
def calendar() -> SessionCalendar:
    return build_sessions(FIRST_SESSION_YEAR, 2030)


def real_file(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the shared data file {name} is not here")
    return path


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
