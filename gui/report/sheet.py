"""Where on which page does each block stand? Filled from above; a row is never broken over two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QColor, QPen
from PySide6.QtSvg import QSvgRenderer

from db.exports.blocks import FactList, Picture, Prose, Table, shown
from db.exports.paper import ALARM, HAIRLINE, INK, MUTED, RULE
from db.exports.progress import watched
from gui.report.columns import columns_of
from gui.report.lines import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter, QPdfWriter

    from db.exports.blocks import Block, Document, Head, Native
    from db.exports.progress import Progress
    from gui.report.columns import Columns

INCH_MM = 25.4
HEAD_MM, FOOT_MM, GAP_MM, PAD_MM, RULE_MM, HAIR_MM = 11.0, 8.0, 4.5, 1.0, 0.35, 0.12
TITLE, WARNING, FOOT = 13.0, 9.0, 7.0
"""Sizes of text, in points, of what stands on every page."""


class Sheet:
    """Pages of one writer. Without a painter nothing is drawn, and only the pages are counted."""

    def __init__(self, document: Document, writer: QPdfWriter, points: float, painter: QPainter | None) -> None:
        self._document, self._writer, self._painter = document, writer, painter
        self._dots = writer.resolution() / INCH_MM
        self.width, self.height = float(writer.width()), float(writer.height())
        self._points, self._plain = points, Type(points, writer)
        self._small = Type(points * 0.85, writer)
        self._title = Type(points * 1.35, writer, is_bold=True)
        self._own = [Type(TITLE, writer, is_bold=True), Type(WARNING, writer, is_bold=True), Type(FOOT, writer)]
        self._top, self._bottom = HEAD_MM * self._dots, self.height - FOOT_MM * self._dots
        self._gap, self._pad = GAP_MM * self._dots, PAD_MM * self._dots
        self.total, self.number, self._y = 0, 0, 0.0

    def fill(self, blocks: Sequence[Block], progress: Progress | None = None) -> int:
        """Set blocks one below the other; return how many pages they take."""
        self._turn()
        works: dict[type[Block], Callable[..., None]] = {
            FactList: self._facts,
            Prose: self._prose,
            Picture: self._picture,
        }
        for block in blocks:
            if isinstance(block, Table):
                self._table(block, progress)
            else:
                works[type(block)](block)
        return self.number

    # --- pages ---

    def _turn(self) -> None:
        """Begin a page, with what stands on every one."""
        self.number += 1
        self._y = self._top
        if self._painter is None:
            return
        if self.number > 1:
            self._writer.newPage()
        title, warning, foot = self._own
        self._write(title, self._document.title, 0, 0, INK)
        alarm = self._document.warning
        self._write(warning, alarm, self.width - warning.width(alarm), title.ascent - warning.ascent, ALARM)
        below = self.height - foot.height
        number = f"Page {self.number}" + (f" of {self.total}" if self.total else "")
        self._write(foot, self._document.foot, 0, below, MUTED)
        self._write(foot, number, self.width - foot.width(number), below, MUTED)

    def _need(self, height: float) -> bool:
        """Turn the page where so much does not fit on it; return whether it was turned."""
        if self._y + height <= self._bottom or self._y <= self._top:
            return False
        self._turn()
        return True

    def _write(self, type_: Type, text: str, x: float, y: float, colour: str) -> None:
        if self._painter is not None and text:
            self._painter.setFont(type_.font)
            self._painter.setPen(QColor(colour))
            self._painter.drawText(QPointF(x, y + type_.ascent), text)

    def _line(self, y: float, colour: str, millimetres: float) -> None:
        if self._painter is not None:
            self._painter.setPen(QPen(QColor(colour), millimetres * self._dots))
            self._painter.drawLine(QPointF(0, y), QPointF(self.width, y))

    # --- blocks ---

    def _heading(self, title: str, below: float) -> None:
        """Write a title that stays with so much of what stands below it."""
        if title:
            self._need(self._gap + self._title.height + below)
            self._y += self._gap if self._y > self._top else 0
            self._write(self._title, title, 0, self._y, INK)
            self._y += self._title.height + self._pad

    def _paragraph(self, type_: Type, text: str, colour: str) -> None:
        for line in type_.lines(text, self.width):
            self._need(type_.height)
            self._write(type_, line, 0, self._y, colour)
            self._y += type_.height
        self._y += self._pad

    def _prose(self, prose: Prose) -> None:
        self._heading(prose.title, self._plain.height)
        for text in prose.paragraphs:
            self._paragraph(self._plain, text, INK)

    def _facts(self, facts: FactList) -> None:
        self._heading(facts.title, self._plain.height)
        left = max((self._plain.width(name) for name, _ in facts.facts), default=0.0) + 4 * self._pad
        for name, fact in facts.facts:
            lines = self._plain.lines(fact, self.width - left)
            self._need(self._plain.height * len(lines))
            self._write(self._plain, name, 0, self._y, MUTED)
            for line in lines:
                self._write(self._plain, line, left, self._y, INK)
                self._y += self._plain.height

    def _picture(self, picture: Picture) -> None:
        renderer = QSvgRenderer(QByteArray(picture.svg.encode()))
        size = renderer.defaultSize()
        room = (self._bottom - self._top) / 2 - self._gap - self._title.height - self._small.height - 2 * self._pad
        height = min(room, self.width * size.height() / size.width())
        self._heading(picture.title, height + self._small.height)
        if self._painter is not None:
            width = height * size.width() / size.height()
            self._painter.setFont(self._plain.font)  # the picture's text takes its weight from here
            renderer.render(self._painter, QRectF(0, self._y, width, height))
        self._y += height
        self._paragraph(self._small, picture.text, MUTED)

    # --- tables ---

    def _table(self, table: Table, progress: Progress | None) -> None:
        if table.breaks_before and self._y > self._top:
            self._turn()
        if not table.rows:
            self._heading(table.title, self._plain.height)
            self._paragraph(self._plain, table.empty, INK)
            return
        columns = columns_of(table, self._writer, self._points, self.width, self._pad)
        self._heading(table.title, 4 * columns.bold.height)
        self._head(table.heads, columns)
        for number, row in enumerate(watched(table.rows, progress)):
            self._row(row, table, columns, number)
        self._y += self._pad
        if table.note:
            self._paragraph(self._small, table.note, MUTED)

    def _head(self, heads: Sequence[Head], columns: Columns) -> None:
        bold, plain = columns.bold, columns.plain
        rooms = [columns.room(number, is_number=head.is_number) for number, head in enumerate(heads)]
        titles = [bold.lines(head.title, room) for head, room in zip(heads, rooms, strict=True)]
        units = [
            plain.lines(head.unit, room) if head.unit else [] for head, room in zip(heads, rooms, strict=True)
        ]
        height = max(len(t) + len(u) for t, u in zip(titles, units, strict=True)) * bold.height
        bottom, x = self._y + height, 0.0
        for head, width, title, unit in zip(heads, columns.widths, titles, units, strict=True):
            above = bottom - (len(title) + len(unit)) * bold.height
            self._cell(bold, title, (x, above, width), INK, is_right=head.is_number)
            at = above + len(title) * bold.height
            self._cell(plain, unit, (x, at, width), MUTED, is_right=head.is_number)
            x += width
        self._y = bottom + self._pad
        self._line(self._y, RULE, RULE_MM)
        self._y += self._pad

    def _row(self, row: Sequence[Native], table: Table, columns: Columns, number: int) -> None:
        """Draw a row, on the next page under its own head where this one has no room for it."""
        is_sum = number >= len(table.rows) - table.sums
        type_ = columns.bold if is_sum else columns.plain
        cells = [
            [text] if head.is_number else type_.lines(text, columns.room(at, is_number=False))
            for at, (value, head) in enumerate(zip(row, table.heads, strict=True))
            for text in (shown(value, head.kind),)
        ]
        height = max(map(len, cells)) * type_.height
        if self._need(height + 2 * self._pad):
            self._heading(f"{table.title}, continued" if table.title else "", 0)
            self._head(table.heads, columns)
        if is_sum and number == len(table.rows) - table.sums:
            self._line(self._y - self._pad / 2, RULE, RULE_MM)
        x = 0.0
        for lines, head, width in zip(cells, table.heads, columns.widths, strict=True):
            self._cell(type_, lines, (x, self._y, width), INK, is_right=head.is_number)
            x += width
        self._y += height + self._pad / 2
        if not is_sum:
            self._line(self._y, HAIRLINE, HAIR_MM)
        self._y += self._pad / 2

    def _cell(
        self, type_: Type, lines: Sequence[str], place: tuple[float, float, float], colour: str, *, is_right: bool
    ) -> None:
        if self._painter is None:
            return
        x, y, width = place
        for number, line in enumerate(lines):
            left = x + width - self._pad - type_.width(line) if is_right else x + 2 * self._pad
            self._write(type_, line, left, y + number * type_.height, colour)
