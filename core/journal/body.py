"""What does an entry's body hold? Everything that is needed to replay it, as integers and text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from core.journal.canonical import MoneyRefusedError, from_e8, to_e8
from core.journal.entry import EntryKind
from core.positions.contract import Contract, Kind
from core.positions.leg import Fill
from core.positions.values import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from core.journal.entry import Json

CONTRACTS = 4096
"""How many contracts are remembered while bodies are read."""

CONDOR_KINDS = frozenset(kind for kind in EntryKind if kind.value.startswith("condor_"))
LAYER_KINDS = frozenset(
    {
        EntryKind.LAYER_OPENED,
        EntryKind.LAYER_CLOSED,
        EntryKind.LAYER_ROLLED,
        EntryKind.LAYER_SETTLED,
    }
)
POSITION_KINDS = CONDOR_KINDS | LAYER_KINDS


@dataclass(frozen=True, slots=True)
class Move:
    """One fill of an entry and what it did: OPEN, CLOSE or SETTLE (`core/positions/leg.py`)."""

    act: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class PositionAct:
    """What an entry of POSITION_KINDS did to one condor (`layer` None) or layer.

    `cash` in dollars before fees, positive received. `root` and `expiry` are those of the condor afterwards.
    `is_new`: there was no such condor, or the layer was flat. `quantity` (condors), `credit`, `debit` (points
    a condor) and `value` (settlement points, `value_name` SET, close or VRO) say how the act was stated.
    """

    moves: tuple[Move, ...]
    cash: Decimal
    fees: Decimal
    condor_id: int | None = None
    layer: int | None = None
    root: str = ""
    expiry: date | None = None
    is_new: bool = False
    flags: tuple[str, ...] = ()
    quantity: int | None = None
    credit: Decimal | None = None
    debit: Decimal | None = None
    value: Decimal | None = None
    value_name: str = ""


def exact(field: str, value: Decimal | None) -> int | None:
    """Return a number as an integer of 1e-8, refused with its field where it has more decimals."""
    try:
        return None if value is None else to_e8(value)
    except MoneyRefusedError as error:
        raise ActRefusedError(field, str(error)) from None


def write_position(act: PositionAct) -> dict[str, Json]:
    """Return the body of a position entry."""
    return {
        "condor": act.condor_id,
        "layer": act.layer,
        "root": act.root,
        "expiry": act.expiry.isoformat() if act.expiry else None,
        "is_new": act.is_new,
        "moves": [_write_move(move) for move in act.moves],
        "cash_e8": exact("quantity", act.cash),
        "fees_e8": exact("fees", act.fees),
        "flags": list(act.flags),
        "quantity": act.quantity,
        "credit_e8": exact("credit", act.credit),
        "debit_e8": exact("debit", act.debit),
        "value_e8": exact("value", act.value),
        "value_name": act.value_name,
    }


def read_position(body: Mapping[str, Json]) -> PositionAct:
    """Return what the body of a position entry says; raises KeyError or TypeError where it says less."""
    expiry = body["expiry"]
    return PositionAct(
        moves=tuple(_read_move(item) for item in _list(body["moves"])),
        cash=from_e8(integer(body, "cash_e8")),
        fees=from_e8(integer(body, "fees_e8")),
        condor_id=integer_or_none(body, "condor"),
        layer=integer_or_none(body, "layer"),
        root=text(body, "root"),
        expiry=date.fromisoformat(expiry) if isinstance(expiry, str) else None,
        is_new=body["is_new"] is True,
        flags=tuple(str(flag) for flag in _list(body["flags"])),
        quantity=integer_or_none(body, "quantity"),
        credit=money_or_none(body, "credit_e8"),
        debit=money_or_none(body, "debit_e8"),
        value=money_or_none(body, "value_e8"),
        value_name=text(body, "value_name"),
    )


def _write_move(move: Move) -> dict[str, Json]:
    contract = move.fill.contract
    return {
        "act": move.act,
        "root": contract.root,
        "kind": contract.kind.value,
        "expiry": contract.expiry.isoformat() if contract.expiry else None,
        "right": contract.right,
        "strike_e8": exact("strike", contract.strike),
        "quantity": move.fill.quantity,
        "price_e8": exact("price", move.fill.price),
    }


def _read_move(item: Json) -> Move:
    if not isinstance(item, dict):
        raise TypeError("a move is an object")
    strike, expiry = item["strike_e8"], item["expiry"]
    if not isinstance(strike, int | None) or not isinstance(expiry, str | None):
        raise TypeError("a strike is a whole number, an expiry a text")
    contract = _contract(text(item, "root"), text(item, "kind"), expiry, text(item, "right"), strike)
    return Move(text(item, "act"), Fill(contract, integer(item, "quantity"), money_or_none(item, "price_e8")))


@lru_cache(maxsize=CONTRACTS)
def _contract(root: str, kind: str, expiry: str | None, right: str, strike_e8: int | None) -> Contract:
    """Return the contract; a journal names few of them very often."""
    day = date.fromisoformat(expiry) if expiry is not None else None
    return Contract(root, Kind(kind), day, right, None if strike_e8 is None else from_e8(strike_e8))


def integer(body: Mapping[str, Json], key: str) -> int:
    """Return a whole number of a body; raises TypeError where it is none."""
    value = body[key]
    if not isinstance(value, int):
        raise TypeError(f"{key} is not a whole number")
    return value


def integer_or_none(body: Mapping[str, Json], key: str) -> int | None:
    """Return a whole number of a body, or None."""
    return None if body[key] is None else integer(body, key)


def money_or_none(body: Mapping[str, Json], key: str) -> Decimal | None:
    """Return a number kept as 1e-8, or None."""
    return None if body[key] is None else from_e8(integer(body, key))


def text(body: Mapping[str, Json], key: str) -> str:
    """Return a text of a body; raises TypeError where it is none."""
    value = body[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
