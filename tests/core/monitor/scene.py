"""One moment on a seeded market: closes, quotes on top, a book; and the sums of the tests in plain Python."""

from __future__ import annotations

import itertools
import math
import statistics
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.quote import Quote
from core.market.snapshot import Ages
from core.monitor.evaluate import evaluate
from core.monitor.past import closed_history, make_past
from core.positions.book import Book
from core.state import Facts
from tests.core.histories import calendar, random_history
from tests.core.playbooks import composite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.market.series import History
    from core.playbook.parameters import Playbook
    from core.state import MonitorState

SESSIONS = 140


@cache
def market() -> History:
    """140 sessions from 2010-01-04 on with SPX, VIX, VIX9D, NYSE breadth and VX1 to VX8."""
    return random_history(7, SESSIONS)


def with_columns(history: History, **changed: Any) -> History:
    """Return the history with columns replaced; None takes one out."""
    columns = {**history.columns, **changed}
    return replace(history, columns={name: values for name, values in columns.items() if values is not None})


def with_last(history: History, **values: float) -> History:
    """Return the history with the last value of columns replaced."""
    return with_columns(
        history, **{name: np.append(history.columns[name][:-1], value) for name, value in values.items()}
    )


def close_of(index: int, minutes: float = 0.0) -> datetime:
    """Return the close of a session of the market, and so many minutes later."""
    start = int(np.searchsorted(calendar().days, np.datetime64("2010-01-04")))
    closed = datetime.fromtimestamp(int(calendar().closes[start + index]), UTC)
    return closed + timedelta(minutes=minutes)


def open_of(index: int, minutes: float = 0.0) -> datetime:
    """Return the open of a session of the market, and so many minutes later."""
    start = int(np.searchsorted(calendar().days, np.datetime64("2010-01-04")))
    return datetime.fromtimestamp(int(calendar().opens[start + index]), UTC) + timedelta(minutes=minutes)


def quote(symbol: str, value: float, at: datetime) -> Quote:
    return Quote(symbol, value, at)


def facts(
    now: datetime,
    *quotes: Quote,
    history: History | None = None,
    book: Book | None = None,
    playbook: Playbook | None = None,
) -> Facts:
    rules = playbook or composite()
    by_symbol: dict[str, list[Quote]] = {}
    for one in sorted(quotes, key=lambda one: one.time):
        by_symbol.setdefault(one.symbol, []).append(one)
    return Facts(
        now=now,
        past=make_past(closed_history(history or market(), now), rules),
        quotes={symbol: tuple(series) for symbol, series in by_symbol.items()},
        book=book or Book(),
        playbook=rules,
        ages=Ages(),
    )


def state(now: datetime, *quotes: Quote, **more: Any) -> MonitorState:
    return evaluate(facts(now, *quotes, **more))


def hv20(closes: Sequence[float]) -> float:
    """Return the volatility of the last 20 log returns, in percent a year, by the statistics module."""
    last = list(closes)[-21:]
    returns = [math.log(b / a) for a, b in itertools.pairwise(last)]
    return statistics.stdev(returns) * math.sqrt(252) * 100


def edr_a(vix9d: float, hv: float) -> float:
    return (0.6 * vix9d + 0.4 * hv) / math.sqrt(252)
