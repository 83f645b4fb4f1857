"""How is a body written so that its hash never changes? Canonical JSON without floats, money as integers."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Never

from core.refusal import RefusedError

if TYPE_CHECKING:
    from core.journal.entry import Json

E8 = 100_000_000
_E8_STEP = Decimal("1e-8")
_MAX_E8 = 2**63 - 1
_MAX = Decimal(_MAX_E8).scaleb(-8)
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_CENT_E8 = 1_000_000


class MoneyRefusedError(RefusedError):
    """A number that the journal cannot hold exactly: not finite, more than 8 decimals, or too large."""


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, ASCII, no spaces.

    Only dict with str keys, list, tuple, str, int, bool and None are allowed; anything else (floats above
    all) raises TypeError, for its text would not be the same everywhere.
    """
    _check(value)
    return _ENCODER.encode(value)


def _check(value: object) -> None:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("keys must be text")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif not isinstance(value, str | int):
        raise TypeError(f"a {kind.__name__} has no canonical form: {value!r}")


def parse_canonical(text: str) -> dict[str, Json]:
    """Return the body that a canonical text holds; raises ValueError where the text is not canonical."""
    body = _DECODER.decode(text)
    if not isinstance(body, dict):
        raise TypeError("a body is an object")
    if _ENCODER.encode(body) != text:
        raise ValueError("the text is not in canonical form")
    return body


def _no_float(text: str) -> Never:
    raise TypeError(f"a float has no canonical form: {text}")


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def to_e8(value: Decimal) -> int:
    """Return a number as an exact integer of 1e-8; raises MoneyRefusedError where it has none."""
    if not value.is_finite():
        raise MoneyRefusedError(f"{value} is not a number")
    if not -_MAX <= value <= _MAX:
        raise MoneyRefusedError(f"{value} is more than the journal can hold")
    stepped = value.quantize(_E8_STEP, context=_EXACT)
    if stepped != value:
        raise MoneyRefusedError(f"{value} has more than 8 decimals")
    return int(stepped.scaleb(8, context=_EXACT))


def from_e8(value: int) -> Decimal:
    """Return the number of an integer of 1e-8, with two decimals at least: 120000000 is 1.20."""
    cents, rest = divmod(value, _CENT_E8)
    if not rest:
        return Decimal(cents).scaleb(-2, context=_EXACT)
    return Decimal(value).scaleb(-8, context=_EXACT).normalize(context=_EXACT)


def float_to_e8(value: float | None) -> int | None:
    """Return a quote rounded to 1e-8; None and NaN both mean unknown. Infinity raises MoneyRefusedError."""
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        raise MoneyRefusedError(f"{value} is not a number")
    return to_e8(number.quantize(_E8_STEP, context=_EXACT))


def float_from_e8(value: int | None) -> float | None:
    """Return a quote of an integer of 1e-8, None where unknown."""
    return None if value is None else value / E8
