"""Who touches the database? One thread that owns the connection and does one job after the other."""

from __future__ import annotations

import itertools
import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.refusal import RefusedError
from gui.garbage import GuiThreadCollector

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


@dataclass(frozen=True)
class Job:
    """Work for the database thread and what the window does with the answer or the error."""

    work: Callable[[Any], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


@dataclass(frozen=True)
class _Answer:
    number: int
    result: Any = None
    error: Exception | None = None


class DatabaseThread(QThread):
    """Opens what `open_journal` opens, hands it to each job in turn, and closes it at the end.

    Jobs run here; `done` and `failed` are called in the thread that made this object, in the order of the jobs.
    `trouble` is what went wrong in closing it, "" where nothing did.
    An error that is not the world's (neither RefusedError nor OSError) is raised there again after `failed`.
    """

    _answered = Signal(object)

    def __init__(self, open_journal: Callable[[], AbstractContextManager[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._open_journal = open_journal
        self._numbers = itertools.count()
        # This side keeps each job until it is answered: what a job holds of Qt must not die in the other thread.
        self._waiting: dict[int, Job] = {}
        self._jobs: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._is_stopped = False
        self.trouble = ""
        self._collector = GuiThreadCollector(self)
        self._answered.connect(self._hand_back)

    def begin(self) -> None:
        """Start the thread; from here on garbage is collected in the calling thread alone."""
        self._collector.begin()
        self.start()

    def submit(
        self,
        work: Callable[[Any], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job; returns at once."""
        number = next(self._numbers)
        self._waiting[number] = Job(work, done, failed)
        self._jobs.put(number)

    def stop(self) -> None:
        """Let the queued jobs end, close the database, and wait for the thread; late answers are dropped."""
        self._is_stopped = True
        self._jobs.put(None)
        self.wait()
        self._collector.end()

    def run(self) -> None:
        """Work through the jobs until told to stop; an error in opening is the answer to all of them."""
        try:
            with self._open_journal() as journal:
                self._work_through(journal)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window must say it
            self.trouble = str(error) if self._is_stopped else ""
            self._refuse_rest(error)

    def _work_through(self, journal: Any) -> None:
        while (number := self._jobs.get()) is not None:
            try:
                answer = _Answer(number, self._waiting[number].work(journal))
            except Exception as error:  # noqa: BLE001 - handed to the window, which shows or raises it
                answer = _Answer(number, error=error)
            self._answered.emit(answer)

    def _refuse_rest(self, error: Exception) -> None:
        while not self._is_stopped and (number := self._jobs.get()) is not None:
            self._answered.emit(_Answer(number, error=error))

    @Slot(object)
    def _hand_back(self, answer: _Answer) -> None:
        if self._is_stopped:
            return
        job = self._waiting.pop(answer.number)
        if answer.error is None:
            job.done(answer.result)
            return
        job.failed(answer.error)
        if not isinstance(answer.error, RefusedError | OSError):
            raise answer.error
