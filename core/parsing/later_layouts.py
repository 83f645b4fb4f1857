"""Which files are known by their header but not read yet? They are refused by their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.parsing.layout import Head

_INTRADAY = re.compile(r"(date|time|datetime\w*|date[_ ]time|timestamp|data)", re.IGNORECASE)
_LATER = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, pattern in (
        ("a CFE VX contract file", r"^Trade Date,Futures,Open,"),
        ("a list of CFE daily settlements", r"^Product,Symbol,Expiration Date,Price"),
        ("a Cboe option chain", r"^Expiration Date,Calls,"),
        ("an option list", r"^#?expiry,strike,right,"),
        ("a Barchart history", r"^(Symbol,)?Time,Open,High,Low,(Latest|Last),"),
        ("an investing.com history", r"^(Date|Datum|Data|Fecha)[,;](Price|Zuletzt|Dernier|[UÚ]ltimo)[,;]"),
        ("an ECB exchange rate", r"^[,;]?BBEX3\."),
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
        ("a breadth file of net counts", r"^Date,Net( Advances)?$"),
        ("a two-column unicorn breadth file", r"\A(19|20)\d{6}, *\d+$"),
        ("a list of exchange holidays", r"^date,kind,detail"),
        ("a list of meeting dates", r"\Adate$"),
    )
)


def later_layout(head: Head) -> str:
    """Return the name of a file that a later version will read, "" where the head is none of them."""
    text = "\n".join(head.lines).replace('"', "")
    found = next((name for name, pattern in _LATER if pattern.search(text)), "")
    if found:
        return found
    is_intraday = bool(head.header) and bool(_INTRADAY.fullmatch(head.header[0])) and head.has_time_of_day
    return "a file of intraday bars" if is_intraday else ""
