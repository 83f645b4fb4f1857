"""How do dollars become figures? Sums and shares that stay unknown where a part is, with the first reason."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.figure import Figure, Input, known, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

PERCENT = Decimal(100)


def dollars(amount: Decimal, formula: str, *inputs: Input, note: str = "") -> Figure:
    """Return an exact amount as a figure, to the cent."""
    return known(float(round(amount, 2)), "$", formula, inputs, note)


def given(name: str, value: float | Decimal | None, unit: str = "$", note: str = "") -> Input:
    """Return an input of a figure."""
    return Input(name, None if value is None else float(value), unit, note=note)


def share_pct(part: Decimal, whole: Decimal | None, formula: str, without: str, note: str = "") -> Figure:
    """Return a part in percent of a whole, unknown for `without` where the whole is not above zero."""
    if whole is None or whole <= 0:
        return unknown(without, "%", formula)
    inputs = (given("part", part), given("whole", whole))
    return known(float(PERCENT * part / whole), "%", formula, inputs, note)


def first_unknown(figures: Iterable[Figure]) -> str:
    """Return why the first unknown one of the figures is so, "" where all are known."""
    return next((figure.unknown for figure in figures if figure.value is None), "")
