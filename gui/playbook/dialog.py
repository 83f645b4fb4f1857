"""Which value shall a parameter have? Each with its source, default and range; saved as a file of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTreeView, QVBoxLayout, QWidget

from core.playbook.compare import compare
from gui.playbook.delegate import ValueDelegate
from gui.playbook.model import TITLES, ParameterModel
from gui.playbook.values import shares_of, value_text
from gui.widgets import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.playbook.edr_study import RungShare
    from core.playbook.parameters import Playbook
    from gui.theme import Theme

SIZE = (1280, 800)
WIDTHS = (215, 110, 130, 85, 250, 90)
MOST_TOLD = 4


class PlaybookDialog(QDialog):
    """Shows a playbook's parameters and takes other values; writes nothing.

    `save_requested` and `compare_requested` carry the rules as they stand.
    """

    save_requested = Signal(object)
    compare_requested = Signal(object)

    def __init__(self, playbook: Playbook, rungs: Sequence[RungShare], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Parameters of {playbook.name}")
        self.resize(*SIZE)
        self._before = playbook
        self.model = ParameterModel(playbook, theme)
        self.tree = self._make_tree()
        self.shares = plain_label(shares_text(rungs), name="Share of days on each rung", wraps=True)
        self.said = plain_label(name="What was refused", wraps=True)
        self.differences = plain_label(name="What differs", wraps=True)
        self.save = push_button("&Save and use…", self._ask_to_save, tip="Write a file of your own and follow it")
        self._lay_out()
        self.model.refused.connect(self.said.setText)
        self.model.changed.connect(self._show_differences)
        self._show_differences()

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setAccessibleName("Parameters")
        tree.setModel(self.model)
        tree.setItemDelegate(ValueDelegate(tree))
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        tree.expandAll()
        for column, width in enumerate(WIDTHS):
            tree.setColumnWidth(column, width)
        tree.header().setSectionResizeMode(len(TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        return tree

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.differences, 1)
        row.addWidget(
            push_button("&Compare…", self._ask_to_compare, tip="Compare with another playbook key by key")
        )
        row.addWidget(self.save)
        row.addWidget(push_button("Close", self.reject), 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.addWidget(self.tree, 1)
        for part in (self.shares, self.said):
            column.addWidget(part)
        column.addLayout(row)

    def say(self, text: str) -> None:
        """Say what came of it."""
        self.said.setText(text)

    def _show_differences(self) -> None:
        self.said.setText("")
        found = compare(self._before, self.model.playbook)
        told = [f"{d.key} {value_text(d.first)} → {value_text(d.second)}" for d in found[:MOST_TOLD]]
        more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
        self.differences.setText("Changed: " + ", ".join([*told, *more]) if found else "Nothing is changed.")
        self.save.setEnabled(bool(found))

    def _ask_to_compare(self) -> None:
        self.compare_requested.emit(self.model.playbook)

    def _ask_to_save(self) -> None:
        self.save_requested.emit(self.model.playbook)


def shares_text(rungs: Sequence[RungShare]) -> str:
    """Return how often EDR was at or above each rung by every formula, "" where no day is known."""
    lines = [f"{share.formula}: {told}   {share.text}" for share in rungs if (told := shares_of(share))]
    return "\n".join(["Of the loaded days EDR was at or above a rung, by formula:", *lines]) if lines else ""
