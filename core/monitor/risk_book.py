"""Which positions does a risk picture count? The book or one condor, the layers asked for, a ticket on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from core.monitor.sizing_now import NoCondorError
from core.positions.book import Book, Condor, Layer
from core.positions.filling import filled
from core.positions.leg import CLOSE, OPEN, Fill, cash_of
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.positions.book import Holding
    from core.risk_state import ProposedFill, RiskAsked

Owner = tuple[int | None, int | None]
H = TypeVar("H", Condor, Layer)


@dataclass(frozen=True, slots=True)
class RiskBook:
    """What counts: condors by id, and layers by number."""

    condors: tuple[Condor, ...]
    layers: tuple[Layer, ...]

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Everything that counts, condors first."""
        return (*self.condors, *self.layers)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The layer numbers that hold anything, ascending."""
        return tuple(sorted({layer.number for layer in self.layers if layer.is_open}))

    def with_layers(self, numbers: frozenset[int]) -> RiskBook:
        """Return the same condors with these layer numbers alone."""
        return RiskBook(self.condors, tuple(layer for layer in self.layers if layer.number in numbers))


def counted(book: Book, condor_id: int | None = None) -> RiskBook:
    """Return what counts of the whole book, or of one condor with its own layers.

    Of the book: every open condor with all of its layers, what those have realised included, and every other
    layer that is open, without what it realised before it was last flat.
    """
    condors = tuple(one for one in book.open_condors if condor_id in (None, one.id))
    ids = {condor.id for condor in condors}
    own = [layer for layer in book.layers.values() if layer.condor_id in ids]
    others = [layer for layer in book.open_layers if layer.condor_id not in ids] if condor_id is None else []
    since = [replace(layer, cash=layer.cash - layer.earlier_cash) for layer in others]
    return RiskBook(condors, tuple(sorted((*own, *since), key=lambda one: (one.number, one.condor_id or 0))))


def asked_book(book: Book, asked: RiskAsked, at: datetime) -> RiskBook:
    """Return what counts by what is asked, its ticket entered at the moment.

    Raises NoCondorError for a condor that is not open, RefusedError for a ticket that cannot be entered.
    """
    found = counted(with_ticket(book, asked.ticket, at), asked.condor_id)
    if asked.condor_id is not None and not found.condors:
        raise NoCondorError(f"ID: no condor {asked.condor_id} is open at {at:%Y-%m-%d %H:%M} UTC")
    return found if asked.layers is None else found.with_layers(asked.layers)


def with_ticket(book: Book, ticket: tuple[ProposedFill, ...], at: datetime) -> Book:
    """Return the book with the proposed fills entered, each opening or closing as its sign says; no fees."""
    condors, layers = dict(book.condors), dict(book.layers)
    for (number, condor_id), group in groupby(sorted(ticket, key=_order), key=_owner):
        fills = [proposed.fill for proposed in group]
        if number is not None:
            key = (number, condor_id)
            layers[key] = _filled(layers.get(key) or Layer(number=number, condor_id=condor_id), fills, at)
        elif condor_id is not None:
            first = fills[0].contract
            new = Condor(id=condor_id, root=first.root, expiry=first.expiry)
            condors[condor_id] = _filled(condors.get(condor_id) or new, fills, at)
        else:
            raise RefusedError(f"ticket: {fills[0].contract.text} belongs to no layer and no condor")
    return replace(book, condors=condors, layers=layers)


def _owner(proposed: ProposedFill) -> Owner:
    return proposed.layer, proposed.condor_id


def _order(proposed: ProposedFill) -> tuple[int, int]:
    return proposed.layer or 0, proposed.condor_id or 0


def _filled(before: H, fills: list[Fill], at: datetime) -> H:
    after = before if before.is_open else replace(before, earlier_cash=before.net_cash)
    for fill in fills:
        for act, part in _acts(after, fill):
            cash = after.cash + cash_of([part], after.legs)
            after = replace(filled(after, at, act, [part]), cash=cash)
    return after


def _acts(holding: Holding, fill: Fill) -> Iterator[tuple[str, Fill]]:
    """Yield what a fill does: it closes what it can, and opens the rest."""
    held = next((leg.quantity for leg in holding.legs if leg.contract == fill.contract), 0)
    closing = 0
    if held * fill.quantity < 0:
        closing = -held if abs(fill.quantity) >= abs(held) else fill.quantity
        yield CLOSE, replace(fill, quantity=closing)
    if fill.quantity != closing:
        yield OPEN, replace(fill, quantity=fill.quantity - closing)
