"""How does a text break into lines? At words where they fit, within one that no line could hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice

FAMILIES = ["Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans"]
_UTF_16_BYTES = 2


class Type:
    """One size and weight of text on a device: measures it and breaks it into lines."""

    def __init__(self, points: float, device: QPaintDevice, *, is_bold: bool = False) -> None:
        self.font = QFont()
        self.font.setFamilies(FAMILIES)
        self.font.setPointSizeF(points)
        self.font.setBold(is_bold)
        self._device = device
        self._metrics = QFontMetricsF(self.font, device)
        self.height = self._metrics.lineSpacing()
        self.ascent = self._metrics.ascent()

    def width(self, text: str) -> float:
        """Return how wide a text is on one line, in dots."""
        return self._metrics.horizontalAdvance(text)

    def lines(self, text: str, width: float) -> list[str]:
        """Return the lines of a text in a column so many dots wide; line breaks of its own count as spaces."""
        flat = " ".join(text.split())
        if self.width(flat) <= width:
            return [flat]
        layout = QTextLayout(flat, self.font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        coded, found = flat.encode("utf-16-le", "surrogatepass"), []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            part = coded[_UTF_16_BYTES * start : _UTF_16_BYTES * end]
            found.append(part.decode("utf-16-le", "surrogatepass").rstrip())
        layout.endLayout()
        return found
