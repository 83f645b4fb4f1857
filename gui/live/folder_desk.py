"""What becomes of a file that came into the watched folder? It is imported whole, or a line says why not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.live.folder import FolderWatch
from gui.live.folder_jobs import take_file

if TYPE_CHECKING:
    from gui.context import Context
    from gui.jobs import OpenJournal
    from gui.live.folder_jobs import TakenFile

KEY = "folder"
SETTING = "live.folder"


class FolderDesk(QObject):
    """The watched folder of one window; nothing is watched while no journal can be written."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._left, self._has_news = 0, False
        self.watch = FolderWatch(self)
        self.watch.arrived.connect(self._take)
        self.watch.gone.connect(lambda: self._complain(f"{self.watch.folder} is not there: waiting for it"))
        self.watch.back.connect(lambda: context.window.banners.hush(KEY))

    @property
    def wanted(self) -> str:
        """The folder that the settings name, "" for none."""
        return self._context.preferences.text(SETTING)

    def begin(self) -> None:
        """Watch the folder of the settings, if there is one."""
        if self.wanted:
            self.watch.watch(Path(self.wanted))
        self._context.window.actions_.by_key["unwatch"].setEnabled(bool(self.wanted))

    def end(self) -> None:
        """Watch nothing until a journal is open again."""
        self.watch.stop()
        self._left, self._has_news = 0, False

    def choose(self, folder: Path) -> None:
        """Watch another folder, and remember it."""
        self._context.remember(live__folder=str(folder))
        self._context.window.banners.hush(KEY)
        self._context.say(f"Watching {folder}: market files that come into it are imported")
        self.begin()

    def leave(self) -> None:
        """Watch no folder any more, and remember that."""
        self.end()
        self._context.remember(live__folder="")
        self._context.window.banners.hush(KEY)
        self._context.window.actions_.by_key["unwatch"].setEnabled(False)
        self._context.say("No folder is watched any more")

    def _take(self, path: Path) -> None:
        self._left += 1
        self._context.desk.submit(
            partial(_take_file, path=path, context=self._context),
            partial(self._on_taken, path),
            partial(self._on_refused, path),
        )

    def _on_taken(self, path: Path, taken: TakenFile) -> None:
        if taken.text:
            self._context.say(f"{path.name}: {taken.text}")
        if path.name in self._context.window.banners.text_of(KEY):
            self._context.window.banners.hush(KEY)
        self._has_news = self._has_news or taken.is_news
        self._finish_one()

    def _on_refused(self, path: Path, error: Exception) -> None:
        reason = str(error).removeprefix(f"{path.name}: ")
        self._complain(f"{path.name} was not imported, what was there stays: {reason}")
        self._finish_one()

    def _finish_one(self) -> None:
        """Show what the last of several files brought, once."""
        self._left -= 1
        if self._left <= 0 and self._has_news:
            self._has_news = False
            self._context.read_again(lambda: None)

    def _complain(self, text: str) -> None:
        self._context.complain(KEY, f"Watched folder: {text}")


def _take_file(journal: OpenJournal, path: Path, context: Context) -> TakenFile:
    return take_file(journal, path, context.desk.now())
