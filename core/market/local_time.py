"""Which UTC moment did a clock on some wall mean? Whole columns at once; hours that never were are named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.distinct import distinct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    Times = NDArray[np.datetime64]

_DAY, _SECOND = "datetime64[D]", "datetime64[s]"
_ANY_TIME = np.datetime64("2000-01-01", "s")


def to_utc(local: Times, zone: ZoneInfo) -> tuple[Times, dict[int, str]]:
    """Return wall-clock times (datetime64[s]) of a zone as UTC, and by row why one cannot be: it is NaT then.

    A day on which the zone's offset does not change is converted at once, the others row by row.
    """
    days, place = distinct(np.where(np.isnat(local), _ANY_TIME, local).astype(_DAY))
    starts, ends = (_offsets(edges, zone) for edges in (days, _next(days)))
    utc: Times = local - starts[place]  # what is no time stays none
    refused: dict[int, str] = {}
    for row in np.flatnonzero((starts != ends)[place] & ~np.isnat(local)).tolist():
        moment, why = _single(local[row].item(), zone)
        utc[row] = np.datetime64(moment, "s")
        if why:
            refused[row] = f"{local[row]} {why} ({zone.key} clock change)"
    return utc, refused


def to_local(utc: Times, zone: ZoneInfo) -> Times:
    """Return UTC moments (datetime64[s]) as a wall clock of the zone shows them."""
    days, place = distinct(utc.astype(_DAY))
    starts, ends = (_shifts(edges.astype(_SECOND), zone) for edges in (days, _next(days)))
    local: Times = utc + starts[place]
    changing = np.flatnonzero((starts != ends)[place])
    if len(changing):
        hours, of_hour = distinct(utc[changing].astype("datetime64[h]"))
        local[changing] = utc[changing] + _shifts(hours.astype(_SECOND), zone)[of_hour]
    return local


def _next(days: Times) -> Times:
    """Return the days after."""
    return (days.astype(np.int64) + 1).astype(_DAY)


def _offsets(days: Times, zone: ZoneInfo) -> NDArray[np.timedelta64]:
    """Return the zone's offset from UTC at the start of each of its days."""
    midnights = (datetime.combine(day.item(), datetime.min.time(), zone) for day in days)
    return np.array([midnight.utcoffset() for midnight in midnights], "timedelta64[s]")


def _shifts(moments: Times, zone: ZoneInfo) -> NDArray[np.timedelta64]:
    """Return the zone's offset from UTC at moments of UTC."""
    there = (moment.item().replace(tzinfo=UTC).astimezone(zone) for moment in moments)
    return np.array([moment.utcoffset() for moment in there], "timedelta64[s]")


def _single(naive: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """Return the UTC moment of one wall-clock time, or why there is not exactly one."""
    first, second = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC).replace(tzinfo=None), ""
    existed = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    return None, "happened twice" if existed else "never existed"
