"""Which quotes does a typed line hold? "SPX 5012 VIX 18.4" or "SPX=5012 VIX=18.4", each refused for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.quote import Quote, QuoteRefusedError, parse_quote

if TYPE_CHECKING:
    from datetime import datetime

_NUMBER_LIKE = re.compile(r"[+-]?[\d.,]+", re.ASCII)
HINT = "SPX 5012.30 VIX 18.40"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line came to: quotes, the words that were refused, and one reason for each refusal."""

    quotes: tuple[Quote, ...]
    refused: str
    reasons: tuple[str, ...]


def typed_quotes(text: str, now: datetime) -> Typed:
    """Return the quotes of a line, all at `now`; a pair that is refused leaves the others as they are."""
    words = text.replace("=", " ").split()
    quotes: list[Quote] = []
    refused: list[str] = []
    reasons: list[str] = []
    for place in range(0, len(words), 2):
        symbol, price = words[place], " ".join(words[place + 1 : place + 2])
        try:
            quotes.append(_quote(symbol, price, now))
        except QuoteRefusedError as error:
            refused.append(f"{symbol} {price}".strip())
            reasons.append(str(error))
    return Typed(tuple(quotes), " ".join(refused), tuple(reasons))


def _quote(symbol: str, price: str, now: datetime) -> Quote:
    if _NUMBER_LIKE.fullmatch(symbol):
        raise QuoteRefusedError(f"{symbol!r} stands where a symbol should: write {HINT}")
    if not price:
        raise QuoteRefusedError(f"{symbol.upper()}: the price is missing")
    return parse_quote(symbol, price, now)
