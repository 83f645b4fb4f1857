"""How do two playbooks differ, key by key? Any two of those that ship, the one being edited, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QHeaderView, QTreeView, QVBoxLayout, QWidget

from core.playbook.compare import compare
from gui.flat_model import DISPLAY, FlatModel
from gui.playbook.values import value_text
from gui.widgets import plain_label, push_button, rich_tooltip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.playbook.compare import Difference
    from core.playbook.parameters import Playbook
    from gui.flat_model import Index

SIZE = (1100, 620)
WIDTHS = (220, 300, 300, 110)
HASH_SHOWN = 12
NO_TREE = "-"


class DifferenceModel(FlatModel["Difference"]):
    """What two playbooks set differently, one row a key or a tree."""

    def __init__(self) -> None:
        super().__init__(("Parameter or tree", "First", "Second", "Unit", "Source"))

    def show_differences(self, rows: tuple[Difference, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or role not in {DISPLAY, Qt.ItemDataRole.ToolTipRole}:
            return None
        row = self._rows[index.row()]
        is_tree = row.key.startswith("layers.")
        source = f"seed {row.source}" if row.source.isdigit() else row.source
        values = (value_text(one) if one or not is_tree else NO_TREE for one in (row.first, row.second))
        text = (row.key, *values, row.unit, "a layer's tree" if is_tree else source)[index.column()]
        return text if role == DISPLAY else rich_tooltip(text)


class ComparisonDialog(QDialog):
    """Compares two of some playbooks. `file_requested` asks for one from a file; `add` brings it in."""

    file_requested = Signal()

    def __init__(self, playbooks: Mapping[str, Playbook], first: str, second: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare playbooks")
        self.resize(*SIZE)
        self._playbooks = dict(playbooks)
        self.first, self.second = (
            self._box(name, chosen) for name, chosen in (("&First", first), ("&Second", second))
        )
        self.model = DifferenceModel()
        self.tree = self._make_tree()
        self.said = plain_label(name="How many differences", wraps=True)
        self._lay_out()
        for box in (self.first, self.second):
            box.currentTextChanged.connect(self._show)
        self._show()

    def _box(self, name: str, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name.replace("&", ""))
        box.addItems([*self._playbooks])
        box.setCurrentText(chosen)
        return box

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setAccessibleName("Differences")
        tree.setModel(self.model)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        for column, width in enumerate(WIDTHS):
            tree.setColumnWidth(column, width)
        tree.header().setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        return tree

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for name, box in (("&First", self.first), ("&Second", self.second)):
            row.addWidget(plain_label(name, buddy=box))
            row.addWidget(box, 1)
        row.addWidget(
            push_button("From a f&ile…", self.file_requested.emit, tip="Compare with a playbook of a file")
        )
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(push_button("Close", self.reject))
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        column.addLayout(foot)

    def add(self, playbook: Playbook) -> None:
        """Take a playbook in and compare with it."""
        name = f"{playbook.name} (file)"
        if name not in self._playbooks:
            for box in (self.first, self.second):
                box.addItem(name)
        self._playbooks[name] = playbook
        self.second.setCurrentText(name)
        self._show()

    def say(self, text: str) -> None:
        """Say why a file was not taken."""
        self.said.setText(text)

    def _show(self) -> None:
        pair = [self._playbooks[box.currentText()] for box in (self.first, self.second)]
        found = compare(*pair)
        self.model.show_differences(found)
        hashes = f"hash {pair[0].hash[:HASH_SHOWN]} and {pair[1].hash[:HASH_SHOWN]}"
        count = f"{len(found)} difference{'s' if len(found) != 1 else ''}" if found else "the same rules"
        self.said.setText(f"{pair[0].title} | {pair[1].title}: {count}, {hashes}")
