"""Who sends work to the disk? Opens and closes journals, and hands every read and write to the database thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui import jobs
from gui.tasks import DatabaseThread

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from gui.jobs import OpenJournal, Rules


class Desk(QObject):
    """One open journal at a time. `loaded` carries a Loaded, `refused` why no journal could be opened.

    `troubled` says what went wrong while a journal was being closed: its last backup.

    Before `loaded` comes `closes_read` with the Closes, where they were kept.

    Answers of a journal that was closed since are dropped: its thread is joined before the next one opens.
    """

    closes_read = Signal(object)
    loaded = Signal(object)
    refused = Signal(str)
    troubled = Signal(str)

    def __init__(self, clock: Callable[[], datetime], rules: Callable[[], Rules], parent: QObject) -> None:
        super().__init__(parent)
        self._clock, self._rules = clock, rules
        self._thread: DatabaseThread | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a journal, be it still opening."""
        return self._thread is not None

    def open(self, path: Path) -> None:
        """Open a journal that exists."""
        self._start(partial(jobs.open_journal, path, self._clock()))

    def begin(self, make: Callable[[datetime], Path]) -> None:
        """Make a journal on the database thread, then open it."""
        now = self._clock()
        self._start(partial(jobs.begun_first, partial(make, now), now))

    def _start(self, open_it: Callable[[], AbstractContextManager[OpenJournal]]) -> None:
        self.close()
        self._thread = DatabaseThread(open_it, self)
        self._thread.begin()
        self.submit(self._load_closes, self._on_closes, self._on_refused)

    def _load_closes(self, journal: OpenJournal) -> jobs.Closes | None:
        return jobs.load_closes(journal, self._rules(), self._clock())

    def _on_closes(self, closes: jobs.Closes | None) -> None:
        """Have the charts shown, and read the rest only then: two threads of Python would slow each other."""
        if closes is not None:
            self.closes_read.emit(closes)
        self.submit(self._load, self.loaded.emit, self._on_refused)

    def _load(self, journal: OpenJournal) -> jobs.Loaded:
        return jobs.load(journal, self._rules(), self._clock())

    def _on_refused(self, error: Exception) -> None:
        self.close()
        self.refused.emit(str(error))

    def read_again(self, done: Callable[[jobs.Loaded], None], failed: Callable[[Exception], None]) -> None:
        """Read the facts anew: files were imported, the playbook changed."""
        self.submit(self._load, done, failed)

    def submit(
        self, work: Callable[[OpenJournal], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Have work done on the database thread; `done` or `failed` is called here with the answer."""
        if self._thread is None:
            raise RuntimeError("there is no journal to work on")
        self._thread.submit(work, done, failed)

    def rules(self) -> Rules:
        """Return the rules in force."""
        return self._rules()

    def now(self) -> datetime:
        """Return the time of the clock, in UTC."""
        return self._clock()

    def close(self) -> None:
        """Let queued work end, close the journal and wait for its thread."""
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.stop()
            thread.deleteLater()
            if thread.trouble:
                self.troubled.emit(thread.trouble)
