"""What of the book can be worked out once, before any quote? Legs as arrays, volatilities, bare break-evens."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.series import CURVE_SYMBOLS
from core.positions.book import LAYER_NUMBERS
from core.valuation.break_evens import bare_break_evens
from core.valuation.hedge_leg import own_level, own_levels
from core.valuation.leg_terms import leg_terms, outliving
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import Group, group_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.market.calendar import SessionCalendar
    from core.market.quote import Quote
    from core.positions.book import Book, Condor, Layer
    from core.state import Facts
    from core.valuation.break_evens import BreakEvens
    from core.valuation.forwards import MarketNow, MarketThen
    from core.valuation.hedge_leg import OwnLevel
    from core.valuation.leg_terms import LegTerms
    from core.valuation.leg_volatility import LegVolatilities

WHOLE_BOOK = "the whole book"
_OF_FILLS = ("SPX", "VIX", *CURVE_SYMBOLS)


@dataclass(frozen=True, eq=False)
class HeldLayer:
    """One holding of a layer number: when its open legs settle (UTC seconds), and where it breaks even.

    `texts` are its open legs as they are written, `legs` the levels of those, `whole` those of the holding, () for
    one that is closed.
    """

    layer: Layer
    texts: tuple[str, ...]
    settles_s: tuple[float, ...]
    legs: tuple[OwnLevel, ...]
    whole: tuple[OwnLevel, ...]


@dataclass(frozen=True, eq=False)
class HeldBook:
    """The open condors and all layers: `terms.holdings` are the condors by id, then the layers.

    `bare` are the break-evens of each condor alone, `hedged` each condor with its own layers and, last, the
    whole book; `is_alone` says of each condor that it has no layers.
    """

    terms: LegTerms
    condors: tuple[Condor, ...]
    bare: tuple[BreakEvens, ...]
    is_alone: tuple[bool, ...]
    hedged: tuple[Group, ...]
    layers: Mapping[int, tuple[HeldLayer, ...]]


def held_book(facts: Facts) -> HeldBook:
    """Return the book of the facts as arrays, that of the tick before while the book is the same."""
    calendar = facts.past.history.calendar
    return facts.kept.of("held book", (facts.book, calendar), lambda: _held(facts.book, calendar))


def volatilities_at_expiry(facts: Facts, held: HeldBook, now: MarketNow, then: MarketThen) -> LegVolatilities:
    """Return the volatilities of the legs that may outlive their condors, those of the tick before if they hold.

    They follow from the fills, the rate, and what was known at the fills: no later quote is in them.
    """
    return facts.kept.of(
        "volatilities at expiry",
        (held, facts.past.history, then.marks),
        lambda: leg_volatilities(held.terms, then, now.rate, rows=outliving(held.terms)),
        equal=(now.rate, _quotes_until(_last_fill(held.terms), facts.quotes)),
    )


def _last_fill(terms: LegTerms) -> datetime | None:
    """Return the moment of the last fill that opened one of the legs."""
    return max((dated.time for leg in terms.legs for dated in leg.opened_by), default=None)


def _quotes_until(last: datetime | None, quotes: Mapping[str, tuple[Quote, ...]]) -> tuple[tuple[Quote, ...], ...]:
    """Return the quotes not later than a moment, of the symbols that forwards are made of."""
    if last is None:
        return ()
    series = (quotes.get(symbol, ()) for symbol in _OF_FILLS)
    return tuple(one[: bisect_right(one, last, key=lambda quote: quote.time)] for one in series)


def _held(book: Book, calendar: SessionCalendar) -> HeldBook:
    condors, layers = book.open_condors, tuple(book.layers.values())
    terms = leg_terms((*condors, *layers), calendar)
    owned = [tuple(at for at, one in enumerate(layers, len(condors)) if one.condor_id == c.id) for c in condors]
    own = [group_of(terms, f"condor {c.id}", (at, *owned[at])) for at, c in enumerate(condors)]
    return HeldBook(
        terms,
        condors,
        tuple(bare_break_evens(condor) for condor in condors),
        tuple(not book.layers_of(condor.id) for condor in condors),
        (*own, _whole(terms, own, {at for row in owned for at in row})),
        {number: _held_layers(book.layers_numbered(number), terms) for number in LAYER_NUMBERS},
    )


def _whole(terms: LegTerms, own: list[Group], owned: set[int]) -> Group:
    """Return the whole book as one group.

    In it: every open condor with all of its layers, what those have realised included, and every other layer
    that is open, without what it realised before it was last flat.
    """
    others = [at for at in range(len(own), len(terms.holdings)) if at not in owned and terms.holdings[at].is_open]
    rest = group_of(terms, "", others)
    earlier = sum(float(terms.holdings[at].earlier_cash) for at in others)
    rows = np.unique(np.concatenate([rest.rows, *(group.rows for group in own)]))
    return Group(WHOLE_BOOK, rows, sum(group.cash for group in own) + rest.cash - earlier)


def _held_layers(layers: tuple[Layer, ...], terms: LegTerms) -> tuple[HeldLayer, ...]:
    places = {id(holding): at for at, holding in enumerate(terms.holdings)}
    return tuple(
        HeldLayer(
            layer,
            tuple(leg.text for leg in layer.legs),
            tuple(terms.expiry_s[terms.owner == places[id(layer)]].tolist()),
            tuple(own_level(leg) for leg in layer.legs),
            own_levels(layer) if layer.is_open else (),
        )
        for layer in layers
    )
