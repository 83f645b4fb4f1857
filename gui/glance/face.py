"""What does one cell of the strip say? Texts, marks and roles of colour, without a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.formats import AMBER_MARK, figure_text

if TYPE_CHECKING:
    from core.market.figure import Figure
    from gui.marks import Mark


@dataclass(frozen=True, slots=True)
class Detail:
    """One small line under the big value; `role` is the theme role of its colour."""

    text: str
    mark: Mark | None = None
    role: str = "text_muted"


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that one cell shows. `key` names the cell and stays; `spoken` is the accessible name.

    `role` is the theme role of the big value, `fill` that of the cell's ground ("" for the panel's own).
    `reason` says in place of the details why there is no value; it is wrapped, and cut where it does not fit.
    `layer` is the layer's number where a click selects one, else 0.
    """

    key: str
    caption: str
    value: str
    unit: str = ""
    details: tuple[Detail, ...] = ()
    tooltip: str = ""
    role: str = "text"
    mark: Mark | None = None
    fill: str = ""
    reason: str = ""
    layer: int = 0

    @property
    def spoken(self) -> str:
        """The cell in one sentence, for a screen reader."""
        parts = (self.caption, f"{self.value} {self.unit}".strip(), *(d.text for d in self.details), self.reason)
        return ", ".join(part for part in parts if part)


def big_text(figure: Figure, decimals: int = 2, *, is_signed: bool = False) -> str:
    """Return a figure as the big value of a cell: bare of its unit; its colour says that it is old."""
    text = figure_text(figure, decimals=decimals, is_signed=is_signed, has_unit=False)
    return text.removesuffix(AMBER_MARK)
