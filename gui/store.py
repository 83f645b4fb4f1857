"""Where is the truth while the window is open? Facts in, one evaluation a frame at most, one signal out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.market.quote_gate import Admitted, admit, knows, refuse
from core.monitor.evaluate import evaluate
from core.monitor.past import caught_up
from gui.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from core.journal.log import LogRow
    from core.market.quote import Quote
    from core.positions.book import Book
    from core.state import Facts, MonitorState

REMEMBERED_QUOTES = 1000
FRAME_MS = 16
HIDDEN_FRAME_MS = 500
CLOCK_MS = 1000


class Moved(StrEnum):
    """What can have moved since the last frame."""

    PAST = "past"
    QUOTES = "quotes"
    BOOK = "book"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Change:
    """What moved, the facts and the state after it, and the hedge log."""

    moved: frozenset[Moved]
    facts: Facts
    state: MonitorState
    log: Sequence[LogRow]


class Store(QObject):
    """Holds the facts, evaluates them when they moved, and says what changed.

    `clock` returns now in UTC; the store never reads another. `changed` carries a Change.
    """

    changed = Signal(object)
    _arrived = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._facts: Facts | None = None
        self._log: Sequence[LogRow] = ()
        self._moved: set[Moved] = set()
        self._posted: deque[Quote] = deque(maxlen=REMEMBERED_QUOTES)
        self.inbox = Inbox()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._on_frame)
        self._ticking = QTimer(self, interval=CLOCK_MS)
        self._ticking.timeout.connect(lambda: self._mark(Moved.CLOCK))
        self._arrived.connect(lambda: self._mark(Moved.QUOTES))
        self.state: MonitorState | None = None

    @property
    def facts(self) -> Facts | None:
        """The facts as they are, None until a journal is open."""
        return self._facts

    @property
    def log(self) -> Sequence[LogRow]:
        """The hedge log, oldest first."""
        return self._log

    def load(self, facts: Facts, log: Sequence[LogRow]) -> None:
        """Take everything of a journal that was just opened; what waited for another one is dropped."""
        self.inbox.take()
        self._posted.clear()
        self._take_all(facts, log)

    def reload(self, facts: Facts, log: Sequence[LogRow]) -> None:
        """Take the facts anew: files were imported, the playbook changed. Quotes posted meanwhile stay."""
        if self._facts is not None:
            words = tuple(one for one in self._facts.set_aside if one.quote is None)
            facts = _with(facts, Admitted(facts.quotes, facts.set_aside + words))
            facts = _with(facts, admit(_admitted(facts), self._posted_since(facts), facts.past.history))
        self._take_all(facts, log)

    def _posted_since(self, facts: Facts) -> list[Quote]:
        """Return the quotes posted after the last one that the facts hold, oldest first.

        They are stored in the order of posting: what was posted before a stored one was read with it.
        """
        held = _admitted(facts)
        fresh: list[Quote] = []
        for quote in reversed(self._posted):
            if knows(held, quote):
                break
            fresh.append(quote)
        return fresh[::-1]

    def post(self, quotes: Iterable[Quote]) -> None:
        """Take quotes from any thread; they are shown at once, or at the next frame when one was just shown."""
        self.inbox.post(quotes)
        self._arrived.emit()

    def refuse(self, reasons: Iterable[str]) -> None:
        """List words that were no quote among those that are not shown."""
        if self._facts is not None:
            self._facts = _with(self._facts, refuse(_admitted(self._facts), reasons, self._clock()))
            self._mark(Moved.QUOTES)

    def take_book(self, book: Book, log: Sequence[LogRow]) -> None:
        """Take the book after an entry was committed."""
        if self._facts is None:
            raise RuntimeError("an entry came before the journal was open")
        self._facts, self._log = replace(self._facts, book=book), log
        self._mark(Moved.BOOK)

    def set_hidden(self, *, hidden: bool) -> None:
        """Evaluate more rarely while nobody can see the window."""
        self._frame.setInterval(HIDDEN_FRAME_MS if hidden else FRAME_MS)

    def stop(self) -> None:
        """Stop both timers; nothing is evaluated after this until facts are loaded again."""
        self._ticking.stop()
        self._frame.stop()
        self._facts = None

    def _take_all(self, facts: Facts, log: Sequence[LogRow]) -> None:
        self._facts, self._log = facts, log
        self._moved.update((Moved.PAST, Moved.BOOK, Moved.QUOTES))
        self._evaluate()
        self._ticking.start()

    def _mark(self, *moved: Moved) -> None:
        """Note what moved; an idle window evaluates at once, a busy one at its next frame."""
        self._moved.update(moved)
        if not self._frame.isActive():
            self._on_frame()

    def _on_frame(self) -> None:
        if self._moved:
            self._frame.start()
            self._evaluate()

    def _evaluate(self) -> None:
        if self._facts is None:
            return
        fresh = self.inbox.take()
        self._posted.extend(fresh)
        facts = _with(self._facts, admit(_admitted(self._facts), fresh, self._facts.past.history))
        before = facts.past
        self._facts = caught_up(replace(facts, now=self._clock()))
        if self._facts.past is not before:
            self._moved.add(Moved.PAST)
        self.state = evaluate(self._facts)
        moved, self._moved = frozenset(self._moved), set()
        self.changed.emit(Change(moved, self._facts, self.state, self._log))


def _admitted(facts: Facts) -> Admitted:
    return Admitted(facts.quotes, facts.set_aside)


def _with(facts: Facts, held: Admitted) -> Facts:
    return replace(facts, quotes=held.quotes, set_aside=held.set_aside)
