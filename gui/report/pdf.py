"""How is a document painted as PDF? Page by page, each with its warning, its foot and its number.

Text is drawn as it is: nothing here reads markup, so no note can become any.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from db.exports.blocks import Table
from gui.report.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.exports.blocks import Document
    from db.exports.progress import Progress

DPI, MARGIN_MM = 300, 12.0
FULL_POINTS, BRIEF_POINTS = 8.0, (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
"""The size of the text: on one page the largest with which all fits."""
MOST_COUNTED_ROWS = 5000
"""How many pages there will be is counted beforehand only where that does not take long."""


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
    writer = _writer(buffer, document.title, is_full=is_full)
    points = FULL_POINTS if is_full else _fitting(document, writer)
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    is_counted = rows <= MOST_COUNTED_ROWS
    total = Sheet(document, writer, points, None).fill(document.blocks) if is_counted else 0
    painter = QPainter(writer)
    try:
        sheet = Sheet(document, writer, points, painter)
        sheet.total = total
        sheet.fill(document.blocks, progress)
    finally:
        painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _writer(buffer: QBuffer, title: str, *, is_full: bool) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(title)
    writer.setCreator("Condor Watch")
    way = QPageLayout.Orientation.Landscape if is_full else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)
    )
    return writer


def _fitting(document: Document, writer: QPdfWriter) -> float:
    """Return the largest size of text with which the document fits on one page, else the smallest."""
    for points in BRIEF_POINTS:
        if Sheet(document, writer, points, None).fill(document.blocks) == 1:
            return points
    return BRIEF_POINTS[-1]
