"""What does a cell of the risk tables hold? Text for the eye, the native value to copy, the reason as tooltip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.formats import UNKNOWN_TEXT, figure_role, figure_text, figure_tooltip, number_text

if TYPE_CHECKING:
    from core.market.figure import Figure

Native = float | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `role` names the theme's colour of its text."""

    text: str
    value: Native
    tooltip: str = ""
    role: str = "text"
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under titles; `empty` says what to do where there is no row."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing is held: enter a condor (Ctrl+N)."


def figure_cell(figure: Figure, decimals: int | None = None, *, is_profit: bool = False) -> Cell:
    """Return a figure as a cell; a profit is signed, and coloured beside its sign."""
    text = figure_text(figure, decimals=decimals, is_signed=is_profit, has_unit=figure.unit in {"$", "%"})
    role = figure_role(figure)
    if is_profit and role == "text":
        role = sign_role(figure.value)
    return Cell(text, figure.value, figure_tooltip(figure), role)


def dollars_cell(figure: Figure) -> Cell:
    """Return dollars gained or lost, to the dollar."""
    return figure_cell(figure, 0, is_profit=True)


def sign_role(value: float | None) -> str:
    """Return the colour's role of a gain or a loss, that of plain text for nothing."""
    return "gain" if value is not None and value > 0 else "loss" if value is not None and value < 0 else "text"


def words_cell(text: str, tooltip: str = "", role: str = "text") -> Cell:
    """Return words."""
    return Cell(text, text, tooltip or text, role, is_number=False)


def levels_cell(levels: tuple[float, ...], tooltip: str = "") -> Cell:
    """Return SPX levels, ascending, to a tenth of a point."""
    text = "  ".join(number_text(level, 1) for level in levels) or UNKNOWN_TEXT
    return Cell(text, " ".join(f"{level:.2f}" for level in levels) or None, tooltip)


def level_cell(level: float) -> Cell:
    """Return one level, to a point."""
    return Cell(number_text(level, 0), level)
