"""Who touches the database? One thread that owns the connection and does one job after the other."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.refusal import RefusedError

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
    job: Job
    result: Any = None
    error: Exception | None = None


class DatabaseThread(QThread):
    """Opens what `open_journal` opens, hands it to each job in turn, and closes it at the end.

    Jobs run here; `done` and `failed` are called in the thread that made this object, in the order of the jobs.
    An error that is not the world's (neither RefusedError nor OSError) is raised there again after `failed`.
    """

    _answered = Signal(object)

    def __init__(self, open_journal: Callable[[], AbstractContextManager[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._open_journal = open_journal
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._is_stopped = False
        self._answered.connect(self._hand_back)

    def submit(
        self,
        work: Callable[[Any], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job; returns at once."""
        self._jobs.put(Job(work, done, failed))

    def stop(self) -> None:
        """Let the queued jobs end, close the database, and wait for the thread; late answers are dropped."""
        self._is_stopped = True
        self._jobs.put(None)
        self.wait()

    def run(self) -> None:
        """Work through the jobs until told to stop; an error in opening is the answer to all of them."""
        try:
            with self._open_journal() as journal:
                self._work_through(journal)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window must say it
            self._refuse_rest(error)

    def _work_through(self, journal: Any) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                answer = _Answer(job, job.work(journal))
            except Exception as error:  # noqa: BLE001 - handed to the window, which shows or raises it
                answer = _Answer(job, error=error)
            self._answered.emit(answer)

    def _refuse_rest(self, error: Exception) -> None:
        while not self._is_stopped and (job := self._jobs.get()) is not None:
            self._answered.emit(_Answer(job, error=error))

    @Slot(object)
    def _hand_back(self, answer: _Answer) -> None:
        if self._is_stopped:
            return
        if answer.error is None:
            answer.job.done(answer.result)
            return
        answer.job.failed(answer.error)
        if not isinstance(answer.error, RefusedError | OSError):
            raise answer.error
