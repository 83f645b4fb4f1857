"""Who keeps the journal in the window? Undo, redo, history, timeline, backup, restore, check and rebuild."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.journal.log import log_rows
from core.journal.undo import draft_redo, draft_undo
from gui.keeping import jobs
from gui.keeping.progress import ProgressBox
from gui.keeping.rows import BACKUPS, HISTORY, TIMELINE, backup_row, history_row, timeline_row
from gui.keeping.table import TableDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.journal.entry import Entry
    from core.journal.history import Act
    from core.journal.timeline import Moment
    from core.positions.book import Book
    from db.backup import Backup
    from db.restore import Restored
    from db.verify import VerifyReport
    from gui.book.pane import BookPane
    from gui.context import Context
    from gui.jobs import Loaded, OpenJournal

CHECKING = "The program was closed unexpectedly the last time: the journal is being checked…"
UNDO_SENTENCE = (
    "An act is taken back by another entry; both stay in the log. Undo and Redo are about the selected act."
)


class Keeping(QObject):
    """The keeping of one window's journal. Long work shows how far it is and can be ended."""

    def __init__(self, context: Context, book: BookPane) -> None:
        super().__init__(context)
        self._context, self._book = context, book
        self._boxes: list[ProgressBox] = []

    def works(self) -> dict[str, Callable[[], None]]:
        """Return what the menus' actions do."""
        return {
            "undo": partial(self.take_back, draft_undo, None),
            "redo": partial(self.take_back, draft_redo, None),
            "history": self.show_history,
            "timeline": self.show_timeline,
            "backup": self.back_up,
            "restore": self.choose_backup,
            "verify": self.check,
            "rebuild": self.rebuild,
        }

    # --- undo and redo ---

    def take_back(self, again: Any, seq: int | None) -> None:
        """Undo or redo an act, the last one where none is named."""
        desk = self._context.desk

        def work(journal: OpenJournal) -> tuple[list[Entry], Book]:
            return jobs.take_back(journal, again, seq, desk.now(), desk.rules())

        desk.submit(work, self._on_taken_back, partial(self._complain, "undo", "Nothing was changed"))

    def _on_taken_back(self, result: tuple[list[Entry], Book]) -> None:
        entries, book = result
        store, rows = self._context.the_store, log_rows(entries)
        store.take_book(book, [*store.log, *rows])
        self._context.window.banners.hush("undo")
        self._context.say("; ".join(f"Entry {row.sequence} saved: {row.what}" for row in rows))

    def show_history(self) -> None:
        """List the acts, to undo or redo one of them."""
        self._submit(jobs.read_history, self._show_acts, "history")

    def _show_acts(self, acts: Sequence[Act]) -> None:
        newest = list(reversed(acts))
        box = TableDialog("History", UNDO_SENTENCE, HISTORY, self._context.window)
        box.add_button("&Undo", "Take the selected act back", partial(self._of_row, box, newest, draft_undo))
        box.add_button("&Redo", "Let the selected act stand again", partial(self._of_row, box, newest, draft_redo))
        box.add_close()
        box.show_rows([history_row(act) for act in newest])
        box.show()

    def _of_row(self, box: TableDialog, acts: Sequence[Act], again: Any, row: int) -> None:
        if 0 <= row < len(acts):
            self.take_back(again, acts[row].row.sequence)
            box.accept()

    def show_timeline(self) -> None:
        """Show every act on the selected condor."""
        key = self._book.selected_key
        if key is None or not key.condor_id:
            self._context.say("Select a condor: its timeline is shown.")
            return
        condor_id = key.condor_id
        self._submit(
            partial(jobs.read_timeline, condor_id=condor_id), partial(self._show_moments, condor_id), "timeline"
        )

    def _show_moments(self, condor_id: int, moments: Sequence[Moment]) -> None:
        sentence = "Every act in the order in which it was entered, with the market that was stamped on it then."
        box = TableDialog(f"Timeline of condor {condor_id}", sentence, TIMELINE, self._context.window)
        box.add_close()
        box.show_rows([timeline_row(moment) for moment in moments])
        box.show()

    # --- backups and checks ---

    def back_up(self) -> None:
        """Make a backup and check it."""
        now = self._context.desk.now()
        self._long(
            "Backing up the journal and checking the copy…",
            lambda journal, tell: jobs.back_up(journal, tell, now),
            lambda made: self._context.say(f"Backed up and checked: {made.path}"),
            "backup",
        )

    def check(self) -> None:
        """Check the journal from its first entry."""
        self._long("Checking the journal from its first entry…", jobs.check, self._on_checked, "verify")

    def _on_checked(self, report: VerifyReport) -> None:
        if report.ok:
            self._context.say(f"{report.entries} entries checked: chain, notes and tables agree.")
        else:
            self._say_damaged(report)

    def _say_damaged(self, report: VerifyReport) -> None:
        """Say what does not hold, with all of it to copy."""
        first = "" if report.first_bad_seq is None else f" (first at entry {report.first_bad_seq})"
        text = f"The journal is damaged{first}: {report.problems[0]}. Nothing was changed. File, Restore a backup."
        self._context.window.banners.say("verify", text, details="\n".join(report.problems), stays=True)

    def rebuild(self) -> None:
        """Write the readable tables anew from the entries."""
        done = "The readable tables were written anew from the entries."
        self._submit(jobs.rebuild, lambda _nothing: self._context.say(done), "rebuild")

    def choose_backup(self) -> None:
        """List the backups, to put one in the journal's place."""
        from db.backup import backups_of

        journal = self._context.the_path
        found = backups_of(journal)
        sentence = (
            f"A backup is checked, then put in the place of {journal.name}. The file that is there now is "
            f"kept under {journal.parent / 'damaged'}."
            if found
            else "There is no backup yet: File, Back up now makes one."
        )
        box = TableDialog("Restore a backup", sentence, BACKUPS, self._context.window)
        box.add_button(
            "&Restore", "Put the selected backup in the journal's place", partial(self._restore_row, box, found)
        )
        box.add_close()
        box.show_rows([backup_row(backup) for backup in found])
        box.show()

    def _restore_row(self, box: TableDialog, found: Sequence[Backup], row: int) -> None:
        if 0 <= row < len(found):
            box.accept()
            self.restore(found[row].path)

    def restore(self, backup: Path) -> None:
        """Close the journal, put a backup in its place, and open it."""
        progress = self._progress(f"Restoring {backup.name}…")
        restoring = jobs.Restoring(self._context.the_path, backup, progress.tell)
        self._context.begin(restoring, lambda: self._on_restored(progress, restoring))

    def _on_restored(self, progress: ProgressBox, restoring: jobs.Restoring) -> None:
        self._end(progress)
        if restoring.done is None:
            self._context.complain("restore", f"Not restored, the journal is as it was: {restoring.error}")
            return
        self._say_restored(restoring.done, restoring.backup)

    def _say_restored(self, done: Restored, backup: Path) -> None:
        kept = "" if done.kept is None else f" What was there before is kept in {done.kept}."
        again = f" {len(done.missing)} entries are to be entered again." if done.missing else ""
        details = "\n".join(
            f"{row.sequence} {row.event_time} {row.kind} {row.what} {row.note}" for row in done.missing
        )
        text = f"The journal is {backup.name} now, {done.head.seq} entries.{again}{kept}"
        self._context.window.banners.say("restore", text, details=details)

    # --- at start ---

    def begin(self, loaded: Loaded) -> None:
        """Say what was found at start, check a journal that was left open, and make the backup that is owed."""
        banners, desk = self._context.window.banners, self._context.desk
        for found in loaded.notices:
            if found.text != loaded.read_only:
                banners.say("start", found.text)
        if loaded.was_left_open and not loaded.read_only:
            banners.say("checking", CHECKING)
            desk.submit(
                lambda journal: jobs.check(journal, lambda _count: None), self._on_start_checked, self._on_failed
            )
        desk.submit(
            lambda journal: jobs.back_up_if_due(journal, desk.now()),
            lambda _made: None,
            partial(self._complain, "backup", "The backup of the last session failed"),
        )

    def _on_start_checked(self, report: VerifyReport) -> None:
        from db.start_state import unexpectedly_closed

        self._context.window.banners.hush("checking")
        if report.ok:
            self._context.window.banners.say("checked", unexpectedly_closed(report.entries).text)
        else:
            self._say_damaged(report)

    def _on_failed(self, error: Exception) -> None:
        self._complain("verify", "The journal could not be checked", error)

    # --- both ---

    def cancel(self) -> None:
        """Let long work end early: the window is closing."""
        for box in self._boxes:
            box.cancel()

    def _submit(self, work: Callable[[OpenJournal], Any], done: Callable[[Any], None], key: str) -> None:
        self._context.desk.submit(work, done, partial(self._complain, key, "Not done"))

    def _complain(self, key: str, text: str, error: Exception) -> None:
        self._context.complain(key, f"{text}: {error}")

    def _long(
        self, text: str, work: Callable[[OpenJournal, Any], Any], done: Callable[[Any], None], key: str
    ) -> None:
        """Have long work done, with a box that shows how far it is."""
        box = self._progress(text)

        def ended(then: Callable[[Any], None], answer: Any) -> None:
            self._end(box)
            then(answer)

        self._context.desk.submit(
            lambda journal: work(journal, box.tell),
            partial(ended, done),
            partial(ended, partial(self._complain, key, "Not done")),
        )

    def _progress(self, text: str) -> ProgressBox:
        box = ProgressBox(text, self._context.window)
        self._boxes.append(box)
        return box

    def _end(self, box: ProgressBox) -> None:
        self._boxes.remove(box)
        box.end()
