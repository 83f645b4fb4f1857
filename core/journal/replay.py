"""How are entries taken in one after the other, at the same cost however many came before?"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, integer, integer_or_none, money_or_none, read_position, text
from core.journal.canonical import from_e8
from core.journal.entry import EntryKind
from core.positions.book import Account, Book, Condor, Intent, Layer
from core.positions.checks import check_follows
from core.positions.contract import Kind
from core.positions.filling import CHECKS
from core.positions.leg import DatedFill, Fill, Leg, cash_of, take_fill
from core.positions.values import require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.journal.body import PositionAct
    from core.journal.entry import Entry, Json, Told
    from core.positions.book import Owner
    from core.positions.contract import Contract


@dataclass(frozen=True, slots=True)
class Glance:
    """As much of a holding as the checks look at: some of its legs, and its last fill."""

    legs: tuple[Leg, ...]
    fills: tuple[DatedFill, ...] = ()


class Running:
    """One condor or layer while its entries are taken in; what is open is kept by contract."""

    def __init__(self, before: Condor | Layer) -> None:
        self._before = before
        self._fills = list(before.fills)
        self._lots = {leg.contract: deque(leg.opened_by) for leg in before.legs}
        self._held = {leg.contract: leg.quantity for leg in before.legs}

    def check(self, at: datetime, act: PositionAct) -> None:
        """Raise ActRefusedError where an act does not follow from what is held."""
        fills = [move.fill for move in act.moves]
        if all(fill.price is not None for fill in fills):
            cash = cash_of(fills, self._futures(fills))
            require(cash == act.cash, "cash", f"{act.cash} is not what the fills add up to")
        check_follows(Glance((), tuple(self._fills[-1:])), at)
        held = {fill.contract: self._held.get(fill.contract, 0) for fill in fills}
        for name, group in groupby(act.moves, key=lambda move: move.act):
            of_act = [move.fill for move in group]
            legs = tuple(Leg(contract, count, ()) for contract, count in held.items() if count)
            CHECKS[name](Glance(legs), of_act)
            for fill in of_act:
                held[fill.contract] += fill.quantity

    def _futures(self, fills: list[Fill]) -> list[Leg]:
        """Return the futures among what is held, with no more of their oldest lots than the fills may close."""
        wanted: dict[Contract, int] = {}
        for fill in fills:
            if fill.contract.kind is Kind.FUTURE:
                wanted[fill.contract] = wanted.get(fill.contract, 0) + abs(fill.quantity)
        return [Leg(contract, 0, self._oldest(contract, count)) for contract, count in wanted.items()]

    def _oldest(self, contract: Contract, count: int) -> tuple[DatedFill, ...]:
        found: list[DatedFill] = []
        for lot in self._lots.get(contract, ()):
            if count <= 0:
                break
            found.append(lot)
            count -= abs(lot.fill.quantity)
        return tuple(found)

    def take(self, entry: Entry | Told, act: PositionAct) -> None:
        """Take an act in."""
        before = self._before
        for move in act.moves:
            dated = DatedFill(move.fill, entry.event_time, entry.seq, move.act)
            self._fills.append(dated)
            take_fill(self._lots, dated)
            contract = move.fill.contract
            self._held[contract] = self._held.get(contract, 0) + move.fill.quantity
        changed = replace(
            before,
            cash=before.cash + act.cash,
            fees=before.fees + act.fees,
            earlier_cash=before.net_cash if act.is_new else before.earlier_cash,
            opened_at=entry.event_time if act.is_new else before.opened_at,
            flags=act.flags,
        )
        if isinstance(changed, Condor):
            changed = replace(changed, root=act.root, expiry=act.expiry)
        self._before = changed

    def holding(self) -> Condor | Layer:
        """Return what is held now, with its open legs, which are known here and need not be worked out again."""
        found = replace(self._before, fills=tuple(self._fills))
        vars(found)["legs"] = tuple(
            Leg(contract, sum(lot.fill.quantity for lot in lots), tuple(lots))
            for contract, lots in self._lots.items()
        )
        return found


class Replay:
    """A book that takes entries in. The book it began with stays as it was."""

    def __init__(self, book: Book) -> None:
        self._from = book
        self._running: dict[Owner, Running] = {}
        self._layer_names = dict(book.layer_names)
        self._account = book.account
        self._acknowledged = set(book.acknowledged)
        self._intents = dict(book.intents)
        self._head = (book.last_seq, book.last_hash)

    def confirm(self, kind: EntryKind, event_time: datetime, body: Mapping[str, Json]) -> None:
        """Raise ActRefusedError where an act does not follow from the book as it is now."""
        if kind in POSITION_KINDS:
            self._check(event_time, read_position(body))

    def _check(self, event_time: datetime, act: PositionAct) -> None:
        if act.layer is None:
            known = (None, act.condor_id) in self._running or act.condor_id in self._from.condors
            is_known = "exists" if known else "is unknown"
            require(known != act.is_new, "condor_id", f"condor {act.condor_id} {is_known}")
        running = self._running.get((act.layer, act.condor_id)) or Running(holding_of(self._from, act))
        running.check(event_time, act)

    def take(self, entry: Entry | Told, *, confirms: bool = False) -> None:
        """Take an entry in; with `confirms` it must follow from the book, else ActRefusedError is raised."""
        if entry.kind in POSITION_KINDS:
            act = read_position(entry.body)
            if confirms:
                self._check(entry.event_time, act)
            self._take_position(entry, act)
        elif entry.kind in _OTHERS:
            _OTHERS[entry.kind](self, entry)
        self.pass_over(entry)

    def pass_over(self, entry: Entry | Told) -> None:
        """Take note that an entry is there, and of nothing else that it says."""
        self._head = (entry.seq, entry.hash)

    def _take_position(self, entry: Entry | Told, act: PositionAct) -> None:
        owner = (act.layer, act.condor_id)
        running = self._running.get(owner)
        if running is None:
            running = self._running[owner] = Running(holding_of(self._from, act))
        running.take(entry, act)
        self._intents.pop(owner, None)

    def _take_intent(self, entry: Entry | Told) -> None:
        """Keep what was accepted until an act on the same position follows."""
        body = entry.body
        owner = (integer_or_none(body, "layer"), integer_or_none(body, "condor"))
        self._intents[owner] = Intent(text(body, "key"), text(body, "what"), entry.event_time)

    def _take_name(self, entry: Entry | Told) -> None:
        self._layer_names[integer(entry.body, "layer")] = text(entry.body, "name")

    def _take_account(self, entry: Entry | Told) -> None:
        """Keep the account that was stated for the latest moment, whichever was entered last."""
        if self._account is not None and entry.event_time < self._account.time:
            return
        body = entry.body
        self._account = Account(
            entry.event_time,
            from_e8(integer(body, "equity_e8")),
            from_e8(integer(body, "cash_e8")),
            from_e8(integer(body, "notional_e8")),
            money_or_none(body, "margin_e8"),
        )

    def _take_acknowledged(self, entry: Entry | Told) -> None:
        self._acknowledged.add(text(entry.body, "alert"))

    def book(self) -> Book:
        """Return the book after all that was taken in."""
        condors, layers = dict(self._from.condors), dict(self._from.layers)
        for running in self._running.values():
            found = running.holding()
            if isinstance(found, Condor):
                condors[found.id] = found
            else:
                layers[found.number, found.condor_id] = found
        names, seen = self._layer_names, frozenset(self._acknowledged)
        return Book(condors, layers, dict(names), self._account, seen, *self._head, dict(self._intents))


_OTHERS = {
    EntryKind.LAYER_NAMED: Replay._take_name,  # noqa: SLF001 - its own
    EntryKind.ACCOUNT_STATED: Replay._take_account,  # noqa: SLF001
    EntryKind.ALERT_ACKNOWLEDGED: Replay._take_acknowledged,  # noqa: SLF001
    EntryKind.PROPOSAL_ACCEPTED: Replay._take_intent,  # noqa: SLF001
}


def holding_of(book: Book, act: PositionAct) -> Condor | Layer:
    """Return the condor or layer that an act is about, an empty one where there is none yet."""
    return holding_in(book, act.condor_id, act.layer)


def holding_in(book: Book, condor_id: int | None, number: int | None) -> Condor | Layer:
    """Return a condor (`number` None) or a layer, an empty one where there is none yet."""
    if number is not None:
        found = book.layers.get((number, condor_id))
        return Layer(number=number, condor_id=condor_id) if found is None else found
    if condor_id is None:
        raise ValueError("neither a condor nor a layer is named")
    return book.condors.get(condor_id) or Condor(id=condor_id)
