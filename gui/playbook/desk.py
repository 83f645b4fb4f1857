"""Who opens the parameters, writes the file and puts it in force? At most one dialog at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from core.refusal import RefusedError

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook
    from gui.context import Context
    from gui.playbook.dialog import PlaybookDialog

FILTERS = "Playbooks (*.toml)"
PROPOSED = "my-playbook.toml"


class PlaybookDesk(QObject):
    """The parameters of one window's playbook."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.dialog: PlaybookDialog | None = None

    def show_parameters(self) -> None:
        """Open the parameters of the playbook in force, or bring them to the front."""
        from core.playbook.edr_study import rung_shares
        from gui.playbook.dialog import PlaybookDialog

        facts = self._context.the_store.facts
        if self.dialog is not None or facts is None:
            return
        rungs = rung_shares(facts.past.measured, facts.playbook, slice(None))
        self.dialog = PlaybookDialog(facts.playbook, rungs, self._context.theme, self._context.window)
        self.dialog.save_requested.connect(self._ask_where)
        self.dialog.finished.connect(self._finish)
        self.dialog.open()

    def _ask_where(self, playbook: Playbook) -> None:
        folder = str(self._context.options.journal.parent)
        box = QFileDialog(self.dialog, "Save the playbook", folder, FILTERS)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        box.setDefaultSuffix("toml")
        box.selectFile(PROPOSED)
        box.fileSelected.connect(lambda file: self.save_and_use(Path(file), playbook))
        box.open()

    def save_and_use(self, path: Path, playbook: Playbook) -> None:
        """Write the playbook and follow it; say why not where it cannot be written."""
        from db.playbooks import save_playbook

        try:
            save_playbook(path, playbook, self._context.options.journal)
        except (RefusedError, OSError) as error:
            if self.dialog is not None:
                self.dialog.say(f"Not saved: {error}")
            return
        if self.dialog is not None:
            self.dialog.accept()
        self._context.change_rules(playbook__name=str(path), playbook__edr_formula="")

    def _finish(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
