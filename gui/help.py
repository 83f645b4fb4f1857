"""What is this program, and which keys does it know? Two plain boxes of the Help menu."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gui.actions import shortcut_lines
from gui.widgets import plain_label, scaled_font

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOUT = (
    "Position monitor and trade journal for SPX iron condors hedged with layered VIX positions.",
    "A tool for record and study: no advice, no orders.",
    "The playbook follows published descriptions; performance figures given in them are claims, unverified.",
    "It works offline. Nothing leaves this computer.",
)
LIBRARIES = ("PySide6-Essentials", "pyqtgraph", "numpy", "scipy", "pandas", "sqlite-utils", "TA-Lib")
PANE_KEYS = (
    ("1 2 3 4", "With the reasons in focus: layer 1 to 4"),
    ("Left Right", "With the charts in focus: crosshair by one session"),
    ("3 1 5 0", "With the charts in focus: 3 months, 1 year, 5 years, all"),
    ("Left Right Page", "With the risk curves in focus: crosshair by one level, by ten"),
    ("Home End + -", "With a risk plot in focus: what is near, everything, closer, farther"),
    ("Esc", "On the risk screen: leave the what-if, back to the market"),
    ("Ctrl+C", "With a risk table in focus: copy the table"),
    ("Ctrl+C", "With the hedge log in focus: copy the selected rows"),
)


def version_lines() -> list[tuple[str, str]]:
    """Return every part with its version."""
    own = [("Condor Watch", _version("condor-watch")), ("Python", platform.python_version())]
    own += [("Qt", qVersion()), ("SQLite", sqlite3.sqlite_version)]
    return own + [(name, _version(name)) for name in LIBRARIES]


def about_box(parent: QWidget) -> QDialog:
    """Return the box that says what the program is, what it is not, and of which parts it is made."""
    return _box(parent, "About Condor Watch", ABOUT, version_lines())


def shortcuts_box(parent: QWidget) -> QDialog:
    """Return the box with every key."""
    return _box(parent, "Shortcuts", (), [*shortcut_lines(), *PANE_KEYS])


def _box(parent: QWidget, title: str, sentences: Sequence[str], lines: Sequence[tuple[str, str]]) -> QDialog:
    box = QDialog(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    column = QVBoxLayout(box)
    head = plain_label(title)
    head.setFont(scaled_font(head.font(), 1.5, is_bold=True))
    for label in (head, *(plain_label(sentence, wraps=True) for sentence in sentences)):
        column.addWidget(label)
    body, area = _listed(lines), QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(title)
    column.addWidget(area, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(box.reject)
    column.addWidget(buttons)
    box.setMinimumWidth(560)
    whole = box.sizeHint().height() - area.sizeHint().height() + body.sizeHint().height()
    box.resize(box.sizeHint().width(), min(whole, parent.window().height() * 9 // 10))
    return box


def _listed(lines: Sequence[tuple[str, str]]) -> QWidget:
    """Return the lines in two columns."""
    body = QWidget()
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(24)
    for row, (left, right) in enumerate(lines):
        grid.addWidget(plain_label(left), row, 0)
        grid.addWidget(plain_label(right), row, 1)
    grid.setRowStretch(len(lines), 1)
    return body


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed as a package"
