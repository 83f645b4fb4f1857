"""Which columns go into a file? A list of boxes, all ticked or those that a page has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.journal.log_columns import LOG_COLUMNS, PRINTED
from gui.log.marks import outline_marks
from gui.widgets import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.theme import Theme

WIDTH_PX = 230
EVERY = tuple(column.name for column in LOG_COLUMNS)


class ColumnList(QWidget):
    """The columns of the log to tick. `changed` comes when a box was ticked or not."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_ = QListWidget()
        self.list_.setAccessibleName("Columns")
        for column in LOG_COLUMNS:
            item = QListWidgetItem(column.title)
            item.setData(Qt.ItemDataRole.UserRole, column.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list_.addItem(item)
        self.list_.itemChanged.connect(lambda _item: self.changed.emit())
        outline_marks(self.list_, theme)
        self.setMaximumWidth(WIDTH_PX)
        row = QHBoxLayout()
        row.addWidget(push_button("All", lambda: self.tick(EVERY)))
        row.addWidget(push_button("For a page", lambda: self.tick(PRINTED)))
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(plain_label("&Columns", buddy=self.list_))
        column_.addWidget(self.list_, 1)
        column_.addLayout(row)

    def ticked(self) -> tuple[str, ...]:
        """Return the names of the columns that are ticked, in the log's order."""
        items = map(self.list_.item, range(self.list_.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, names: Sequence[str]) -> None:
        """Tick these columns and no others."""
        for item in map(self.list_.item, range(self.list_.count())):
            is_on = item.data(Qt.ItemDataRole.UserRole) in names
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
