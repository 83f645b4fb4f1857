"""How do files get from the user's hand into the journal? Planned one by one, shown, then written one by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.refusal import RefusedError
from gui import jobs
from gui.formats import number_text
from gui.importing.asked import Asked, result_text
from gui.importing.choosing import choose_files
from gui.importing.dialog import ImportDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.import_file import ImportPlan, ImportResult
    from gui.context import Context
    from gui.jobs import OpenJournal


class CancelledError(RefusedError):
    """The dialog was closed before this file's turn."""


class ImportRound(QObject):
    """One dialog with its files. `is_over` may be set from any thread: what has not begun never begins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._files: list[Asked] = []
        self._left = 0
        self._has_written = False
        self.is_over = False
        self.dialog = ImportDialog(context.theme, context.window)
        self.dialog.more_requested.connect(lambda: choose_files(self.dialog, self.look_at))
        self.dialog.import_requested.connect(self._write)
        self.dialog.asked_again.connect(self._ask_again)
        self.dialog.remove_requested.connect(self._remove)

    def look_at(self, paths: list[Path]) -> None:
        """Plan files and show what they would bring."""
        known = {asked.path for asked in self._files}
        fresh = [path for path in dict.fromkeys(paths) if path not in known]
        self._files += [Asked(path) for path in fresh]
        for number in range(len(self._files) - len(fresh), len(self._files)):
            self._plan(number)
        self.dialog.show()
        self.dialog.raise_()

    def end(self) -> None:
        """Let what has not begun never begin; what is being written is finished, or not written at all."""
        self.is_over = True
        self.dialog.deleteLater()
        if not self._left:
            self.deleteLater()

    # --- planning ---

    def _ask_again(self, number: int, layout: str | None, symbol: str | None) -> None:
        self._files[number] = Asked(self._files[number].path, layout, symbol)
        self._plan(number)

    def _remove(self, number: int) -> None:
        """Take a file off the list; jobs name files by number, so only while none is queued."""
        if not self._left and 0 <= number < len(self._files):
            del self._files[number]
            self._show()

    def _plan(self, number: int) -> None:
        asked, now = self._files[number], self._context.desk.now()
        wanted = jobs.AskedFile(asked.path, asked.layout, asked.symbol)
        self._submit(
            lambda journal: jobs.plan_file(journal, wanted, now),
            lambda plan: self._put(number, self._files[number].planned(plan)),
            lambda error: self._put(number, self._files[number].refused(str(error))),
        )

    # --- writing ---

    def _write(self) -> None:
        choices = {"skip_refused": self.dialog.skip.isChecked(), "replace": self.dialog.replace_.isChecked()}
        for number in self.dialog.to_write:
            plan = self._files[number].plan
            if plan is not None:
                self._submit(
                    partial(_commit, plan=plan, context=self._context, choices=choices),
                    partial(self._on_written, number),
                    partial(self._on_not_written, number),
                )

    def _on_written(self, number: int, result: ImportResult) -> None:
        self._has_written = True
        asked = self._files[number].written(result)
        self._context.say(f"{asked.path.name}: {result_text(result)}")
        self._put(number, asked)

    def _on_not_written(self, number: int, error: Exception) -> None:
        self._context.complain("import", f"{self._files[number].path.name} was not imported: {error}")
        self._put(number, self._files[number].refused(f"Not imported: {error}"))

    def _say_result(self) -> None:
        results = [asked.result for asked in self._files if asked.result is not None]
        if not self.is_over:
            days = number_text(sum(result.new for result in results), 0)
            self.dialog.say(f"Imported: {len(results)} files, {days} new days. The charts show them.")

    # --- both ---

    def _submit(
        self,
        work: Callable[[OpenJournal], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job of this round and count it."""

        def unless_over(journal: OpenJournal) -> Any:
            if self.is_over:
                raise CancelledError("the dialog was closed")
            return work(journal)

        self._left += 1
        self._show()
        self._context.desk.submit(
            unless_over, lambda result: self._take(done, result), lambda error: self._take(failed, error)
        )

    def _take(self, then: Callable[[Any], None], answer: Any) -> None:
        self._left -= 1
        if not isinstance(answer, CancelledError):
            then(answer)
        self._show()
        if not self._left and self._has_written:
            self._has_written = False
            self._context.read_again(self._say_result)
        if not self._left and self.is_over:
            self.deleteLater()

    def _put(self, number: int, asked: Asked) -> None:
        self._files[number] = asked

    def _show(self) -> None:
        if not self.is_over:
            self.dialog.show_files(self._files, is_busy=self._left > 0)


def _commit(journal: OpenJournal, plan: ImportPlan, context: Context, choices: dict[str, bool]) -> ImportResult:
    return jobs.commit_file(journal, plan, context.desk.now(), **choices)
