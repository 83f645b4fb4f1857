"""What do the cells of a table say? Its times and its numbers by symbol and field, before any is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.local_time import to_local
from core.market.times import NEW_YORK
from core.parsing.clock import read_clock
from core.parsing.number_column import read_numbers
from core.parsing.number_marks import decimal_mark, plain_cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from core.parsing.asked import Asked
    from core.parsing.clock import Clock
    from core.parsing.fates import RowFate
    from core.parsing.layout import Layout, Reading, Wanted
    from core.parsing.number_column import Numbers
    from core.parsing.table import Table


@dataclass(frozen=True)
class Sheet:
    """A table whose cells have been read. `days` are the exchange's dates of the rows, NaT where refused."""

    table: Table
    layout: Layout
    reading: Reading
    clock: Clock
    days: NDArray[np.datetime64]
    columns: Mapping[tuple[str, str], Numbers]
    notes: tuple[RowFate, ...] = ()

    def present(self, one: Wanted) -> NDArray[np.bool_]:
        """Return which rows hold all values that a symbol needs; a breadth of no stocks at all is none."""
        needed = [self.columns[one.symbol, name].values for name in one.needed]
        found = np.logical_and.reduce([np.isfinite(values) for values in needed])
        return np.asarray(found & (sum(needed) > 0) if one.needed == ("advances", "declines") else found)

    def day(self, row: int) -> date | None:
        """Return the exchange's date of a row, None where it could not be read."""
        found: date | None = self.days[row].item()
        return found


def read_sheet(table: Table, layout: Layout, reading: Reading, asked: Asked) -> Sheet:
    """Return what the cells of a table say; raises ParseRefusedError for what spoils the whole file."""
    clock = read_clock(table, reading, asked, layout.date_order)
    days = clock.times
    if clock.is_within_day:
        known = ~np.isnat(days)
        days = np.full(len(clock.times), np.datetime64("NaT", "D"), "datetime64[D]")
        days[known] = to_local(clock.times[known], NEW_YORK).astype("datetime64[D]")
    return Sheet(table, layout, reading, clock, days, _numbers(table, layout, reading))


def _numbers(table: Table, layout: Layout, reading: Reading) -> dict[tuple[str, str], Numbers]:
    """Return the numbers of every column that is wanted."""
    places = sorted({index for one in reading.wanted for index in one.fields.values()})
    mark = decimal_mark([table.columns[index] for index in places], layout.decimal)
    plain = {index: plain_cells(table.columns[index], mark) for index in places}
    return {
        (one.symbol, name): read_numbers(plain[index], one.limits[name])
        for one in reading.wanted
        for name, index in one.fields.items()
    }
