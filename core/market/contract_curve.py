"""What is the VX curve of each day? VX1 to VX8 put together from the settlements of the single contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiry
from core.market.series import CONTRACT_PREFIX, CURVE_SYMBOLS, DAILY, Series

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar

LONGEST_LEAD_YEARS = 2


def contract_symbol(expiry: date) -> str:
    """Return the symbol of the VX future that expires on a day: `VX:2015-01-21`."""
    return f"{CONTRACT_PREFIX}{expiry.isoformat()}"


def is_contract(series: Series) -> bool:
    """Whether a series is that of one VX future."""
    return series.symbol.startswith(CONTRACT_PREFIX)


def curve_series(contracts: Iterable[Series], calendar: SessionCalendar) -> list[Series]:
    """Return VX1..VX8 by source from the series of single contracts.

    VXn of a day is the n-th monthly contract that expires after it: a contract is no longer the front on the
    day it expires, a weekly one is in no curve, and one that is not at hand leaves its place empty.
    """
    found: dict[tuple[str, str], list[tuple[NDArray[np.datetime64], NDArray[np.float64]]]] = {}
    for one in contracts:
        numbers = _places(one, calendar)
        settled = np.isfinite(one.columns["close"])
        for n, symbol in enumerate(CURVE_SYMBOLS, 1):
            rows = settled & (numbers == n)
            if rows.any():
                part = (one.times[rows], one.columns["close"][rows])
                found.setdefault((symbol, one.source), []).append(part)
    return [_joined(symbol, source, parts) for (symbol, source), parts in sorted(found.items())]


def monthly_expiries(first: date, last: date, calendar: SessionCalendar) -> NDArray[np.datetime64]:
    """Return the monthly VIX expiries of the months from one day's to another's that the calendar knows."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    known: list[date] = []
    for month in months:
        try:
            known.append(vix_expiry(month // 12, month % 12 + 1, calendar))
        except OutsideCalendarError:
            continue
    return np.array(known, "datetime64[D]")


def _places(one: Series, calendar: SessionCalendar) -> NDArray[np.int64]:
    """Return which VXn a contract is on each of its days, 0 on and after its expiry; all 0 of a weekly one."""
    expiry = np.datetime64(one.symbol.removeprefix(CONTRACT_PREFIX), "D")
    if not len(one.times):
        return np.empty(0, np.int64)
    expiries = monthly_expiries(one.times[0].item(), expiry.item(), calendar)
    at = np.flatnonzero(expiries == expiry)
    if not len(at):
        return np.zeros(len(one.times), np.int64)
    passed = np.searchsorted(expiries, one.times, side="right")
    return np.maximum(int(at[0]) - passed + 1, 0).astype(np.int64)


def _joined(symbol: str, source: str, parts: list[tuple[NDArray[np.datetime64], NDArray[np.float64]]]) -> Series:
    days, closes = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(days, kind="stable")
    flags = np.zeros(len(days), np.bool_)
    return Series(symbol, source, days[order], {"close": closes[order]}, flags, DAILY)
