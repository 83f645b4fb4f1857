"""How does the tree get at the parameters? Two levels: headings, and under each its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from core.playbook.parameters import PlaybookRefusedError, with_values
from core.playbook.registry import GROUPS
from gui.playbook.values import OFF, ON, typed_value, value_text
from gui.widgets import rich_tooltip

if TYPE_CHECKING:
    from core.playbook.parameter import Parameter
    from core.playbook.parameters import Playbook
    from gui.theme import Theme

TITLES = ("Parameter", "Value", "Unit", "Default", "Allowed", "Source", "Meaning")
VALUE = TITLES.index("Value")
RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SOURCES = {"assumption": "assumption", "public": "public"}
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_HEADING = 0
Index = QModelIndex | QPersistentModelIndex


class ParameterModel(QAbstractItemModel):
    """The parameters of one playbook; only its values can be edited. RECORD_ROLE gives the Parameter.

    `refused` says why a typed value was not taken; `changed` that one was.
    """

    refused = Signal(str)
    changed = Signal()

    def __init__(self, playbook: Playbook, theme: Theme) -> None:
        super().__init__()
        self.playbook = playbook
        self._theme = theme
        self._groups = [(name, parameters) for name, parameters in GROUPS.items()]

    def parameter(self, index: Index) -> Parameter | None:
        """Return the parameter of a row, None for a heading."""
        if not index.isValid() or index.internalId() == _HEADING:
            return None
        return self._groups[index.internalId() - 1][1][index.row()]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        """Return the index of a row: a heading's has the id 0, a parameter's that of its heading."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _HEADING)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the heading of a parameter."""
        if not index.isValid() or index.internalId() == _HEADING:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _HEADING)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many headings, or parameters under one."""
        if not parent.isValid():
            return len(self._groups)
        is_heading = parent.internalId() == _HEADING and parent.column() == 0
        return len(self._groups[parent.row()][1]) if is_heading else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's title."""
        is_title = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return TITLES[section] if is_title else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that values can be edited, and nothing else."""
        can = super().flags(index)
        is_value = self.parameter(index) is not None and index.column() == VALUE
        return can | Qt.ItemFlag.ItemIsEditable if is_value else can

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows or stands for."""
        parameter = self.parameter(index)
        if parameter is None:
            is_name = index.isValid() and index.column() == 0 and role == _DISPLAY
            return self._groups[index.row()][0].capitalize() if is_name else None
        value = self.playbook.values[parameter.key]
        is_changed = value != parameter.default
        if role in {_DISPLAY, _EDIT, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(parameter, index.column())
        looks: dict[int, Any] = {
            RECORD_ROLE: parameter,
            Qt.ItemDataRole.ToolTipRole: rich_tooltip(f"{parameter.about}\n{parameter.allowed}"),
            Qt.ItemDataRole.FontRole: _bold() if is_changed and index.column() <= VALUE else None,
            Qt.ItemDataRole.ForegroundRole: None if index.column() <= VALUE else QColor(self._theme.text_muted),
        }
        return looks.get(role)

    def _text(self, parameter: Parameter, column: int) -> str:
        source = parameter.source if parameter.source in SOURCES else f"seed {parameter.source}"
        return (
            parameter.key,
            value_text(self.playbook.values[parameter.key]),
            parameter.unit,
            value_text(parameter.default),
            f"{ON} or {OFF}" if parameter.kind == "flag" else parameter.allowed,
            source,
            parameter.about,
        )[column]

    def setData(self, index: Index, text: Any, role: int = _EDIT) -> bool:
        """Take a typed value; one that does not fit is refused with its key and range, and nothing changes."""
        parameter = self.parameter(index)
        if parameter is None or role != _EDIT or index.column() != VALUE:
            return False
        if str(text) == value_text(self.playbook.values[parameter.key]):
            return False
        try:
            self.playbook = with_values(self.playbook, {parameter.key: typed_value(parameter, str(text))})
        except PlaybookRefusedError as refused:
            self.refused.emit(str(refused))
            return False
        self.dataChanged.emit(self.index(index.row(), 0, index.parent()), index)
        self.changed.emit()
        return True


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
