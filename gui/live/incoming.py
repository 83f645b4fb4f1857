"""What reaches an open window from outside? Files of a folder, and commands of other processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from gui.live.folder_desk import FolderDesk
from gui.live.set_aside import SetAsideNotice

if TYPE_CHECKING:
    from gui.context import Context
    from gui.jobs import Loaded
    from gui.live.owner import Owner, RunCommand
    from gui.live.wire import Outcome


class Incoming(QObject):
    """Begins when a journal was opened, ends when it is left. Without the right to write nothing comes in."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.notice = SetAsideNotice(context.window.banners)
        context.the_store.changed.connect(self.notice.show)
        self.folder = FolderDesk(context)
        self.owner: Owner | None = None

    def begin(self, loaded: Loaded) -> None:
        """Listen and watch for a journal that was opened for writing."""
        self.end()
        load_commands = self._context.options.load_commands
        if loaded.read_only:
            return
        self.folder.begin()
        if load_commands is not None:
            # imported over there: it would keep this thread for a tenth of a second
            self._context.desk.submit(
                lambda _journal: _imported(load_commands()),
                lambda run_command: self._listen(loaded, run_command),
                lambda error: self._context.complain("owner", f"Commands of others are not taken: {error}"),
            )

    def end(self) -> None:
        """Take nothing any more."""
        self.folder.end()
        if self.owner is not None:
            self.owner.close()

    def _listen(self, loaded: Loaded, run_command: RunCommand) -> None:
        from gui.live.owner import Owner

        if self.owner is None:
            self.owner = Owner(self._context.desk, run_command, self)
            self.owner.done.connect(self._show)
            self.owner.show_requested.connect(self._come_to_front)
        trouble = self.owner.listen(loaded.path)
        if trouble:
            self._context.complain("owner", f"Commands of others are not taken: {trouble}")

    def _show(self, outcome: Outcome) -> None:
        """Show what a command of another process brought."""
        if outcome.quotes:
            self._context.the_store.post(outcome.quotes)
        if outcome.refused:
            self._context.the_store.refuse(outcome.refused)
        if outcome.has_written:
            self._context.read_again(lambda: None)
        said = outcome.answer.out or outcome.answer.err
        if said:
            self._context.say(f"By command: {said.splitlines()[0].removeprefix('condor-watch: ')}")

    def _come_to_front(self) -> None:
        """Show the window to whoever started the program a second time."""
        window = self._context.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)


def _imported(run_command: RunCommand) -> RunCommand:
    import PySide6.QtNetwork  # noqa: F401 - so that the window's thread finds it imported

    return run_command
