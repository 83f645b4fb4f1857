"""Which UTC moment did a clock on some wall mean? Whole columns at once; hours that never were are named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    Times = NDArray[np.datetime64]

_DAY, _SECOND = "datetime64[D]", "datetime64[s]"


def to_utc(local: Times, zone: ZoneInfo) -> tuple[Times, dict[int, str]]:
    """Return wall-clock times (datetime64[s]) of a zone as UTC, and by row why one cannot be: it is NaT then.

    A day on which the zone's offset does not change is converted at once, the others row by row.
    """
    utc = local.copy()
    refused: dict[int, str] = {}
    known = np.flatnonzero(~np.isnat(local))
    days, place = np.unique(local[known].astype(_DAY), return_inverse=True)
    starts, ends = (_offsets(edges, zone) for edges in (days, days + 1))
    is_steady = (starts == ends)[place]
    utc[known[is_steady]] -= starts[place][is_steady].astype("timedelta64[s]")
    for row in known[~is_steady].tolist():
        moment, why = _single(local[row].item(), zone)
        utc[row] = np.datetime64(moment, "s")
        if why:
            refused[row] = f"{local[row]} {why} ({zone.key} clock change)"
    return utc, refused


def to_local(utc: Times, zone: ZoneInfo) -> Times:
    """Return UTC moments (datetime64[s]) as a wall clock of the zone shows them."""
    hours, place = np.unique(utc.astype("datetime64[h]"), return_inverse=True)
    moments = (hour.astype(_SECOND).item().replace(tzinfo=UTC).astimezone(zone) for hour in hours)
    shifts = [np.timedelta64(int(moment.utcoffset().total_seconds()), "s") for moment in moments]
    return np.asarray(utc + np.array(shifts, "timedelta64[s]")[place])


def _offsets(days: Times, zone: ZoneInfo) -> NDArray[np.int64]:
    """Return the zone's offset from UTC in seconds at the start of each day."""
    midnights = (datetime.combine(day.item(), datetime.min.time(), zone) for day in days)
    found = (midnight.utcoffset() for midnight in midnights)
    return np.array([int(offset.total_seconds()) if offset else 0 for offset in found], np.int64)


def _single(naive: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """Return the UTC moment of one wall-clock time, or why there is not exactly one."""
    first, second = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC).replace(tzinfo=None), ""
    existed = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    return None, "happened twice" if existed else "never existed"
