"""Where do quotes wait until the next frame? Whatever thread posted them, the window takes them all at once."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.market.quote import Quote


class Inbox:
    """A thread-safe tray: any thread posts, the window takes everything once a frame."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Quote] = []

    def post(self, quotes: Iterable[Quote]) -> None:
        """Put quotes in the tray."""
        with self._lock:
            self._waiting.extend(quotes)

    def take(self) -> tuple[Quote, ...]:
        """Return what came in since the last call, oldest first, and empty the tray."""
        with self._lock:
            taken, self._waiting = tuple(self._waiting), []
        return taken
