"""Yahoo: Date,Open,High,Low,Close,Adj Close,Volume, ISO dates, `null` on days without a trade."""

from __future__ import annotations

from core.parsing.layout import Head, Layout, ohlc

_HEADER = ("date", "open", "high", "low", "close", "adj close", "volume")


def _claims(head: Head) -> bool:
    return head.names == _HEADER and not head.has_time_of_day


LAYOUT = Layout("yahoo", "Yahoo daily history", "yahoo", _claims, ohlc)
