"""How does a form show a refusal? Each row has its fields side by side and a line under them for the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.widgets import line_field, plain_label, set_text_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QWheelEvent

    from gui.theme import Theme

REFUSED = "✕ "


@runtime_checkable
class OwnField(Protocol):
    """A field made here: it tells of every change and gives what was typed as text."""

    @property
    def edited(self) -> SignalInstance:
        """The signal of a change, without arguments."""

    def text(self) -> str:
        """Return what is typed."""


class FormRow(QWidget):
    """The fields of one row and, below, why the row is refused; the first field takes the focus."""

    def __init__(self, label: str, fields: Sequence[QWidget]) -> None:
        super().__init__()
        self.spoken = label.replace("&", "")
        self.fields = tuple(fields)
        self.reason = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        line = QHBoxLayout()
        for field in fields:
            line.addWidget(field)
        column.addLayout(line)
        self.refusal = plain_label(wraps=True)
        self.refusal.setVisible(False)
        column.addWidget(self.refusal)
        self.setFocusProxy(fields[0])

    def show_refusal(self, reason: str, theme: Theme) -> None:
        """Show why the row is refused, marked by a sign as well as by colour; "" hides the line."""
        if reason == self.reason:
            return
        self.reason = reason
        self.refusal.setText(f"{REFUSED}{reason}" if reason else "")
        self.refusal.setVisible(bool(reason))
        set_text_colour(self.refusal, theme.red)
        for field in self.fields:
            field.setAccessibleDescription(reason)


class EntryForm(QObject):
    """The rows of a form by the name that refusals give them. `edited` fires on every change."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = QFormLayout()
        self.grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.rows: dict[str, FormRow] = {}

    def line(self, name: str, label: str, *, text: str = "", hint: str = "", chars: int = 12) -> QLineEdit:
        """Add a row with one line to type in; "&" in the label marks the mnemonic."""
        (field,) = self.lines(name, label, (hint,), chars=chars)
        field.setText(text)
        return field

    def lines(self, name: str, label: str, hints: Sequence[str], *, chars: int = 8) -> tuple[QLineEdit, ...]:
        """Add a row with several lines side by side; each hint is also part of the accessible name."""
        spoken = label.replace("&", "")
        fields = tuple(line_field(f"{spoken} {hint}".strip(), hint=hint, chars=chars) for hint in hints)
        self.add(name, label, fields)
        return fields

    def choice(self, name: str, label: str, options: Sequence[str]) -> QComboBox:
        """Add a row with a list to choose from; the mouse wheel does not change it."""
        box = SteadyComboBox()
        box.setAccessibleName(label.replace("&", ""))
        box.addItems(list(options))
        self.add(name, label, (box,))
        return box

    def add(self, name: str, label: str, fields: Sequence[QWidget]) -> FormRow:
        """Add a row of any fields under the name that refusals give it."""
        row = FormRow(label, fields)
        self.grid.addRow(plain_label(label, buddy=fields[0]), row)
        self.rows[name] = row
        for field in fields:
            self._listen(field)
        return row

    def show_row(self, name: str, is_shown: bool) -> None:
        """Show or hide a row with its label."""
        self.grid.setRowVisible(self.rows[name], is_shown)

    def texts(self) -> tuple[str, ...]:
        """Return what every field holds now: two forms differ where the user typed something."""
        return tuple(field_text(field) for row in self.rows.values() for field in row.fields)

    def _listen(self, field: QWidget) -> None:
        if isinstance(field, QLineEdit):
            field.textChanged.connect(lambda _text: self.edited.emit())
        elif isinstance(field, QPlainTextEdit):
            field.textChanged.connect(self.edited)
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(lambda _index: self.edited.emit())
        elif isinstance(field, OwnField):
            field.edited.connect(self.edited)


def field_text(field: QWidget) -> str:
    """Return what a field holds, as text."""
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit | OwnField) else ""


class SteadyComboBox(QComboBox):
    """A list that the mouse wheel scrolls past instead of changing: a trade must not change unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the window around."""
        event.ignore()
