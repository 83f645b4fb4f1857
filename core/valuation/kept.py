"""What was computed before and still holds? Values that depend on no quote, handed on from tick to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Kept:
    """One value for each name, made anew as soon as anything that it was made of is another.

    It travels with the facts and is no part of what they say: two facts are the same with any.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._held: dict[str, tuple[tuple[object, ...], object, Any]] = {}

    def of(self, name: str, same: tuple[object, ...], make: Callable[[], T], equal: object = None) -> T:
        """Return the value made by `make`, the one of before if it holds.

        It holds while each object of `same` is the very same one and `equal` is equal to what it was.
        """
        held = self._held.get(name)
        if held is None or not _are_same(held[0], same) or held[1] != equal:
            held = (same, equal, make())
            self._held[name] = held
        value: T = held[2]
        return value


def _are_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return len(before) == len(now) and all(a is b for a, b in zip(before, now, strict=True))
