"""What is a quote, and which ones are refused before they reach a calculation?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.refusal import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

SYMBOL = re.compile(r"[A-Z0-9^$][A-Z0-9._/:^$-]{0,23}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})", re.ASCII)
MAX_PRICE = 1e7


class QuoteRefusedError(RefusedError):
    """A quote that must not reach a calculation; the message names the symbol and the reason."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The last price of a symbol: a positive number of points at a UTC moment, from a named source.

    `is_late`: it came after a later one of its symbol.
    """

    symbol: str
    value: float
    time: datetime
    source: str = "typed"
    is_late: bool = False


def parse_quote(symbol: str, text: str, time: datetime, source: str = "typed") -> Quote:
    """Return a quote from a symbol and the text of its price.

    Raises QuoteRefusedError for a symbol that is none, a price that is not a plain number (nan, inf,
    exponents, foreign digits), zero, negative or absurdly large.
    """
    name = symbol.strip().upper()
    if not SYMBOL.fullmatch(name):
        raise QuoteRefusedError(f"{symbol!r} is not a symbol")
    if not _NUMBER.fullmatch(text.strip()):
        raise QuoteRefusedError(f"{name}: {text!r} is not a price: write digits with a point, like 18.40")
    value = float(text)
    if not 0 < value <= MAX_PRICE:
        raise QuoteRefusedError(f"{name}: {text.strip()} is outside 0 to {MAX_PRICE:,.0f}")
    return Quote(name, value, time, source)
