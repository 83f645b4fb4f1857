"""How does one figure read in a terminal? With its unit, or with why it is unknown, told once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from core.market.figure import Figure

_UNITS = {"%": " %", "points": " points", "": ""}
_BEGIN, _END = "\ue000", "\ue001"
_REASON = re.compile(f"{_BEGIN}([^{_END}]*){_END}")


def figure(value: Figure, digits: int = 2) -> str:
    """Return a figure with its unit, or why it is unknown."""
    if value.value is None:
        return unknown_text(value.unknown)
    marks = " (provisional)" if value.is_provisional else ""
    return f"{value.value:,.{digits}f}{_UNITS.get(value.unit, f' {value.unit}')}{marks}"


def whole_dollars(amount: float | Decimal) -> str:
    """Return dollars without cents, the sign before them."""
    return f"{'-' if round(amount) < 0 else ''}${abs(amount):,.0f}"


def exact_dollars(amount: float | Decimal) -> str:
    """Return dollars and cents, the sign before them."""
    return f"{'-' if amount <= -0.005 else ''}${abs(amount):,.2f}"


def unknown_text(reason: str) -> str:
    """Return the word and, marked for `said_once`, the reason."""
    return f"unknown{_BEGIN}{reason}{_END}"


def said_once(lines: Iterable[str]) -> str:
    """Return the lines as one text in which each reason stands where it is first told."""
    said: set[str] = set()

    def told(match: re.Match[str]) -> str:
        if match[1] in said:
            return ""
        said.add(match[1])
        return f" ({match[1]})"

    return _REASON.sub(told, "\n".join(lines))
