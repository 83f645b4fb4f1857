"""What is one parameter of a playbook? Its key, kind, default, range, unit and where the default comes from."""

from __future__ import annotations

from dataclasses import dataclass

ASSUMPTION = "assumption"
Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `kind` is "number" (float), "count" (int), "flag" (bool) or "text".

    A number or count lies in `low`..`high`, both included; a text is one of `choices`, any name if there are
    none. `source` is the seed document that gives the default, or ASSUMPTION where the seeds give none.
    """

    key: str
    kind: str
    default: Value
    about: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    source: str = ASSUMPTION

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        if self.kind == "flag":
            return "true or false"
        if self.kind == "text":
            return f"one of {', '.join(self.choices)}" if self.choices else "a plain name"
        kind = "a whole number" if self.kind == "count" else "a number"
        return f"{kind} from {self.low:g} to {self.high:g} {self.unit}".rstrip()


def number(key: str, default: float, span: tuple[float, float, str], source: str, about: str) -> Parameter:
    """Return a parameter that takes any number of the span (low, high, unit)."""
    low, high, unit = span
    return Parameter(key, "number", default, about, unit, low, high, source=source)


def count(key: str, default: int, span: tuple[int, int, str], source: str, about: str) -> Parameter:
    """Return a parameter that takes a whole number of the span (low, high, unit)."""
    low, high, unit = span
    return Parameter(key, "count", default, about, unit, low, high, source=source)


def flag(key: str, default: bool, source: str, about: str) -> Parameter:
    """Return a parameter that is on or off."""
    return Parameter(key, "flag", default, about, source=source)


def text(key: str, default: str, choices: tuple[str, ...], source: str, about: str) -> Parameter:
    """Return a parameter that takes one of the choices, any plain name if there are none."""
    return Parameter(key, "text", default, about, choices=choices, source=source)
