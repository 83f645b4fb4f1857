"""Where do quotes wait until the next frame? The last one of a symbol wins on screen; all are stored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.market.quote import Quote


class Inbox:
    """A thread-safe tray: any thread posts, the window takes everything once a frame."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Quote] = []

    def post(self, quotes: Iterable[Quote]) -> None:
        """Put quotes in the tray."""
        with self._lock:
            self._waiting.extend(quotes)

    def take(self) -> tuple[Quote, ...]:
        """Return what came in since the last call, oldest first, and empty the tray."""
        with self._lock:
            taken, self._waiting = tuple(self._waiting), []
        return taken


def merged(held: Mapping[str, tuple[Quote, ...]], fresh: Iterable[Quote]) -> dict[str, tuple[Quote, ...]]:
    """Return the held quotes with fresh ones in their place by time.

    One of the same symbol, time and source as a held one takes its place: it corrects it.
    """
    lists: dict[str, list[Quote]] = {}
    for quote in fresh:
        series = lists.setdefault(quote.symbol, list(held.get(quote.symbol, ())))
        _put(series, quote)
    return {**held, **{symbol: tuple(series) for symbol, series in lists.items()}}


def _put(series: list[Quote], quote: Quote) -> None:
    start, end = bisect_left(series, quote.time, key=_time), bisect_right(series, quote.time, key=_time)
    for place in range(start, end):
        if series[place].source == quote.source:
            series[place] = quote
            return
    series.insert(end, quote)


def _time(quote: Quote) -> datetime:
    return quote.time
