"""What do the imported chains say now? Forwards by parity and volatilities of what is held, while they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.snapshot import reading
from core.valuation.chain_implied import implied_by, mark_volatilities

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.market.option_chain import OptionChain
    from core.positions.book import Book
    from core.positions.contract import Contract
    from core.state import Facts
    from core.valuation.chain_implied import ChainImplied
    from core.valuation.forwards import MarkVolatility, ParityForward


def held_expiries(book: Book) -> frozenset[date]:
    """Return the expiries of all open legs."""
    holdings = (*book.open_condors, *book.open_layers)
    days = (leg.contract.expiry for holding in holdings for leg in holding.legs)
    return frozenset(day for day in days if day is not None)


def chains_now(facts: Facts, rate: float) -> tuple[ChainImplied, ...]:
    """Return what the chains that still hold imply; worked out once for the chains, not on a tick.

    A chain holds like a close: until the session after the one that it is of has closed.
    """
    calendar = facts.past.history.calendar
    closed = calendar.closed_by(facts.now)
    opened = [int(np.searchsorted(calendar.opens, one.time.timestamp(), side="right")) for one in facts.chains]
    fresh = tuple(one for one, sessions in zip(facts.chains, opened, strict=True) if closed <= sessions)
    return facts.kept.of(
        "chains",
        (calendar, *fresh),
        lambda: tuple(implied_by(one, _spot(one, facts), rate, calendar) for one in fresh),
        equal=rate,
    )


def _spot(chain: OptionChain, facts: Facts) -> float | None:
    """Return the index at the moment of a chain on SPX."""
    if chain.underlying != "SPX":
        return None
    return reading("SPX", chain.time, facts.past.history, facts.quotes, facts.ages).value


def forwards_of(chains: tuple[ChainImplied, ...], underlying: str) -> dict[date, ParityForward]:
    """Return the forwards by expiry of the chains on one index; one of SPX without a carry is left out."""
    found: dict[date, ParityForward] = {}
    for one in chains:
        if one.chain.underlying == underlying:
            for (_, expiry), forward in sorted(one.forwards.items(), reverse=True):
                if underlying != "SPX" or forward.carry:
                    found.setdefault(expiry, forward)
    return found


def marks_of(chains: tuple[ChainImplied, ...], facts: Facts) -> Mapping[Contract, MarkVolatility]:
    """Return the volatilities that the chains imply for the open legs of the book."""
    book = facts.book
    return facts.kept.of("marks", (chains, book), lambda: _marks(chains, book))


def _marks(chains: tuple[ChainImplied, ...], book: Book) -> dict[Contract, MarkVolatility]:
    holdings = (*book.open_condors, *book.open_layers)
    held = [leg.contract for holding in holdings for leg in holding.legs]
    return {contract: mark for one in chains for contract, mark in mark_volatilities(one, held).items()}
