"""Plain daily bars of any origin: Date,Open,High,Low,Close."""

from __future__ import annotations

from core.parsing.layout import Head, Layout, ohlc

_HEADER = ("date", "open", "high", "low", "close")


def _claims(head: Head) -> bool:
    return head.names == _HEADER and not head.has_time_of_day


LAYOUT = Layout("bars", "daily bars (Date,Open,High,Low,Close)", "csv", _claims, ohlc)
