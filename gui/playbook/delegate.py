"""How is a value edited? Picked where there are choices, typed where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.playbook.model import RECORD_ROLE
from gui.playbook.values import choices_of

if TYPE_CHECKING:
    from core.playbook.parameter import Parameter

_EDIT = Qt.ItemDataRole.EditRole
Index = QModelIndex | QPersistentModelIndex


class ValueDelegate(QStyledItemDelegate):
    """Opens a box of choices for a parameter that has some; a choice is taken as soon as it is picked."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a value."""
        parameter: Parameter = index.data(RECORD_ROLE)
        choices = choices_of(parameter)
        if not choices:
            editor = super().createEditor(parent, option, index)
            editor.setAccessibleName(parameter.key)
            return editor
        box = QComboBox(parent)
        box.setAccessibleName(parameter.key)
        box.addItems(choices)
        box.activated.connect(lambda _index: self._take(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value in force."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(_EDIT)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the value over."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), _EDIT)
        else:
            super().setModelData(editor, model, index)

    def _take(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
