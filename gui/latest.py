"""Who answers a question that keeps changing? A thread beside the window's; of those waiting, the last wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is asked, and of which round: those of an earlier round are dropped."""

    asked: Any
    round_: int


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    question: _Question
    result: Any = None
    error: Exception | None = None


class LatestAnswer(QObject):
    """Has `work(asked)` done in another thread, one question at a time; a newer one displaces the one waiting.

    Asked in the thread that made this object, `answered` (a result) and `refused` (a reason) come there too.
    `work` is a pure function: it must not touch Qt. An error that is not the world's is raised here again.
    """

    answered = Signal(object)
    refused = Signal(str)
    busy_changed = Signal(bool)
    _done = Signal(object)

    def __init__(self, work: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool: ThreadPoolExecutor | None = None
        self._round = 0
        self._running: _Question | None = None
        self._waiting: _Question | None = None
        self._done.connect(self._hand_back)

    @property
    def is_busy(self) -> bool:
        """Whether the last question still waits for its answer."""
        return self._running is not None

    def ask(self, asked: Any) -> None:
        """Ask; returns at once."""
        question = _Question(asked, self._round)
        if self._running is not None:
            self._waiting = question
            return
        self._begin(question)
        self.busy_changed.emit(True)

    def _begin(self, question: _Question) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="latest")
        self._running, self._waiting = question, None
        self._pool.submit(self._answer, question)

    def _answer(self, question: _Question) -> None:
        try:
            answer = _Answer(question, self._work(question.asked))
        except Exception as error:  # noqa: BLE001 - handed to the window, which shows or raises it
            answer = _Answer(question, error=error)
        self._done.emit(answer)

    @Slot(object)
    def _hand_back(self, answer: _Answer) -> None:
        if answer.question.round_ != self._round:
            return
        self._running = None
        if self._waiting is not None:
            self._begin(self._waiting)
        else:
            self.busy_changed.emit(False)
        self._tell(answer)

    def _tell(self, answer: _Answer) -> None:
        if answer.error is None:
            self.answered.emit(answer.result)
            return
        self.refused.emit(str(answer.error) or type(answer.error).__name__)
        if not isinstance(answer.error, RefusedError | OSError):
            raise answer.error

    def forget(self) -> None:
        """Wait for the answer under way and drop it with the questions that wait: nothing comes of them."""
        self._round += 1
        was_busy, self._running, self._waiting = self.is_busy, None, None
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None
        if was_busy:
            self.busy_changed.emit(False)
