"""What does a shown number carry? Its value, unit, formula, inputs with their ages, or why it is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a figure was made from, with its time, source and age in seconds."""

    name: str
    value: float | None
    unit: str = ""
    time: datetime | None = None
    source: str = ""
    age_s: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown: on screen, in a tooltip, in --json and in an export alike.

    `value` is None exactly when `unknown` says why. `note` names what stands in for what.
    """

    value: float | None
    unit: str
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    unknown: str = ""
    note: str = ""
    is_provisional: bool = False
    is_amber: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a value to show."""
        return self.value is not None


def known(value: float, unit: str, formula: str = "", inputs: tuple[Input, ...] = (), note: str = "") -> Figure:
    """Return a figure with a value."""
    return Figure(float(value), unit, formula, inputs, note=note)


def unknown(reason: str, unit: str = "", formula: str = "", inputs: tuple[Input, ...] = ()) -> Figure:
    """Return a figure without a value, saying why."""
    return Figure(None, unit, formula, inputs, unknown=reason)
