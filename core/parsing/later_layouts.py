"""Which files are known by their header but hold no market data that is read? They are refused by their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.parsing.layout import Head

_LATER = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, pattern in (
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
_NOT_YET = "this program does not read it yet"
_WHY_NOT = {"a list of exchange holidays": "the program has the exchange's calendar, holidays and half days in it"}


def later_layout(head: Head) -> str:
    """Return in words which file it is and why it is not read, "" where the head is none of them."""
    text = "\n".join(head.lines).replace('"', "")
    name = next((name for name, pattern in _LATER if pattern.search(text)), "")
    return f"this is {name}; {_WHY_NOT.get(name, _NOT_YET)}" if name else ""
