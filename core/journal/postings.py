"""What did each entry do to a hedge layer's account? Premium, what was realised, the cost that a roll carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import LAYER_KINDS, read_position
from core.journal.log import log_rows
from core.journal.undo import standing
from core.positions.contract import Kind
from core.positions.leg import OPEN, DatedFill, take_fill

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterable

    from core.journal.body import PositionAct
    from core.journal.entry import Entry
    from core.journal.log import LogRow
    from core.positions.book import LayerKey
    from core.positions.contract import Contract
    from core.positions.leg import Fill

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry of a layer in its account, in dollars. `key` is (layer number, condor id or None).

    `premium` was paid for what was opened (negative where received; a future costs nothing to open); `realised`
    was gained by what was closed or settled, against its oldest opening price, before fees (first in, first out).
    `held` is what the open options and shares cost. `chain` is the entry that opened the layer when it was flat;
    `carried` is what the chain has lost so far by what it closed, and its fees: what is held must earn it back.
    """

    row: LogRow
    key: LayerKey
    premium: Decimal
    realised: Decimal
    fees: Decimal
    held: Decimal
    chain: int
    carried: Decimal


@dataclass
class _Account:
    lots: dict[Contract, deque[DatedFill]]
    held: Decimal = _NOTHING
    carried: Decimal = _NOTHING
    chain: int = 0


def postings(entries: Iterable[Entry]) -> list[Posting]:
    """Return what each layer entry that stands did, in the order of the journal."""
    accounts: dict[LayerKey, _Account] = {}
    of_layers = [entry for entry in standing(entries) if entry.kind in LAYER_KINDS]
    found: list[Posting] = []
    for entry, row in zip(of_layers, log_rows(of_layers), strict=True):
        act = read_position(entry.body)
        if act.layer is None:
            raise ValueError(f"entry {entry.seq} names no layer")
        key = (act.layer, act.condor_id)
        found.append(_post(entry, row, act, key, accounts.setdefault(key, _Account({}))))
    return found


def _post(entry: Entry, row: LogRow, act: PositionAct, key: LayerKey, account: _Account) -> Posting:
    """Take an act into the account; what cash does not explain of the change in cost was realised."""
    before = account.held
    for move in act.moves:
        account.held -= _cost_of(account, move.fill.contract)
        take_fill(account.lots, DatedFill(move.fill, entry.event_time, entry.seq, move.act))
        account.held += _cost_of(account, move.fill.contract)
    realised = act.cash + account.held - before
    if act.is_new:
        account.chain, account.carried = entry.seq, _NOTHING
    account.carried += act.fees - realised
    premium = sum((_paid(move.fill) for move in act.moves if move.act == OPEN), _NOTHING)
    return Posting(row, key, premium, realised, act.fees, account.held, account.chain, account.carried)


def _cost_of(account: _Account, contract: Contract) -> Decimal:
    return sum((_paid(lot.fill) for lot in account.lots.get(contract, ())), _NOTHING)


def _paid(fill: Fill) -> Decimal:
    """Return the dollars that a fill costs, negative where it brings them in; a future costs none."""
    if fill.contract.kind is Kind.FUTURE:
        return _NOTHING
    return (fill.price or Decimal(0)) * fill.quantity * fill.contract.multiplier
