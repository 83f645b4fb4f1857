"""Which dollars moved on which day, and what capital did the condors tie up? Exact, from the entries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, read_position
from core.journal.undo import standing
from core.market.times import exchange_date
from core.positions.book import Condor
from core.positions.leg import DatedFill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.journal.entry import Entry

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars of one entry on a New York day: `cash` before `fees`, positive received.

    `layer` None: the condor's own. `vix` is that of the entry's moment, None where unknown then.
    """

    seq: int
    day: date
    layer: int | None
    condor_id: int | None
    cash: Decimal
    fees: Decimal
    vix: float | None = None

    @property
    def amount(self) -> Decimal:
        """Dollars received less dollars paid, after fees."""
        return self.cash - self.fees


@dataclass(frozen=True, slots=True)
class CapitalFlow:
    """Capital of a condor that was put up (negative) or came free (positive) on a day, dollars."""

    day: date
    condor_id: int
    amount: Decimal


def flows_of(entries: Iterable[Entry]) -> list[Flow]:
    """Return what each position entry that stands moved, in the order of the days."""
    found = []
    for entry in standing(entries):
        if entry.kind in POSITION_KINDS:
            act = read_position(entry.body)
            day = exchange_date(entry.event_time)
            found.append(Flow(entry.seq, day, act.layer, act.condor_id, act.cash, act.fees, entry.stamp.vix))
    return sorted(found, key=lambda flow: (flow.day, flow.seq))


def capital_flows(entries: Iterable[Entry]) -> tuple[list[CapitalFlow], str]:
    """Return the capital that each condor tied up and set free, and why it is not known ("" where it is).

    The capital of a condor is its wider wing x multiplier x condors: what the short spread can lose before the
    credit, which is what a broker holds for it (defined risk, one side). Not known of a condor that stood
    incomplete.
    """
    fills: dict[int, tuple[DatedFill, ...]] = {}
    tied: dict[int, Decimal] = {}
    found: list[CapitalFlow] = []
    for entry in standing(entries):
        if entry.kind not in POSITION_KINDS:
            continue
        act = read_position(entry.body)
        if act.layer is not None or act.condor_id is None:
            continue
        number = act.condor_id
        dated = (DatedFill(move.fill, entry.event_time, entry.seq, move.act) for move in act.moves)
        fills[number] = (*fills.get(number, ()), *dated)
        capital = capital_of(Condor(id=number, fills=fills[number]))
        if capital is None:
            return [], f"condor {number} stood incomplete on {exchange_date(entry.event_time)}"
        moved = tied.get(number, NOTHING) - capital
        tied[number] = capital
        if moved:
            found.append(CapitalFlow(exchange_date(entry.event_time), number, moved))
    return found, ""


def capital_of(condor: Condor) -> Decimal | None:
    """Return the dollars that a condor ties up, 0 where nothing is open, None where it is incomplete."""
    if not condor.is_open:
        return NOTHING
    wings = [wing for wing in condor.wings if wing is not None]
    if not condor.is_complete or len(wings) != 2:
        return None
    return max(wings) * condor.legs[0].contract.multiplier * condor.quantity
