"""How do empty boxes and rings stand out from a dark ground?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.theme import Theme


def outline_marks(part: QWidget, theme: Theme) -> None:
    """Give what can be ticked an outline that is seen: Fusion draws it in a darker shade of `Window`."""
    palette = part.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.text_muted))
    part.setPalette(palette)
