"""What does the hedge log show? One row an entry, its numbers native, the same for screen, command and export."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, integer, integer_or_none, money_or_none, read_position, text
from core.journal.canonical import from_e8
from core.journal.control_log import CONTROL_WORDS
from core.journal.entry import EntryKind
from core.journal.undo import UNDOING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from core.journal.body import Move, PositionAct
    from core.journal.entry import Entry, Json

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry as the hedge log shows it; None where the entry has no such thing.

    `time` is when it was recorded, `event_time` when it happened, both UTC. `quantity` is the number of
    condors, or of units of a hedge whose legs are all of one size; `price` the net points of one unit, without
    a sign (`cash` has it), and of a settlement its value. `cash` in dollars before `fees`, positive received.
    """

    sequence: int
    time: datetime
    event_time: datetime
    kind: str
    layer: int | None
    condor: int | None
    what: str
    quantity: int | None
    price: Decimal | None
    cash: Decimal | None
    fees: Decimal | None
    spx: float | None
    vix: float | None
    edr: float | None
    rung: int | None
    playbook_hash: str
    note: str
    entry_hash: str


COLUMNS = tuple(field.name for field in fields(LogRow))


@dataclass(frozen=True, slots=True)
class Total:
    """What entries add up to: how many they are, dollars of cash before fees, and dollars of fees."""

    name: str
    rows: int
    cash: Decimal
    fees: Decimal

    @property
    def net(self) -> Decimal:
        """Dollars received less dollars paid, after fees."""
        return self.cash - self.fees


def totals(rows: Iterable[LogRow]) -> tuple[Total, ...]:
    """Return the sums of rows that move cash: of the condors themselves, of each layer, and of all rows, last."""
    groups: dict[str, list[LogRow]] = {}
    listed = list(rows)
    for row in listed:
        if row.cash is not None:
            groups.setdefault("Condors" if row.layer is None else f"Layer {row.layer}", []).append(row)
    return (*(total_of(name, groups[name]) for name in sorted(groups)), total_of("Together", listed))


def total_of(name: str, rows: Sequence[LogRow]) -> Total:
    """Return what rows add up to, to the last decimal that was entered."""
    cash, fees = (sum((getattr(row, part) or _NOTHING for row in rows), _NOTHING) for part in ("cash", "fees"))
    return Total(name, len(rows), cash, fees)


def log_rows(entries: Iterable[Entry]) -> list[LogRow]:
    """Return the rows of the entries, in their order."""
    return [_row(entry) for entry in entries]


def _row(entry: Entry) -> LogRow:
    act = read_position(entry.body) if entry.kind in POSITION_KINDS else None
    body = entry.body
    return LogRow(
        sequence=entry.seq,
        time=entry.recorded_at,
        event_time=entry.event_time,
        kind=entry.kind.value,
        layer=act.layer if act else integer_or_none(body, "layer") if "layer" in body else None,
        condor=act.condor_id if act else integer_or_none(body, "condor") if "condor" in body else None,
        what=_position_text(act) if act else OTHERS[entry.kind](body),
        quantity=_quantity(act) if act else None,
        price=_price(act) if act else None,
        cash=act.cash if act else _moved_back(entry, "cash_e8"),
        fees=act.fees if act else _moved_back(entry, "fees_e8"),
        spx=entry.stamp.spx,
        vix=entry.stamp.vix,
        edr=entry.stamp.edr_pct,
        rung=entry.stamp.rung,
        playbook_hash=entry.stamp.playbook_hash,
        note=entry.note,
        entry_hash=entry.hash,
    )


def _moved_back(entry: Entry, key: str) -> Decimal | None:
    """Return what an undoing or redoing moves, so that the column adds up to what stands."""
    return money_or_none(entry.body, key) if entry.kind in UNDOING and key in entry.body else None


def _position_text(act: PositionAct) -> str:
    moves = "; ".join(_move_text(move) for move in act.moves)
    if act.value is not None:
        return f"settled at {act.value_name} {act.value.normalize():f}: {moves}"
    stated = (("for a credit of", act.credit), ("for a debit of", act.debit))
    said = [f"{word} {points.normalize():f}" for word, points in stated if points is not None]
    return f"{moves} {', '.join(said)}" if said else moves


def _move_text(move: Move) -> str:
    fill = move.fill
    price = f" @ {fill.price.normalize():f}" if fill.price is not None else ""
    return f"{move.act} {fill.quantity:+d} {fill.contract.text}{price}"


def _quantity(act: PositionAct) -> int | None:
    if act.quantity is not None:
        return act.quantity
    if len(act.moves) == 1:
        return act.moves[0].fill.quantity
    sizes = {abs(move.fill.quantity) for move in act.moves}
    return sizes.pop() if len(sizes) == 1 else None


def _price(act: PositionAct) -> Decimal | None:
    """Return the net points of one unit where all that moved is of one multiplier; a roll has two, so none."""
    if act.value is not None:
        return act.value
    if act.credit is not None or act.debit is not None:
        return act.credit if act.debit is None else act.debit if act.credit is None else None
    quantity = _quantity(act)
    fills = [move.fill for move in act.moves]
    if not quantity or len({fill.contract.multiplier for fill in fills}) != 1:
        return None
    return abs(sum((fill.price or Decimal(0)) * fill.quantity for fill in fills) / Decimal(quantity))


def _account_text(body: Mapping[str, Json]) -> str:
    named = {name: from_e8(integer(body, f"{name}_e8")) for name in ("equity", "cash", "notional")}
    margin = money_or_none(body, "margin_e8")
    parts = [f"{name} {value.normalize():f}" for name, value in named.items()]
    return ", ".join(parts if margin is None else [*parts, f"margin {margin.normalize():f}"])


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def alert_words(key: str) -> str:
    """Return an alert's key in words: "rung 4 on 2026-11-23" for "rung:4:2026-11-23"; others stay."""
    match key.split(":"):
        case ["rung", rung, day]:
            return f"rung {rung} on {day}"
        case ["breadth", kind, grade, day]:
            return f"{kind} breadth divergence, {grade}, since {day}"
        case ["stale", symbol, day]:
            return f"{symbol} unknown after {day}"
        case _:
            return key


OTHERS: dict[EntryKind, Callable[[Mapping[str, Json]], str]] = {
    EntryKind.JOURNAL_CREATED: lambda _: "journal begun",
    EntryKind.NOTE_WRITTEN: lambda _: "note",
    EntryKind.LAYER_NAMED: lambda body: f"layer {integer(body, 'layer')} named {text(body, 'name')}",
    EntryKind.ACCOUNT_STATED: _account_text,
    EntryKind.ALERT_ACKNOWLEDGED: lambda body: f"acknowledged {alert_words(text(body, 'alert'))}",
    EntryKind.PROPOSAL_ACCEPTED: lambda body: f"intends to {text(body, 'what')} (proposal {text(body, 'key')})",
    EntryKind.ACT_UNDONE: lambda body: f"entry {integer(body, 'of')} undone: {_words(text(body, 'act'))}",
    EntryKind.ACT_REDONE: lambda body: f"entry {integer(body, 'of')} stands again: {_words(text(body, 'act'))}",
} | CONTROL_WORDS
