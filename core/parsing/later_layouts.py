"""Which files are known by their header but not read yet? They are refused by their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.parsing.layout import Head

_LATER = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, pattern in (
        ("a Barchart option history", r"^Time,Open,High,Low,Latest,.*,IV,Delta,"),
        ("an Interactive Brokers Flex report", r"<FlexQueryResponse|^ClientAccountID,|^BOF,"),
        ("an Interactive Brokers statement", r"^(Statement,Header,|Financial Instrument Description,Position,)"),
        ("a thinkorswim statement", r"^(Account Statement for|Position Statement for|Today's Trade Activity for)"),
        ("a tastytrade history", r"^(Date,Type,Sub Type,Action,Symbol,|Date/Time,Transaction Code,)"),
        ("a Schwab history", r"^(Date,Action,Symbol,Description,|Symbol,Quantity,Cost Per Share,)"),
        ("an OptionNET Explorer report", r"^ONE Detail Report"),
        ("a TradeNote journal", r"^Account,T/D,S/D,Currency,"),
        ("a Tradervue journal", r"^Open Datetime,Close Datetime,Symbol,"),
        ("a TradeTally journal", r"^Symbol,Side,Quantity,Entry Price,"),
        ("a TradingView order list", r"^Symbol,Side,Type,Quantity,(Qty|Limit)"),
        ("a list of exchange holidays", r"^date,kind,detail"),
    )
)


def later_layout(head: Head) -> str:
    """Return the name of a file that a later version will read, "" where the head is none of them."""
    text = "\n".join(head.lines).replace('"', "")
    return next((name for name, pattern in _LATER if pattern.search(text)), "")
