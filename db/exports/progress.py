"""How far is an export, and shall it go on? Whoever waits is told now and then, and may end it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Progress = Callable[[int, int], None]

T = TypeVar("T")
STEP = 500


class ExportCancelledError(RefusedError):
    """Whoever asked for the export ended it; no file was written."""


def watched(items: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Yield the items; `progress` is told how many of a long list are done, of how many, and raises to end it."""
    if progress is None or len(items) < STEP:
        yield from items
        return
    for number, item in enumerate(items):
        if number % STEP == 0:
            progress(number, len(items))
        yield item
    progress(len(items), len(items))
