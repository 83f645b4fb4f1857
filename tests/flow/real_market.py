"""What do the real files say, worked out without the program: csv, pandas, statistics, QuantLib and slow loops."""

from __future__ import annotations

import csv
import math
import statistics
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "../shared/data"
DAYS = ("2018-02-02", "2018-02-05", "2020-03-16")
NEW_YORK = ZoneInfo("America/New_York")
FILES = {
    "SPX": "daily/spx_ohlc_1990_2021.csv",
    "VIX": "daily/VIX_History.csv",
    "VIX9D": "daily/VIX9D_History.csv",
    "VIX3M": "daily/VIX3M_History.csv",
    "VVIX": "daily/VVIX_History.csv",
    "VX": "futures/vx1_vx8_settle_2007_2021.csv",
    "BREADTH1": "breadth/breadth_sp500_2016_2019.csv",
    "BREADTH2": "breadth/breadth_sp500_2020.csv",
}


def paths() -> list[Path]:
    """Return the files, or skip where one of them is not here."""
    found = [DATA / name for name in FILES.values()]
    for path in found:
        if not path.is_file():
            pytest.skip(f"the real market file {path.name} is not here")
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / FILES[name]).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _iso(text: str) -> str:
    return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone


@cache
def spx() -> dict[str, float]:
    """SPX closes; their days are the sessions."""
    return {row["Date"]: float(row["Close"]) for row in rows("SPX")}


@cache
def index(name: str) -> dict[str, float]:
    """Closes of VIX or VIX9D by day, closed days included."""
    return {_iso(row["DATE"]): float(row["CLOSE"]) for row in rows(name)}


@cache
def curve() -> dict[str, list[float]]:
    """The settlements of VX1 to VX8 by day."""
    return {row["DATE"]: [float(row[f"VX{n}"]) for n in range(1, 9)] for row in rows("VX")}


@cache
def breadth() -> dict[str, tuple[int, int]]:
    """Advances and declines by day."""
    found = [*rows("BREADTH1"), *rows("BREADTH2")]
    return {row["date"]: (int(row["advances"]), int(row["declines"])) for row in found}


@cache
def sessions() -> list[str]:
    return sorted(spx())


def last(day: str, count: int) -> list[str]:
    """Return the last sessions up to and including a day."""
    at = sessions().index(day)
    return sessions()[at - count + 1 : at + 1]


def hv20(day: str) -> float:
    closes = [spx()[one] for one in last(day, 21)]
    return statistics.stdev(math.log(b / a) for a, b in pairwise(closes)) * math.sqrt(252) * 100


def edr(day: str) -> float:
    """Formula A of the playbook, with VIX in place of VIX9D before there was one."""
    short = index("VIX9D").get(day, index("VIX")[day])
    return (0.60 * short + 0.40 * hv20(day)) / math.sqrt(252)


def _gap_free(values: dict[str, float], day: str) -> pd.Series:
    """Return the values of all sessions up to a day since the last session that has none."""
    days = sessions()[: sessions().index(day) + 1]
    since = max((n + 1 for n, one in enumerate(days) if one not in values), default=0)
    return pd.Series([values[one] for one in days[since:]])


def rsi14(values: dict[str, float], day: str) -> float:
    """Wilder's RSI: averages begin as plain means of the first 14 changes, then move by a fourteenth."""
    moves = _gap_free(values, day).diff().iloc[1:]
    gain, loss = (moves.clip(lower=0).iloc[:14].mean(), (-moves).clip(lower=0).iloc[:14].mean())
    for move in moves.iloc[14:]:
        gain, loss = (13 * gain + max(move, 0)) / 14, (13 * loss + max(-move, 0)) / 14
    return 100 * gain / (gain + loss)


def macd(day: str) -> tuple[float, float]:
    """MACD 12/26 of VIX and its 9-session signal by pandas; after 18 years the beginning is forgotten."""
    closes = _gap_free(index("VIX"), day)
    line = closes.ewm(span=12, adjust=False).mean() - closes.ewm(span=26, adjust=False).mean()
    return float(line.iloc[-1]), float(line.ewm(span=9, adjust=False).mean().iloc[-1])


def sma20(day: str) -> float:
    return statistics.fmean(index("VIX")[one] for one in last(day, 20))


def rana(day: str) -> float:
    up, down = breadth()[day]
    return (up - down) / (up + down)


def ad_line(day: str) -> int:
    """Net advances added up since the last session without a count."""
    total = 0
    for one in reversed(sessions()[: sessions().index(day) + 1]):
        if one not in breadth():
            break
        total += breadth()[one][0] - breadth()[one][1]
    return total


def counted(day: str) -> int:
    """Return how many sessions in a row, up to a day, have a count."""
    run = 0
    for one in reversed(sessions()[: sessions().index(day) + 1]):
        if one not in breadth():
            break
        run += 1
    return run


def kind(day: str) -> str:
    """The detector of playbook section 3 with its windows of 5 and 20 sessions."""
    days = last(day, 20)
    price, line = [spx()[one] for one in days], [ad_line(one) for one in days]
    if max(price[-5:]) >= max(price) and max(line[-5:]) < max(line):
        return "bearish"
    if min(price[-5:]) <= min(price) and min(line[-5:]) > min(line):
        return "bullish"
    rises = spx()[day] > spx()[last(day, 6)[0]]
    return "slope" if rises and sum(map(rana, days[-5:])) < 0 else "none"


def divergence(day: str) -> tuple[str, int, float | None]:
    """Return the kind, the sessions that it has lasted, and d (None without 60 values of both changes)."""
    said, run = kind(day), 0
    for one in reversed(last(day, 60)):
        if counted(one) < 20 or said == "none" or kind(one) != said:
            break
        run += 1
    if counted(day) < 64:
        return said, run, None
    days = last(day, 60)
    price = [math.log(spx()[one] / spx()[last(one, 6)[0]]) for one in days]
    net = [sum(map(rana, last(one, 5))) for one in days]
    return said, run, _z(price) - _z(net)


def _z(values: list[float]) -> float:
    return (values[-1] - statistics.fmean(values)) / statistics.stdev(values)


def vix_expiry(year: int, month: int) -> date:
    """30 days before the third Friday of the next month; a closed day gives way to the session before."""
    later = date(year + month // 12, month % 12 + 1, 15)
    friday = _session(later + timedelta((4 - later.weekday()) % 7))
    return _session(friday - timedelta(30))


def _session(day: date) -> date:
    while day.isoformat() not in spx():
        day -= timedelta(1)
    return day


def expiries(day: str, count: int) -> list[date]:
    """Return the next monthly VIX expiries after a day."""
    today = date.fromisoformat(day)
    months = [(today.year + (today.month + n - 1) // 12, (today.month + n - 1) % 12 + 1) for n in range(count + 2)]
    return [one for one in (vix_expiry(*month) for month in months) if one > today][:count]


def rule_pair(day: str) -> tuple[float, float]:
    """Return the settlements of the first pair whose front has at least 5 days left."""
    ahead = expiries(day, 3)
    front = next(n for n, one in enumerate(ahead) if (one - date.fromisoformat(day)).days >= 5)
    return curve()[day][front], curve()[day][front + 1]


def moment(day: str | date, at: time = time(9, 30)) -> datetime:
    """Return a New York time of a day: 9:30 is when SET and VRO are struck."""
    return datetime.combine(date.fromisoformat(str(day)), at, NEW_YORK)


def end_of(day: str) -> datetime:
    """Return the moment from which a date is looked at."""
    return moment(day, time(23, 59, 59))
