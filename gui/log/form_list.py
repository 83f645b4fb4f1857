"""In which form shall the log leave? One of eight, each with what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from db.exports.formats import LogFormat
from gui.log.marks import outline_marks
from gui.widgets import plain_label, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from gui.theme import Theme

FORMS = (
    (LogFormat.PDF_FULL, "PDF, all of it", "Ledger, rolls, charts, break-evens, entries, rules, sources, receipt"),
    (LogFormat.PDF, "PDF, one page", "Sums, ledger, budgets, one chart and the receipt"),
    (LogFormat.XLSX, "Excel workbook", "Typed numbers, filters, a sheet each for log, sums, ledger; no formulas"),
    (LogFormat.CSV_SHEET, "CSV for a spreadsheet", "Text that could run as a formula begins with an apostrophe"),
    (LogFormat.CSV, "CSV, exact", "Every text as it is: for programs, not for a double click"),
    (LogFormat.JSON, "JSON with proof", "All that check_journal.py needs to check hashes, notes, rows and sums"),
    (LogFormat.HTML, "Web page", "Like the full PDF, one file without anything from elsewhere"),
    (LogFormat.MARKDOWN, "Markdown", "For a notebook of plain text"),
)
PAGED = frozenset({LogFormat.PDF, LogFormat.PDF_FULL, LogFormat.HTML, LogFormat.MARKDOWN})
"""The forms that people read: they have room for fewer columns."""


class FormList(QWidget):
    """The forms to pick one of. `changed` comes when another one was picked."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(plain_label("Form"), 0, 0)
        for number, (_, title, about) in enumerate(FORMS):
            button, note = QRadioButton(title), plain_label(about, wraps=True)
            set_tooltip(button, about)
            set_text_colour(note, theme.text_muted)
            outline_marks(button, theme)
            self.group.addButton(button, number)
            grid.addWidget(button, number + 1, 0)
            grid.addWidget(note, number + 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(FORMS) + 1, 1)
        self.group.button(0).setChecked(True)
        self.group.idToggled.connect(lambda _number, on: self.changed.emit() if on else None)

    @property
    def form(self) -> LogFormat:
        """The form that is picked."""
        return FORMS[self.group.checkedId()][0]

    def pick(self, form: LogFormat) -> None:
        """Pick a form."""
        self.group.button([one[0] for one in FORMS].index(form)).click()
