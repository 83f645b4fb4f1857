"""Which quotes does a line hold? "SPX 5012 VIX 18.4" or "SPX=5012 VIX=18.4", each pair refused for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.quote import Quote, QuoteRefusedError, parse_quote
from core.market.times import TimeRefusedError, is_date, iso_utc, parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

HINT = "SPX 5012.30 VIX 18.40"
MAX_LINE = 4096
_EQUALS = re.compile(r"\s*=\s*")
_STARTS_LIKE_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SAYS_A_NUMBER = re.compile(r"[+-]?(nan|inf(inity)?|[\d.,_]+(e[+-]?\d+)?)", re.IGNORECASE)
"""Readable as a number of some kind, acceptable or not; anything else is no price at all."""

_LIKE_A_PRICE = re.compile(r"[+-]?([\d.,]+|nan|inf|infinity)", re.ASCII | re.IGNORECASE)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """Words of a line that are no quote, and why. `is_unreadable`: they have not even the form of one."""

    text: str
    reason: str
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What a line came to; what is refused leaves the other pairs as they are."""

    quotes: tuple[Quote, ...]
    refused: tuple[RefusedPart, ...]


def parse_quote_line(text: str, now: datetime, source: str = "typed") -> QuoteLine:
    """Return the quotes of a line, at the ISO time that leads it (New York without a zone), else at `now`.

    A leading time that cannot be read or lies after `now` refuses the whole line. An empty line holds nothing.
    """
    if len(text) > MAX_LINE:
        return _all_refused(text, f"the line is longer than {MAX_LINE} characters")
    words = _EQUALS.sub("=", text).split()
    at = now
    if words and _STARTS_LIKE_A_DATE.match(words[0]):
        try:
            at = _leading_time(words.pop(0), now)
        except TimeRefusedError as error:
            return _all_refused(text, str(error))
        if not words:
            return _all_refused(text, f"a time without a quote: write {HINT} behind it")
    quotes: list[Quote] = []
    refused: list[RefusedPart] = []
    for symbol, price in _pairs(words):
        found = _quote(symbol, price, at, source)
        (quotes if isinstance(found, Quote) else refused).append(found)  # type: ignore[arg-type]
    return QuoteLine(tuple(quotes), tuple(refused))


def _leading_time(word: str, now: datetime) -> datetime:
    if is_date(word):
        raise TimeRefusedError(f"{word!r} is a day without a time: write it like {word}T10:31")
    at = parse_moment(word)
    if at > now:
        raise TimeRefusedError(f"{iso_utc(at)} is in the future")
    return at


def _pairs(words: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield symbol and price; None where one of them is missing."""
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        symbol, equals, price = word.partition("=")
        if equals:
            yield symbol, price
        elif _LIKE_A_PRICE.fullmatch(word):
            yield None, word
        elif not rest or "=" in rest[-1] or _is_next_symbol(rest):
            yield word, None
        else:
            yield word, rest.pop()


def _is_next_symbol(rest: list[str]) -> bool:
    """Whether the next word is no price but the symbol of a price behind it: "SPX VIX 18.4"."""
    is_price = _LIKE_A_PRICE.fullmatch(rest[-1]) is not None
    return not is_price and len(rest) > 1 and _LIKE_A_PRICE.fullmatch(rest[-2]) is not None


def _quote(symbol: str | None, price: str | None, at: datetime, source: str) -> Quote | RefusedPart:
    if symbol is None:
        reason = f"{_short(price or '')} has no symbol before it: write {HINT}"
        return RefusedPart(price or "", reason, is_unreadable=True)
    if price is None:
        return RefusedPart(symbol, f"{_short(symbol.upper())}: the price is missing", is_unreadable=True)
    if len(symbol) > _SHOWN or len(price) > _SHOWN:
        return RefusedPart(f"{symbol} {price}", f"{_short(max(symbol, price, key=len))} is too long for a quote")
    try:
        return parse_quote(symbol, price, at, source)
    except QuoteRefusedError as error:
        return RefusedPart(f"{symbol} {price}", str(error), is_unreadable=not _SAYS_A_NUMBER.fullmatch(price))


def _all_refused(text: str, reason: str) -> QuoteLine:
    return QuoteLine((), (RefusedPart(text, reason),))


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..")
