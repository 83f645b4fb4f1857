"""How is a number written on screen? Pure functions from values to text; the minus sign is ASCII, to copy well."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.times import exchange_date, exchange_time

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.figure import Figure, Input

UNKNOWN_TEXT = "—"
PROVISIONAL_MARK = "*"
AMBER_MARK = " (old)"
DOLLARS = "$"
MINUTE_S, HOUR_S, DAY_S = 60.0, 3600.0, 86400.0
COUNTED_UNITS = frozenset({"", "sessions", "days", "issues", "layers", "rungs", "closes", "contracts"})

Number = float | int | Decimal


def number_text(value: Number | None, decimals: int = 2, *, is_signed: bool = False) -> str:
    """Return a number with thousands separated: 2,648.94; signed: +2.50, -2.50, 0.00. None and NaN are unknown."""
    if value is None or not math.isfinite(value):
        return UNKNOWN_TEXT
    rounded = round(Decimal(str(value)), decimals)
    if not rounded:
        return f"{Decimal(0):,.{decimals}f}"
    return f"{rounded:{'+' if is_signed else ''},.{decimals}f}"


def points_text(value: Number | None, decimals: int = 2, *, is_signed: bool = False) -> str:
    """Return index points: 2,648.94 points."""
    return _with_unit(number_text(value, decimals, is_signed=is_signed), "points")


def percent_text(value: Number | None, decimals: int = 2, *, is_signed: bool = False) -> str:
    """Return a number that already is in percent: 1.13 %."""
    return _with_unit(number_text(value, decimals, is_signed=is_signed), "%")


def dollars_text(value: Number | None, decimals: int = 2) -> str:
    """Return an amount of dollars, the sign before the currency: $1,342.00, -$3,658.00."""
    return _in_dollars(number_text(value, decimals))


def profit_text(value: Number | None, decimals: int = 2) -> str:
    """Return a profit or loss in dollars, its sign always written: +$1,342.00, -$3,658.00, $0.00."""
    return _in_dollars(number_text(value, decimals, is_signed=True))


def _in_dollars(number: str) -> str:
    if number == UNKNOWN_TEXT:
        return number
    sign = number[0] if number[0] in "+-" else ""
    return f"{sign}{DOLLARS}{number[len(sign) :]}"


def _with_unit(number: str, unit: str) -> str:
    return number if number == UNKNOWN_TEXT or not unit else f"{number} {unit}"


def age_text(seconds: float | None) -> str:
    """Return an age in its largest whole unit: 12 s, 3 min, 5 h, 2 d (days from 48 hours on)."""
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN_TEXT
    if abs(seconds) < MINUTE_S:
        return f"{int(seconds)} s"
    if abs(seconds) < HOUR_S:
        return f"{int(seconds / MINUTE_S)} min"
    if abs(seconds) < 2 * DAY_S:
        return f"{int(seconds / HOUR_S)} h"
    return f"{int(seconds / DAY_S)} d"


def time_text(moment: datetime | None, now: datetime | None = None) -> str:
    """Return a moment in New York: 2018-02-05 16:00 ET; on the day of `now` the clock alone, 16:00:00 ET."""
    if moment is None:
        return UNKNOWN_TEXT
    if now is not None and exchange_date(moment) == exchange_date(now):
        return f"{exchange_time(moment, '%H:%M:%S')} ET"
    return f"{exchange_time(moment)} ET"


def day_text(day: date | None) -> str:
    """Return a date as it is typed: 2018-02-05."""
    return UNKNOWN_TEXT if day is None else day.isoformat()


def value_text(
    value: Number | None, unit: str, *, decimals: int | None = None, is_signed: bool = False, has_unit: bool = True
) -> str:
    """Return a value as its unit asks: the dollar sign before the number, counts without decimals."""
    places = _decimals(value, unit) if decimals is None else decimals
    number = number_text(value, places, is_signed=is_signed)
    if unit == DOLLARS:
        return _in_dollars(number)
    return _with_unit(number, unit if has_unit else "")


def _decimals(value: Number | None, unit: str) -> int:
    is_whole = value is not None and math.isfinite(value) and value == int(value)
    return 0 if unit in COUNTED_UNITS and is_whole else 2


def figure_text(
    figure: Figure, *, decimals: int | None = None, is_signed: bool = False, has_unit: bool = True
) -> str:
    """Return a figure as it stands on screen: "—" where unknown, "*" after a provisional one, "(old)" if amber."""
    if figure.value is None:
        return UNKNOWN_TEXT
    text = value_text(figure.value, figure.unit, decimals=decimals, is_signed=is_signed, has_unit=has_unit)
    return text + (PROVISIONAL_MARK if figure.is_provisional else "") + (AMBER_MARK if figure.is_amber else "")


def figure_role(figure: Figure) -> str:
    """Return the theme's role for the figure's text: "unknown", "amber" or "text"."""
    if figure.value is None:
        return "unknown"
    return "amber" if figure.is_amber else "text"


def figure_tooltip(figure: Figure, name: str = "", now: datetime | None = None) -> str:
    """Return all that the figure carries, as lines of plain text: value, formula, inputs, reasons and notes."""
    head = f"{name} {figure_text(figure)}".strip()
    lines = [head if figure.is_known else f"{head}: unknown, {figure.unknown}"]
    lines += [f"Formula: {figure.formula}"] if figure.formula else []
    lines += [f"  {input_text(part, now)}" for part in figure.inputs]
    lines += [f"Note: {figure.note}"] if figure.note else []
    lines += ["* provisional: from live quotes, the close decides"] if figure.is_provisional else []
    lines += ["(old): an input is past its amber age"] if figure.is_amber else []
    return "\n".join(lines)


def input_text(part: Input, now: datetime | None = None) -> str:
    """Return one input on one line: name, value, time, source, age and note."""
    said = [f"{part.name} {value_text(part.value, part.unit)}"]
    said += [time_text(part.time, now)] if part.time is not None else []
    said += [part.source] if part.source else []
    said += [f"{age_text(part.age_s)} old"] if part.age_s is not None else []
    said += [part.note] if part.note else []
    return ", ".join(said)
