"""How is a document painted as PDF? Page by page, each with its warning, its foot and its number."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgRenderer

from db.exports.blocks import Picture, Table
from gui.report.rich_text import PICTURE_URL, rich_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.exports.blocks import Block, Document
    from db.exports.progress import Progress

DPI, INCH_MM = 300, 25.4
MARGIN_MM, HEAD_MM, FOOT_MM = 12.0, 9.0, 8.0
FAMILIES = ["Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans"]
FULL_POINTS, BRIEF_POINTS = 8.0, (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
"""The size of the text: on one page the largest with which all fits."""
ROWS_A_PART, MOST_COUNTED_ROWS = 400, 4000
"""A long table is set in parts; how many pages there will be is counted only where that does not take long."""
PICTURE_SCALE, PICTURES_A_PAGE, PICTURE_SHARE = 3, 2, 0.8
WARNING, MUTED, INK = "#8a1c00", "#555555", "#1b1b1b"


class ClosedDocument(QTextDocument):
    """A text that shows the resources it was given and asks nobody for others: no file, no network."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Return nothing, whatever is asked for."""
        return QByteArray()


@dataclass(frozen=True)
class _Page:
    """Where things are on a page, in dots of the writer."""

    width: float
    height: float
    head: float
    foot: float

    @property
    def body(self) -> QSizeF:
        return QSizeF(self.width, self.height - self.head - self.foot)


@contextmanager
def painting() -> Iterator[None]:
    """Make sure that there are fonts to paint with: an application is begun where none runs."""
    own = None if QGuiApplication.instance() is not None else QGuiApplication(["condor-watch"])
    yield
    if own is not None:
        own.shutdown()


def pdf_of(document: Document, *, is_full: bool = True, progress: Progress | None = None) -> bytes:
    """Return the document as PDF: A4 across with all of it, or upright on one page.

    May be called in any thread. Raises what `progress` raises.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(document.title)
    writer.setCreator("Condor Watch")
    way = QPageLayout.Orientation.Landscape if is_full else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)
    )
    page = _Page(writer.width(), writer.height(), _dots(HEAD_MM), _dots(FOOT_MM))
    parts = _parts(document.blocks) if is_full else [list(document.blocks)]
    points = FULL_POINTS if is_full else _fitting(parts[0], page, writer)
    total = _count(parts, page, writer, points)
    _paint(document, parts, page, writer, (points, total), progress)
    buffer.close()
    return bytes(buffer.data().data())


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks in parts that each begin on a page: where a block asks for it, and within long tables."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        pieces = _pieces(block) if isinstance(block, Table) else [block]
        if _begins_page(block, parts[-1]):
            parts.append([])
        parts[-1].append(pieces[0])
        parts += [[piece] for piece in pieces[1:]]
    return parts


def _begins_page(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block begins a page: where it asks for it; a picture unless there is room below another one."""
    if isinstance(block, Picture):
        return not before or not isinstance(before[-1], Picture) or len(before) >= PICTURES_A_PAGE
    return bool(before) and (isinstance(before[-1], Picture) or (isinstance(block, Table) and block.breaks_before))


def _pieces(table: Table) -> list[Block]:
    """Return a table in pieces of ROWS_A_PART rows, note and sums with the last."""
    starts = range(0, max(len(table.rows), 1), ROWS_A_PART)
    rows = [table.rows[start : start + ROWS_A_PART] for start in starts]
    last = len(rows) - 1
    return [
        replace(
            table,
            title=table.title if number == 0 else f"{table.title}, continued",
            rows=piece,
            note=table.note if number == last else "",
            sums=table.sums if number == last else 0,
        )
        for number, piece in enumerate(rows)
    ]


def _fitting(blocks: Sequence[Block], page: _Page, writer: QPdfWriter) -> float:
    """Return the largest size of text with which the blocks fit on one page, else the smallest."""
    for points in BRIEF_POINTS:
        if _set(blocks, page, writer, points).pageCount() == 1:
            return points
    return BRIEF_POINTS[-1]


def _count(parts: Sequence[Sequence[Block]], page: _Page, writer: QPdfWriter, points: float) -> int:
    """Return how many pages there will be, 0 where counting would take too long."""
    rows = sum(len(block.rows) for part in parts for block in part if isinstance(block, Table))
    if rows > MOST_COUNTED_ROWS:
        return 0
    return sum(_set(part, page, writer, points).pageCount() for part in parts)


def _set(blocks: Sequence[Block], page: _Page, writer: QPdfWriter, points: float) -> ClosedDocument:
    """Return the blocks set in lines and pages."""
    text = ClosedDocument()
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(points)
    text.setDefaultFont(font)
    text.setDocumentMargin(0)
    text.documentLayout().setPaintDevice(writer)
    shown = [block for block in blocks if isinstance(block, Picture)]
    for number, picture in enumerate(shown):
        name = QUrl(PICTURE_URL.format(number))
        text.addResource(QTextDocument.ResourceType.ImageResource.value, name, _image(picture.svg))
    is_across = page.width > page.height
    text.setHtml(rich_text(blocks, round(page.width / DPI * 96 * (PICTURE_SHARE if is_across else 1))))
    text.setPageSize(page.body)
    return text


def _image(svg: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    image = QImage(renderer.defaultSize() * PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _paint(  # noqa: PLR0913, PLR0917 - what is painted, where, how large, and who waits
    document: Document,
    parts: Sequence[Sequence[Block]],
    page: _Page,
    writer: QPdfWriter,
    size: tuple[float, int],
    progress: Progress | None,
) -> None:
    points, total = size
    painter = QPainter(writer)
    number = 0
    try:
        for done, part in enumerate(parts):
            if progress is not None:
                progress(done, len(parts))
            text = _set(part, page, writer, points)
            for of_part in range(text.pageCount()):
                if number:
                    writer.newPage()
                number += 1
                _paint_frame(painter, document, page, f"Page {number}" + (f" of {total}" if total else ""))
                _paint_page(painter, text, page, of_part)
        if progress is not None:
            progress(len(parts), len(parts))
    finally:
        painter.end()


def _paint_page(painter: QPainter, text: QTextDocument, page: _Page, number: int) -> None:
    painter.save()
    painter.translate(0, page.head - number * page.body.height())
    clip = QRectF(0, number * page.body.height(), page.width, page.body.height())
    painter.setClipRect(clip)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = clip
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(INK))
    context.palette = palette
    text.documentLayout().draw(painter, context)
    painter.restore()


def _paint_frame(painter: QPainter, document: Document, page: _Page, number: str) -> None:
    """Paint what stands above and below the text of a page: title, warning, foot and number."""
    above = QRectF(0, 0, page.width, page.head * 0.7)
    below = QRectF(0, page.height - page.foot * 0.6, page.width, page.foot * 0.6)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    _write(painter, above, left, document.title, (13.0, INK, True))
    if document.warning:
        _write(painter, above, right, document.warning, (9.0, WARNING, True))
    _write(painter, below, left, document.foot, (7.0, MUTED, False))
    _write(painter, below, right, number, (7.0, MUTED, False))


def _write(
    painter: QPainter, place: QRectF, where: Qt.AlignmentFlag, text: str, look: tuple[float, str, bool]
) -> None:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(look[0])
    font.setBold(look[2])
    painter.setFont(font)
    painter.setPen(QColor(look[1]))
    painter.drawText(place, where, text)


def _dots(millimetres: float) -> float:
    return millimetres / INCH_MM * DPI
