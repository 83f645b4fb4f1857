"""Which rows does the book have? Each condor, its layers under it, then the layers of the whole book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.times import exchange_date
from gui.holding import HoldingKey

if TYPE_CHECKING:
    from datetime import date

    from core.positions.book import Condor, Layer
    from core.state import CondorState, LayerLegState, LayerState, MonitorState
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven


@dataclass(frozen=True, slots=True)
class CondorRow:
    """One open condor, as the state has it."""

    state: CondorState

    @property
    def key(self) -> HoldingKey:
        """The condor."""
        return HoldingKey(self.state.condor.id)

    @property
    def holding(self) -> Condor:
        """The condor's fills and cash."""
        return self.state.condor


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One open layer of a condor or of the book, with the trigger of its number.

    `whole` is where it breaks even, `legs` where each of its legs would alone.
    """

    holding: Layer
    state: LayerState
    legs: tuple[LayerLegState, ...]
    today: date
    is_indented: bool
    whole: tuple[HedgeLegBreakEven, ...] = ()

    @property
    def key(self) -> HoldingKey:
        """The layer."""
        return HoldingKey(self.holding.condor_id or 0, self.holding.number)

    @property
    def days_left(self) -> int | None:
        """Calendar days to the first expiry of a leg, None where nothing expires."""
        expiries = [leg.contract.expiry for leg in self.holding.legs if leg.contract.expiry]
        return (min(expiries) - self.today).days if expiries else None


@dataclass(frozen=True, slots=True)
class WholeRow:
    """Everything that is open, taken together."""

    break_evens: BreakEvens

    @property
    def key(self) -> None:
        """Nothing can be done to the whole book at once."""
        return

    @property
    def holding(self) -> None:
        """There is no single holding."""
        return


Row = CondorRow | LayerRow | WholeRow


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stay together however the table is sorted; the first is the one that is sorted by."""

    rows: tuple[Row, ...]


def groups_of(state: MonitorState) -> tuple[Group, ...]:
    """Return the condors, each with its own layers, then the whole book with the layers of its own."""
    layers = _open_layers(state)
    condor_ids = {item.condor.id for item in state.condors}
    groups = [
        Group((CondorRow(item), *(row for row in layers if row.holding.condor_id == item.condor.id)))
        for item in state.condors
    ]
    loose = tuple(row for row in layers if row.holding.condor_id not in condor_ids)
    if loose or len(state.condors) > 1:
        groups.append(Group((WholeRow(state.book_break_evens), *loose)))
    return tuple(groups)


def _open_layers(state: MonitorState) -> list[LayerRow]:
    """Return a row for each open layer."""
    today = exchange_date(state.as_of)
    condor_ids = {item.condor.id for item in state.condors}
    return [
        LayerRow(holding, layer, legs, today, holding.condor_id in condor_ids, whole)
        for layer in state.layers
        for holding, legs, whole in layer.by_holding()
        if holding.is_open
    ]
