"""How do files get from the user's hand into the journal? Planned one by one, shown, then written all at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from core.refusal import RefusedError
from db.file_text import FileText
from gui import market_jobs
from gui.formats import number_text
from gui.importing.asked import Asked, result_text
from gui.importing.choosing import choose_files, copied
from gui.importing.columns import ColumnsDialog
from gui.importing.dialog import ImportDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.parsing.layout import Head
    from core.parsing.mapping import ColumnMapping
    from db.import_file import ImportPlan, ImportResult, Told
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
        self._left, self._pasted = 0, 0
        self._has_written = False
        self.is_over = False
        self.dialog = ImportDialog(context.theme, context.window)
        self.dialog.more_requested.connect(lambda: choose_files(self.dialog, self.look_at))
        self.dialog.files_dropped.connect(self.look_at)
        self.dialog.paste_requested.connect(self.paste)
        self.dialog.import_requested.connect(self._write)
        self.dialog.asked_again.connect(self._ask_again)
        self.dialog.columns_requested.connect(self._ask_columns)
        self.dialog.remove_requested.connect(self._remove)

    def paste(self) -> None:
        """Plan what was copied: files, or the cells of a spreadsheet as one table."""
        files, text = copied()
        if files:
            self.look_at(files)
        elif text.strip():
            self._pasted += 1
            self.look_at([FileText.pasted(f"pasted table {self._pasted}", text)])
        else:
            self.dialog.say("There is nothing to paste: copy the cells of a table with its header line first.")
            self.dialog.show()

    def look_at(self, files: Sequence[Path | FileText]) -> None:
        """Plan files and show what they would bring."""
        known = {asked.file for asked in self._files}
        fresh = [file for file in dict.fromkeys(files) if file not in known]
        self._files += [Asked(file) for file in fresh]
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

    def _ask_again(self, number: int, told: Told) -> None:
        self._files[number] = Asked(self._files[number].file, told)
        self._plan(number)

    def _ask_columns(self, number: int) -> None:
        """Read the head of a file, then ask what is in its columns."""
        file = self._files[number].file
        self._submit(
            lambda _journal: market_jobs.read_head(file),
            lambda head: self._show_columns(number, head),
            lambda error: self._put(number, self._files[number].refused(str(error))),
        )

    def _show_columns(self, number: int, head: Head) -> None:
        def take(mapping: ColumnMapping) -> None:
            told = replace(self._files[number].told, layout="", mapping=mapping)
            self._ask_again(number, told)

        box = ColumnsDialog(head, self.dialog)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.chosen.connect(take)
        box.open()

    def _remove(self, number: int) -> None:
        """Take a file off the list; jobs name files by number, so only while none is queued."""
        if not self._left and 0 <= number < len(self._files):
            del self._files[number]
            self._show()

    def _plan(self, number: int) -> None:
        asked, now = self._files[number], self._context.desk.now()
        wanted = market_jobs.AskedFile(asked.file, asked.told)
        self._submit(
            lambda journal: market_jobs.plan_file(journal, wanted, now),
            lambda plan: self._put(number, self._files[number].planned(plan)),
            lambda error: self._put(number, self._files[number].refused(str(error))),
        )

    # --- writing ---

    def _write(self) -> None:
        """Have everything that can be written written in one transaction."""
        choices = {"skip_refused": self.dialog.skip.isChecked(), "replace": self.dialog.replace_.isChecked()}
        chosen = [(n, plan) for n in self.dialog.to_write if (plan := self._files[n].plan) is not None]
        numbers, plans = [number for number, _ in chosen], [plan for _, plan in chosen]
        self._submit(
            partial(_commit, plans=plans, context=self._context, choices=choices),
            partial(self._on_written, numbers),
            self._on_not_written,
        )

    def _on_written(self, numbers: list[int], results: list[ImportResult]) -> None:
        self._has_written = True
        for number, result in zip(numbers, results, strict=True):
            asked = self._files[number].written(result)
            self._context.say(f"{asked.name}: {result_text(result)}")
            self._put(number, asked)

    def _on_not_written(self, error: Exception) -> None:
        self._context.complain("import", f"Nothing was imported: {error}")
        self.dialog.say(f"✕ Nothing was imported, the journal is as it was: {error}")

    def _say_result(self) -> None:
        results = [asked.result for asked in self._files if asked.result is not None]
        if not self.is_over:
            rows = number_text(sum(result.new for result in results), 0)
            undo = "File, Market data takes an import back."
            self.dialog.say(f"Imported: {len(results)} files, {rows} new rows. The charts show them. {undo}")

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


def _commit(
    journal: OpenJournal, plans: list[ImportPlan], context: Context, choices: dict[str, bool]
) -> list[ImportResult]:
    return market_jobs.commit_files(journal, plans, context.desk.now(), **choices)
