"""Which files, and shall they be imported? A list of files, each with its fates, and one button that writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui.formats import number_text
from gui.importing.choosing import files_in
from gui.importing.plan_page import PlanPage
from gui.importing.rows import changed_count
from gui.widgets import plain_label, push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from gui.importing.asked import Asked
    from gui.theme import Theme

SIZE = (1080, 720)
LIST_PX = 260
BoxT = TypeVar("BoxT", QCheckBox, QRadioButton)
SKIP = "Skip the rows that are &refused"
KEEP, REPLACE = "&Keep what is stored", "&Take what the files say"
ASK = "{} rows are stored with other values than the files give: choose before they are imported."


class ImportDialog(QDialog):
    """Shows files and their plans; writes nothing. The signals say what the user wants done.

    `files_dropped` carries paths, `asked_again` (number of the file, Told); `columns_requested` the number of a
    file whose columns the user wants to name, `remove_requested` that of one to be taken off the list.
    """

    more_requested = Signal()
    paste_requested = Signal()
    import_requested = Signal()
    files_dropped = Signal(list)
    asked_again = Signal(int, object)
    columns_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import market files")
        self.resize(*SIZE)
        self._files: list[Asked] = []
        self._is_busy = False
        self.list_ = QListWidget()
        self.list_.setAccessibleName("Files")
        self.list_.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list_.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_.currentRowChanged.connect(self._show_current)
        self.page = PlanPage(theme)
        self.page.told.connect(lambda told: self.asked_again.emit(self.list_.currentRow(), told))
        self.page.columns_requested.connect(lambda: self.columns_requested.emit(self.list_.currentRow()))
        self.skip = _visible_box(QCheckBox(SKIP), theme)
        self.keep, self.replace_ = (_visible_box(QRadioButton(text), theme) for text in (KEEP, REPLACE))
        self.ask = plain_label(name="What differs")
        self.changes = self._make_question()
        for box in (self.skip, self.keep, self.replace_):
            box.toggled.connect(lambda _on: self._enable())
        self.setAcceptDrops(True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Files done")
        self.hint = plain_label(name="Files that are refused", wraps=True)
        self.summary = plain_label(name="Result", wraps=True)
        self._make_buttons()
        self._lay_out()
        self._enable()

    def _make_question(self) -> QWidget:
        """Ask what becomes of values that differ; nothing is chosen beforehand."""
        row, question = QHBoxLayout(), QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.ask, self.keep, self.replace_):
            row.addWidget(part)
        row.addStretch(1)
        question.setLayout(row)
        return question

    def _make_buttons(self) -> None:
        self.more = push_button("&Add files…", self.more_requested.emit)
        self.paste = push_button(
            "&Paste", self.paste_requested.emit, tip="Read copied cells of a spreadsheet (Ctrl+V)"
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self._paste)
        self.remove = push_button("&Remove", self._ask_removal, tip="Take the file off the list (Delete)")
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list_)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ask_removal)
        self.cancel = push_button("Cancel", self.reject)
        self.import_ = push_button(
            "&Import", self.import_requested.emit, tip="Write into the journal what is shown"
        )
        self.import_.setDefault(True)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list_)
        splitter.addWidget(self.page)
        splitter.setSizes([LIST_PX, SIZE[0] - LIST_PX])
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addWidget(self.paste)
        row.addWidget(self.remove)
        row.addWidget(self.progress, 1)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.import_)
        column = QVBoxLayout(self)
        column.addWidget(splitter, 1)
        for part in (self.skip, self.changes, self.hint, self.summary):
            column.addWidget(part)
        column.addLayout(row)

    def show_files(self, files: list[Asked], *, is_busy: bool) -> None:
        """Show how the files stand; while busy nothing can be started."""
        self._files, self._is_busy = list(files), is_busy
        while self.list_.count() < len(files):
            self.list_.addItem(QListWidgetItem())
        while self.list_.count() > len(files):
            self.list_.takeItem(self.list_.count() - 1)
        for number, asked in enumerate(files):
            self.list_.item(number).setText(f"{asked.name}\n{asked.mark}")
        if self.list_.currentRow() < 0 and files:
            self.list_.setCurrentRow(0)
        self._show_current(self.list_.currentRow())
        done = sum(not asked.is_waiting for asked in files)
        self.progress.setMaximum(
            max(len(files), 1) if done < len(files) else 0
        )  # all read: they are being written
        self.progress.setValue(done)
        self._enable()

    def say(self, text: str) -> None:
        """Say what came of it."""
        self.summary.setText(text)

    @property
    def to_write(self) -> list[int]:
        """The numbers of the files that can be written and have not been."""
        return [n for n, asked in enumerate(self._files) if asked.plan is not None and asked.result is None]

    def _show_current(self, number: int) -> None:
        if 0 <= number < len(self._files):
            self.page.show_asked(self._files[number])

    def _ask_removal(self) -> None:
        if self.remove.isEnabled():
            self.remove_requested.emit(self.list_.currentRow())

    def _paste(self) -> None:
        """Paste into a field that has the cursor, else take what was copied for a table."""
        focus = self.focusWidget()
        if isinstance(focus, QLineEdit):
            focus.paste()
        else:
            self.paste_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        event.acceptProposedAction()
        self.files_dropped.emit(files_in(event.mimeData()))

    def _enable(self) -> None:
        """Allow the import only where every file that is left can be written."""
        left = [self._files[number] for number in self.to_write]
        has_refused = any(asked.has_refused_rows for asked in left)
        differ = sum(changed_count(asked.plan) for asked in left if asked.plan is not None)
        is_decided = not differ or self.keep.isChecked() or self.replace_.isChecked()
        is_ready = bool(left) and not self._is_busy and (self.skip.isChecked() or not has_refused)
        self.import_.setEnabled(is_ready and is_decided)
        self.skip.setVisible(has_refused)
        self.ask.setText(ASK.format(number_text(differ, 0)))
        self.changes.setVisible(bool(differ))
        self.remove.setEnabled(bool(self._files) and not self._is_busy)
        self.page.setVisible(bool(self._files))
        refused = [asked.name for asked in self._files if asked.plan is None and asked.reason]
        self.hint.setText(_hint(refused, len(left)))
        self.hint.setVisible(bool(refused))
        self.progress.setVisible(self._is_busy)
        is_over = bool(self._files) and not left and not self._is_busy
        self.cancel.setText("Close" if is_over else "Cancel")


def _hint(refused: list[str], others: int) -> str:
    """Return what can be done about files that are refused as a whole, "" where none is."""
    if not refused:
        return ""
    named = f"{', '.join(refused)} {'is' if len(refused) == 1 else 'are'} refused"
    them = "it" if len(refused) == 1 else "them"
    rest = f" The other files can be imported without {them}." if others else ""
    return f"✕ {named}: name above what it lacks, or take {them} off the list with Remove (Delete).{rest}"


def _visible_box(box: BoxT, theme: Theme) -> BoxT:
    """Return a box whose empty square or ring stands out from the ground: Fusion draws it like a field."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(theme.border))
    box.setPalette(palette)
    return box
