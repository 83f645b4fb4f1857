"""Which moment does a cell with a date and a time of day mean? As a wall clock showed it, then in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.distinct import distinct
from core.market.local_time import to_utc
from core.parsing.date_column import days_of_parts, read_ordered
from core.parsing.packed import PackedColumn
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    Times = NDArray[np.datetime64]

_TIME = re.compile(
    r"[ \t]*(\S.{0,20}?)[ \tT]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0{1,9})?)?[ ]?(?:([AaPp])[Mm])?"
    r"[ ]?(Z|[+-]\d{2}:?\d{2})?[ \t]*",
    re.ASCII,
)
_PACKED_FORMS = (
    ((4, 2, 2, 2, 2, 2), "-- ::"),
    ((4, 2, 2, 2, 2, 2), "--T::"),
    ((4, 2, 2, 2, 2), "-- :"),
)
_HOUR_S, _MINUTE_S = 3_600, 60
_MAX_OFFSET_S = 14 * _HOUR_S
_NO_TIME = "is not a day with a time of day"


@dataclass(frozen=True)
class WallTimes:
    """Times as they are written: wall-clock (NaT where refused), and offsets from UTC in seconds (NaN: none)."""

    local: Times
    offsets: NDArray[np.float64]
    refused: dict[int, str]


def has_time_of_day(cells: Sequence[str]) -> bool:
    """Whether some cell holds a time of day other than midnight, which some programs write behind every day."""
    if isinstance(cells, PackedColumn) and not cells.has(":"):
        return False
    matches = (_TIME.fullmatch(cell) for cell in cells if ":" in cell)
    return any(match is not None and int(match[2] + match[3]) for match in matches)


def without_midnight(cells: Sequence[str]) -> Sequence[str]:
    """Return days without the midnight that is written behind them."""
    if not any(":" in cell for cell in cells[:1]):
        return cells
    return [match[1] if (match := _TIME.fullmatch(cell)) else cell for cell in cells]


def read_wall_times(cells: Sequence[str], lines: Sequence[int], column: int, order: str) -> WallTimes:
    """Return the times of a column; raises ParseRefusedError where the form of the dates is doubtful."""
    if isinstance(cells, PackedColumn):
        for widths, marks in _PACKED_FORMS:
            local = cells.fixed_parts(widths, marks, _packed)
            if local is not None:
                refused = {
                    row: f"{shown(cells[row])} {_NO_TIME}" for row in np.flatnonzero(np.isnat(local)).tolist()
                }
                return WallTimes(local, np.full(len(local), np.nan), refused)
    matches = [_TIME.fullmatch(cell) for cell in cells]
    dates = [match[1] if match else cell for match, cell in zip(matches, cells, strict=True)]
    days = read_ordered(dates, lines, column, order)
    seconds = np.array([_second_of_day(match) for match in matches], np.int64)
    offsets = np.array([_offset(match) for match in matches], np.float64)
    refused = dict(days.refused)
    bad = (seconds < 0) | (np.abs(offsets) > _MAX_OFFSET_S)
    refused |= {row: f"{shown(cells[row])} {_NO_TIME}" for row in np.flatnonzero(bad).tolist()}
    local = days.values.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    local[bad] = np.datetime64("NaT", "s")
    return WallTimes(local, offsets, refused)


def utc_moments(wall: WallTimes, zone: ZoneInfo | None) -> tuple[Times, dict[int, str]]:
    """Return the UTC moments of times, and by row why one has none.

    Raises ParseRefusedError where a time has no offset of its own and nobody named the zone.
    """
    given = np.isfinite(wall.offsets)
    is_bare = ~given & ~np.isnat(wall.local)
    if zone is None and is_bare.any():
        raise ParseRefusedError(
            0, 0, "the times of day have no zone: name it with --zone, like Chicago or New York"
        )
    moments, refused = to_utc(wall.local, zone) if zone is not None else (wall.local.copy(), {})
    if given.any():
        moments[given] = wall.local[given] - wall.offsets[given].astype("timedelta64[s]")
    return moments, {row: why for row, why in refused.items() if not given[row]}


def _packed(parts: NDArray[np.int64]) -> Times:
    """Return the times of some rows of a column that is plain throughout, NaT for what no clock shows."""
    written, place = distinct(parts[:, 0] * 10_000 + parts[:, 1] * 100 + parts[:, 2])
    days, exist = days_of_parts(written // 10_000, written // 100 % 100, written % 100)
    seconds = np.zeros(len(parts), np.int64)
    good = exist[place]
    for column, (worth, limit) in enumerate(((_HOUR_S, 24), (_MINUTE_S, 60), (1, 60))[: parts.shape[1] - 3], 3):
        seconds += parts[:, column] * worth
        good &= parts[:, column] < limit
    local: Times = days.astype("datetime64[s]")[place] + seconds.astype("timedelta64[s]")
    local[~good] = np.datetime64("NaT", "s")
    return local


def _second_of_day(match: re.Match[str] | None) -> int:
    """Return the second of the day, -1 where there is none."""
    if match is None:
        return -1
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if match[5]:
        hour = hour % 12 + (12 if match[5] in "pP" else 0) if 1 <= hour <= 12 else 24
    return hour * _HOUR_S + minute * _MINUTE_S + second if hour < 24 and minute < 60 and second < 60 else -1


def _offset(match: re.Match[str] | None) -> float:
    """Return the offset from UTC in seconds that stands behind a time, NaN where none does."""
    if match is None or not match[6]:
        return np.nan
    if match[6] == "Z":
        return 0.0
    digits = match[6][1:].replace(":", "")
    seconds = int(digits[:2]) * _HOUR_S + int(digits[2:]) * _MINUTE_S
    return float(-seconds if match[6][0] == "-" else seconds)
