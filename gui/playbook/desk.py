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
    from gui.playbook.comparing import ComparisonDialog
    from gui.playbook.dialog import PlaybookDialog

FILTERS = "Playbooks (*.toml)"
PROPOSED = "my-playbook.toml"
HERE = "as it stands here"
DEFAULT = "composite"


class PlaybookDesk(QObject):
    """The parameters of one window's playbook."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.dialog: PlaybookDialog | None = None
        self.comparison: ComparisonDialog

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
        self.dialog.compare_requested.connect(self.show_comparison)
        self.dialog.finished.connect(self._finish)
        self.dialog.open()

    def show_comparison(self, playbook: Playbook) -> None:
        """Compare the playbook as it stands in the dialog with the presets and with files."""
        from db.playbooks import load_playbook, playbook_names
        from gui.playbook.comparing import ComparisonDialog

        known = {HERE: playbook} | {name: load_playbook(name) for name in playbook_names()}
        self.comparison = ComparisonDialog(known, HERE, DEFAULT, self.dialog or self._context.window)
        self.comparison.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.comparison.file_requested.connect(self._ask_which)
        self.comparison.open()

    def _ask_which(self) -> None:
        folder = str(self._context.options.journal.parent)
        box = QFileDialog(self.comparison, "Compare with a playbook", folder, FILTERS)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setFileMode(QFileDialog.FileMode.ExistingFile)
        box.fileSelected.connect(lambda file: self.compare_with(Path(file)))
        box.open()

    def compare_with(self, path: Path) -> None:
        """Bring the playbook of a file into the comparison; say why not where it is none."""
        from db.playbooks import load_playbook

        try:
            self.comparison.add(load_playbook(str(path)))
        except (RefusedError, OSError) as error:
            self.comparison.say(f"Not compared: {error}")

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
