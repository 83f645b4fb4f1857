"""What do all entry dialogs share? Live refusals beside their fields, a preview, and one draft at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QVBoxLayout

from core.market.times import exchange_time
from gui.entry.checking import Checked
from gui.entry.fields import EntryForm
from gui.entry.preview import Preview, preview
from gui.entry.typed import typed_decimal, typed_moment
from gui.widgets import plain_label, set_text_colour

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton, QWidget

    from core.journal.entry import Draft
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book
    from gui.entry.checking import Readings
    from gui.theme import Theme

LEAST_WIDTH_PX = 560
TIME_HINT = "YYYY-MM-DD HH:MM"


@dataclass(frozen=True)
class Ground:
    """What a dialog stands on: the book, the sessions, the moment it was opened, and the theme."""

    book: Book
    calendar: SessionCalendar
    now: datetime
    theme: Theme


class EntryDialog(QDialog):
    """A form that makes one Draft.

    `submitted` carries the draft when the user accepts; the dialog stays open until `saved` is called, and
    `failed` gives it back with the reason, nothing typed lost. `draft` is None while the form is refused.
    """

    submitted = Signal(object)

    def __init__(self, ground: Ground, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = ground
        self.draft: Draft | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = EntryForm(self)
        self.preview_label = plain_label(name="Preview", wraps=True)
        self.flags_label = plain_label(name="Flags", wraps=True)
        self.state_label = plain_label(name="What is missing or refused", wraps=True)
        set_text_colour(self.flags_label, ground.theme.amber)
        self._make_layout(verb)
        self._asking: QMessageBox | None = None
        self._begun: tuple[str, ...] = ()

    def _make_layout(self, verb: str) -> None:
        column = QVBoxLayout(self)
        column.addLayout(self.form.grid)
        column.addStretch(1)
        for label in (self.preview_label, self.flags_label, self.state_label):
            column.addWidget(label)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button: QPushButton = self._buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column.addWidget(self._buttons)

    def begin(self) -> None:
        """Start to listen: called by each dialog when its rows are made and filled."""
        self._begun = self.form.texts()
        self.form.edited.connect(self.check)
        self.check()

    def readings(self) -> Readings:
        """Return how each argument of the act is read from its row, by the argument's name."""
        raise TypeError(f"{type(self).__name__} reads nothing")

    def make_draft(self, values: dict[str, Any]) -> Draft:
        """Return the draft of the act from its arguments; raises ActRefusedError."""
        raise TypeError(f"{type(self).__name__} makes nothing of {values}")

    def check_early(self, values: dict[str, Any]) -> None:
        """Raise ActRefusedError for what the rows filled so far already contradict."""

    def add_ticket(self, *, has_fees: bool = True) -> None:
        """Add the rows that every act has: fees, time, note."""
        if has_fees:
            self._fees = self.form.line("fees", "&Fees $", text="0", hint="dollars in all")
        self.add_time(self.ground.now)
        self._note = self.form.line("note", "&Note", hint="why", chars=30)

    def add_time(self, moment: datetime) -> None:
        """Add the row of the moment, filled in to the minute; left as it is, it means the exact moment."""
        self._offered = (exchange_time(moment), moment)
        self._at = self.form.line(
            "at", "&Time (New York)", text=self._offered[0], hint="YYYY-MM-DD HH:MM", chars=18
        )

    def offer_time(self, moment: datetime) -> None:
        """Fill in another moment, unless the user has typed one."""
        if self._at.text().strip() == self._offered[0]:
            self._offered = (exchange_time(moment), moment)
            self._at.setText(self._offered[0])

    def moment_typed(self) -> datetime:
        """Return the moment of the act; raises ActRefusedError."""
        text, offered = self._at.text(), self._offered
        if text.strip() == offered[0]:
            return offered[1]
        return typed_moment("at", text, self.ground.calendar, self.ground.now)

    def ticket_readings(self, *, has_fees: bool = True) -> Readings:
        """Return how the rows of `add_ticket` are read."""
        found: Readings = {
            "at": self.moment_typed,
            "note": lambda: self._note.text().strip(),
        }
        if has_fees:
            found["fees"] = lambda: typed_decimal("fees", self._fees.text())
        return found

    def check(self) -> None:
        """Read all rows, show each refusal beside its row, and the preview where nothing is refused."""
        checked = Checked(self.form.rows.keys())
        checked.read(self.readings())
        if not checked.refused:
            checked.attempt("", lambda: self.check_early(checked.values))
        is_whole = not checked.refused and not checked.needed
        self.draft = checked.attempt("", lambda: self.make_draft(checked.values)) if is_whole else None
        self._show_refusals(checked)
        self._show_preview()
        self.accept_button.setEnabled(self.draft is not None)

    def _show_refusals(self, checked: Checked) -> None:
        theme, rows = self.ground.theme, self.form.rows
        for name, row in rows.items():
            row.show_refusal(checked.refused.get(name, ""), theme)
        others = [f"{name}: {reason}" for name, reason in checked.refused.items() if name not in rows]
        words = [rows[name].spoken if name in rows else name for name in dict.fromkeys(checked.needed)]
        still = [f"Still needed: {', '.join(words)}"] if words else []
        self.state_label.setText("\n".join([*others, *still]))
        set_text_colour(self.state_label, theme.red if others else theme.text_muted)

    def _show_preview(self) -> None:
        seen = preview(self.ground.book, self.draft) if self.draft is not None else Preview()
        self.preview_label.setText("\n".join(seen.lines))
        self.flags_label.setText("\n".join(f"! {flag}" for flag in seen.flags))
        self.flags_label.setVisible(bool(seen.flags))

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed."""
        return self.form.texts() != self._begun

    def accept(self) -> None:
        """Hand the draft over; where there is none, go to the row that is in the way."""
        if self.draft is None:
            self._go_to_the_trouble()
            return
        self._hold_still(True)
        self.state_label.setText("Saving...")
        self.submitted.emit(self.draft)

    def saved(self) -> None:
        """Close: the entry is committed."""
        self.done(QDialog.DialogCode.Accepted)

    def failed(self, reason: str) -> None:
        """Stay open with everything as typed: nothing was written."""
        self._hold_still(False)
        self.state_label.setText(f"Not saved: {reason}")
        set_text_colour(self.state_label, self.ground.theme.red)

    def _hold_still(self, is_saving: bool) -> None:
        """Keep the form as it was handed over while it is being written: no second entry, no other words."""
        for row in self.form.rows.values():
            row.setEnabled(not is_saving)
        self.accept_button.setEnabled(not is_saving)

    def reject(self) -> None:
        """Close without an act; asks first where something was typed."""
        if not self.is_touched:
            super().reject()
        elif self._asking is None:
            self._ask()

    def _ask(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), "Throw away what was typed?", parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        throw = box.addButton("Throw away", QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton("Keep", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.finished.connect(lambda _code: self._answered(box.clickedButton() is throw))
        self._asking = box
        box.open()

    def _answered(self, is_thrown: bool) -> None:
        self._asking = None
        if is_thrown:
            self.done(QDialog.DialogCode.Rejected)

    def _go_to_the_trouble(self) -> None:
        for row in self.form.rows.values():
            if row.reason and row.isVisible():
                row.setFocus()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go to the row that is in the way while the form is refused."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.draft is None:
            self._go_to_the_trouble()
            event.accept()
        else:
            super().keyPressEvent(event)
