"""What does one cell of a small table say? Text, role of colour, reason; no widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, the reason as its tooltip, the theme's role of its colour."""

    text: str
    tooltip: str = ""
    role: str = "text"
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its name, titles and rows of cells."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
