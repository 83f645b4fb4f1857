"""What does each column of the book say of a row? Text for the eye, a native value to sort by, a tooltip."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.playbook.verdict import Trigger
from gui.book.column_kinds import (
    Column,
    break_even_column,
    count_column,
    distance_column,
    figure_column,
    text_column,
)
from gui.book.rows import CondorRow, LayerRow, Row, WholeRow
from gui.break_even_text import strikes_text
from gui.formats import profit_text

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.valuation.break_evens import BreakEvens
    from gui.book.column_kinds import Native


def _title(row: Row) -> str:
    if isinstance(row, CondorRow):
        return f"Condor {row.state.condor.id}"
    if isinstance(row, WholeRow):
        return "Whole book"
    of = f" of condor {row.holding.condor_id}" if row.holding.condor_id and not row.is_indented else ""
    return f"    {row.state.name}{of}"


def _order(row: Row) -> Native:
    return float(row.key.condor_id * 10 + row.key.layer) if row.key is not None else float("inf")


def _what(row: Row) -> str:
    if isinstance(row, CondorRow):
        return strikes_text(row.state.condor)
    return "" if row.holding is None else "; ".join(leg.text for leg in row.holding.legs)


def _legs_tooltip(row: Row) -> str:
    if row.holding is None:
        return "Everything that is open, taken together."
    lines = [
        f"{leg.text}{f' @ {leg.price.normalize():f}' if leg.price is not None else ''}" for leg in row.holding.legs
    ]
    return "\n".join([*lines, *(f"Flag: {flag}" for flag in row.holding.flags)])


def _quantity(row: Row) -> float | None:
    if row.holding is None:
        return None
    sizes = {abs(leg.quantity) for leg in row.holding.legs}
    return float(max(sizes)) if isinstance(row, CondorRow) or len(sizes) == 1 else None


def _days(row: Row) -> float | None:
    if isinstance(row, CondorRow):
        return row.state.dte.value
    days = row.days_left if isinstance(row, LayerRow) else None
    return None if days is None else float(days)


def _cash(row: Row) -> float | None:
    return None if row.holding is None else float(row.holding.cash)


def _cash_text(row: Row) -> str:
    return "" if row.holding is None else profit_text(row.holding.cash, 0)


def _cash_tooltip(row: Row) -> str:
    if row.holding is None:
        return ""
    holding = row.holding
    fees = Decimal(0) - holding.fees
    return f"cash {profit_text(holding.cash)}, fees {profit_text(fees)}, together {profit_text(holding.net_cash)}"


def _max_loss(row: Row) -> Figure | None:
    if isinstance(row, CondorRow):
        return row.state.max_loss
    return row.break_evens.min_profit if isinstance(row, WholeRow) else None


def _condor_bare(row: Row) -> BreakEvens | None:
    return row.state.bare if isinstance(row, CondorRow) else None


def _condor_hedged(row: Row) -> BreakEvens | None:
    if isinstance(row, CondorRow):
        return row.state.hedged
    return row.break_evens if isinstance(row, WholeRow) else None


def _trigger(row: Row) -> str:
    return row.state.trigger.value if isinstance(row, LayerRow) else ""


def _trigger_order(row: Row) -> Native:
    return float(list(Trigger).index(row.state.trigger)) if isinstance(row, LayerRow) else None


def _trigger_tooltip(row: Row) -> str:
    return row.state.trigger_reason if isinstance(row, LayerRow) else ""


def _position(row: Row) -> str:
    return row.state.position.value if isinstance(row, LayerRow) else ""


def _status(row: Row) -> str:
    """Return how the holding stands, and how many flags it was recorded with."""
    if row.holding is None:
        return ""
    said = row.state.status if isinstance(row, CondorRow) else _layer_status(row)
    flags = len(row.holding.flags)
    return said + (f", {flags} flag{'s' if flags > 1 else ''} !" if flags else "")


def _layer_status(row: LayerRow) -> str:
    if row.days_left is None or row.days_left > 0:
        return "open"
    return "expires today" if row.days_left == 0 else "expired, awaiting settlement"


def status_lines(row: Row) -> str:
    """Return how the holding stands with every flag in full, a line each."""
    flags = row.holding.flags if row.holding is not None else ()
    return "\n".join([_status(row), *(f"! {flag}" for flag in flags)]).strip()


def _status_role(row: Row) -> str:
    return "" if _status(row) in {"", "open"} else "amber"


COLUMNS = (
    Column("Holding", _title, _order, _legs_tooltip, is_number=False),
    text_column("What", _what, _legs_tooltip),
    count_column("Qty", _quantity, "contracts, or condors"),
    count_column("DTE", _days, "calendar days to the first expiry"),
    Column("Status", _status, _status, status_lines, is_number=False, role=_status_role),
    Column("Credit / cost", _cash_text, _cash, _cash_tooltip),
    figure_column("Max loss", _max_loss, 0),
    break_even_column("Break-evens bare", "VIX", _condor_bare, lambda found: found.vix),
    break_even_column("Break-evens hedged", "SPX", _condor_hedged, lambda found: found.spx),
    distance_column("Short put", "short_put"),
    distance_column("Short call", "short_call"),
    Column("Trigger", _trigger, _trigger_order, _trigger_tooltip, is_number=False),
    text_column("Position", _position),
)
TRIGGER_COLUMN = next(index for index, column in enumerate(COLUMNS) if column.title == "Trigger")
WHAT_COLUMN = next(index for index, column in enumerate(COLUMNS) if column.title == "What")
