"""Which kinds of column are there? Each gives a cell text for the eye, a native value and a tooltip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.book.rows import CondorRow, LayerRow, Row
from gui.break_even_text import break_evens_text, break_evens_tooltip
from gui.formats import UNKNOWN_TEXT, figure_text, figure_tooltip, number_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.market.figure import Figure
    from core.state import ShortDistance
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven

Native = float | str | None
NO_WHOLE = "The layer as a whole breaks even at no level of VIX, or it has expired."


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `role` names the theme role of a cell's text, "" for the usual one."""

    title: str
    text: Callable[[Row], str]
    value: Callable[[Row], Native]
    tooltip: Callable[[Row], str]
    is_number: bool = True
    role: Callable[[Row], str] = lambda _row: ""


def no_tooltip(_row: Row) -> str:
    """Return nothing: the cell says it all."""
    return ""


def text_column(title: str, text: Callable[[Row], str], tooltip: Callable[[Row], str] = no_tooltip) -> Column:
    """Return a column of words, sorted by them."""
    return Column(title, text, text, tooltip, is_number=False)


def count_column(title: str, count: Callable[[Row], float | None], about: str) -> Column:
    """Return a column of whole numbers."""
    return Column(title, lambda row: _count_text(count(row)), count, lambda _row: about)


def _count_text(value: float | None) -> str:
    return "" if value is None else number_text(value, 0)


def figure_column(title: str, figure_of: Callable[[Row], Figure | None], decimals: int) -> Column:
    """Return a column of figures, empty where a row has none."""

    def text(row: Row) -> str:
        figure = figure_of(row)
        return "" if figure is None else figure_text(figure, decimals=decimals)

    def value(row: Row) -> Native:
        figure = figure_of(row)
        return None if figure is None else figure.value

    def tooltip(row: Row) -> str:
        figure = figure_of(row)
        return "" if figure is None else figure_tooltip(figure, title)

    return Column(title, text, value, tooltip, role=lambda row: _unknown_role(text(row)))


def break_even_column(
    title: str,
    name: str,
    of: Callable[[Row], BreakEvens | None],
    level: Callable[[HedgeLegBreakEven], Figure],
) -> Column:
    """Return a column with a condor's break-evens in SPX, or with a layer's, as a whole, in VIX or in SPX."""

    def text(row: Row) -> str:
        if isinstance(row, LayerRow):
            return "; ".join(_level_text(name, level(found)) for found in _of_layer(row)) or UNKNOWN_TEXT
        found = of(row)
        return break_evens_text(found) if found is not None else ""

    def value(row: Row) -> Native:
        found = of(row)
        return found.points[0] if found is not None and found.points else None

    def tooltip(row: Row) -> str:
        if isinstance(row, LayerRow):
            return _layer_tooltip(row, name, level)
        found = of(row)
        return break_evens_tooltip(found, title) if found is not None else ""

    return Column(title, text, value, tooltip, role=lambda row: _unknown_role(text(row)))


def _of_layer(row: LayerRow) -> tuple[HedgeLegBreakEven, ...]:
    """Return where a layer breaks even: a spread as a whole, never at the levels of its legs."""
    return row.whole if len(row.legs) > 1 else tuple(leg.break_even for leg in row.legs)


def _layer_tooltip(row: LayerRow, name: str, level: Callable[[HedgeLegBreakEven], Figure]) -> str:
    legs = [figure_tooltip(level(leg.break_even), f"{leg.text} alone breaks even at {name}") for leg in row.legs]
    if len(row.legs) == 1:
        return legs[0].replace(" alone breaks", " breaks", 1)
    wholes = [figure_tooltip(level(found), f"the layer breaks even at {name}") for found in row.whole]
    return "\n\n".join([*(wholes or [NO_WHOLE]), *legs])


def _level_text(name: str, figure: Figure) -> str:
    return f"{name} {number_text(figure.value, 1 if name == 'SPX' else 2)}" if figure.is_known else UNKNOWN_TEXT


def distance_column(title: str, side: str) -> Column:
    """Return a column with the distance of SPX to a short strike: points, percent, EDRs."""

    def found(row: Row) -> ShortDistance | None:
        if not isinstance(row, CondorRow):
            return None
        return next((item for item in row.state.distances if item.side == side), None)

    def text(row: Row) -> str:
        item = found(row)
        return "" if item is None else _distance_text(item)

    def value(row: Row) -> Native:
        item = found(row)
        return None if item is None else item.points.value

    def tooltip(row: Row) -> str:
        item = found(row)
        if item is None:
            return ""
        parts = (("points", item.points), ("percent", item.pct), ("EDRs", item.edrs))
        return "\n\n".join(figure_tooltip(figure, f"{title} {item.level:g}, {name}") for name, figure in parts)

    def role(row: Row) -> str:
        item = found(row)
        if item is None or item.points.value is None:
            return _unknown_role(text(row))
        return "loss" if item.points.value < 0 else ""

    return Column(title, text, value, tooltip, role=role)


def _distance_text(item: ShortDistance) -> str:
    if item.points.value is None:
        return UNKNOWN_TEXT
    pct, edrs = figure_text(item.pct, decimals=1), figure_text(item.edrs, decimals=1)
    crossed = "crossed " if item.points.value < 0 else ""
    return f"{crossed}{number_text(item.points.value, 0)} pts {pct} {edrs}"


def _unknown_role(text: str) -> str:
    return "unknown" if text.startswith(UNKNOWN_TEXT) else ""
