"""How are the verdicts laid out? Short columns for each; its reason and what would turn it round below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.marks import mark_icon
from gui.widgets import plain_label, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from gui.theme import Theme
    from gui.why.lines import WhyLine

TITLES = ("Rule", "Says", "Value", "Threshold", "Distance")
INDENT_PX, PART_GAP_PX, MARK_FACTOR = 14, 5, 0.9
NUMBER_COLUMNS = range(2, 5)
LABEL_ROWS = 3  # of one verdict: its columns, its reason, what would turn it round


class VerdictList(QWidget):
    """The grid of verdicts. It is made anew only when a line says something else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("verdict_list")
        self._theme = theme
        self._lines: tuple[WhyLine, ...] = ()
        self._labels: list[list[QLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 8)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_lines(self, lines: tuple[WhyLine, ...]) -> None:
        """Show the lines; where only numbers and sentences moved, only their texts are set."""
        before, self._lines = self._lines, lines
        if [_frame_of(line) for line in lines] != [_frame_of(line) for line in before]:
            self._make()
            return
        for line, old, labels in zip(lines, before, self._labels, strict=True):
            if line != old:
                _say(labels, line)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._make()

    def texts(self) -> list[str]:
        """Return what is written, label by label, in reading order."""
        items = (self._grid.itemAt(number) for number in range(self._grid.count()))
        labels = (item.widget() for item in items if item is not None)
        return [label.text() for label in labels if isinstance(label, QLabel) and label.text()]

    def _make(self) -> None:
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        for column, title in enumerate(TITLES):
            self._put(0, column, title, "text_muted")
        self._labels = [self._put_line(LABEL_ROWS * number + 1, line) for number, line in enumerate(self._lines)]
        self._column.insertWidget(0, self._body)

    def _put_line(self, row: int, line: WhyLine) -> list[QLabel]:
        """Put the labels of a line: its title, then its numbers, its reason and its switch where it has them."""
        title = self._put(row, 0, line.title, "text")
        title.setFont(scaled_font(self.font(), 1.0, is_bold=True))
        title.setWordWrap(True)  # a narrow panel breaks the name of a rule, never a number
        title.setIndent(INDENT_PX * line.depth)
        title.setContentsMargins(0, 0 if line.depth else PART_GAP_PX, 0, 0)
        self._grid.addWidget(self._says(line), row, 1)
        labels = [title]
        if line.reason:
            labels += [self._put(row, column, "", "text") for column in NUMBER_COLUMNS]
            labels += [self._put_below(row + 1, line.depth)]
        if line.reason and line.switch:
            labels += [self._put_below(row + 2, line.depth)]
        _say(labels, line)
        return labels

    def _put_below(self, row: int, depth: int) -> QLabel:
        """Put a sentence under a line, across all columns."""
        label = plain_label()
        set_text_colour(label, self._theme.text_muted)
        label.setWordWrap(True)
        label.setIndent(INDENT_PX * depth)
        self._grid.addWidget(label, row, 0, 1, len(TITLES))
        return label

    def _says(self, line: WhyLine) -> QWidget:
        says = QWidget()
        row = QGridLayout(says)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(4)
        picture = QLabel()
        side = round(self.fontMetrics().height() * MARK_FACTOR)
        picture.setPixmap(mark_icon(line.mark, self._theme).pixmap(side, side))
        picture.setAccessibleName(line.mark.word)
        word = plain_label(line.mark.word)
        set_text_colour(word, getattr(self._theme, line.mark.role))
        row.addWidget(picture, 0, 0)
        row.addWidget(word, 0, 1)
        row.setColumnStretch(1, 1)
        return says

    def _put(self, row: int, column: int, text: str, role: str) -> QLabel:
        label = plain_label(text)
        set_text_colour(label, getattr(self._theme, role))
        if column in NUMBER_COLUMNS:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setFont(scaled_font(self.font(), 1.0))
        self._grid.addWidget(label, row, column)
        return label


def _frame_of(line: WhyLine) -> tuple[object, ...]:
    """Return what the labels of a line are made by: all but their texts."""
    return line.depth, line.title, line.mark, bool(line.reason), bool(line.switch)


def _say(labels: list[QLabel], line: WhyLine) -> None:
    """Write a line into its labels; one whose text is the same stays untouched."""
    title, *others = labels
    title.setAccessibleName(f"{line.title}: {line.mark.word}. {line.reason}".strip())
    reason = f"{line.reason}  ({line.origin})" if line.origin else line.reason
    texts = (line.value, line.threshold, line.distance, reason, line.switch)
    for label, text in zip(others, texts, strict=False):
        if label.text() != text:
            label.setText(text)
    for label in (title, *others[: len(NUMBER_COLUMNS)]):
        set_tooltip(label, line.tooltip)
