"""How is a note written? About the book, a condor or a layer, in as many lines as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPlainTextEdit

from core.journal.acts import write_note
from core.positions.book import LAYER_NUMBERS
from gui.entry.dialog import EntryDialog, Ground
from gui.entry.typed import StillEmptyError
from gui.holding import HoldingKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.journal.entry import Draft
    from gui.entry.checking import Readings

LINES = 6


class NoteDialog(EntryDialog):
    """Writes a note. `key` says what it is about at first. Ctrl+Enter accepts, Enter begins a line."""

    def __init__(self, ground: Ground, parent: QWidget | None = None, *, key: HoldingKey | None = None) -> None:
        super().__init__(ground, "Write a note", "Write note", parent)
        self._subjects = _subjects(ground)
        self.about = self.form.choice("condor_id", "&About", [text for text, _ in self._subjects])
        keys = [subject for _, subject in self._subjects]
        if key in keys:
            self.about.setCurrentIndex(keys.index(key))
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("Note")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * (LINES + 1))
        self.form.add("text", "&Note", (self.words,))
        self.add_time(ground.now)
        self.accept_button.setShortcut("Ctrl+Return")
        self.begin()
        self.words.setFocus()

    def readings(self) -> Readings:
        """Return subject, words and time."""
        return {
            "subject": lambda: self._subjects[self.about.currentIndex()][1],
            "text": self._words,
            "at": self.moment_typed,
        }

    def _words(self) -> str:
        text = self.words.toPlainText()
        if not text.strip():
            raise StillEmptyError("text")
        return text

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the note."""
        subject: HoldingKey = values.pop("subject")
        layer = subject.layer or None
        return write_note(self.ground.book, condor_id=subject.of_condor, layer=layer, **values)


def _subjects(ground: Ground) -> list[tuple[str, HoldingKey]]:
    """Return what a note can be about: the book, the layers, the condors and their layers, closed ones too."""
    book = ground.book
    found = [("the book", HoldingKey())]
    found += [(book.layer_names[number], HoldingKey(0, number)) for number in LAYER_NUMBERS]
    found += [(HoldingKey(number).title, HoldingKey(number)) for number in sorted(book.condors)]
    own = sorted(HoldingKey(condor_id, number) for number, condor_id in book.layers if condor_id is not None)
    return found + [(key.title, key) for key in own]
