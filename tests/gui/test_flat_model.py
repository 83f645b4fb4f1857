"""Does a flat table count and title as Qt's own checker of item models demands?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.flat_model import DISPLAY, FlatModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.flat_model import Index

ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class Words(FlatModel[str]):
    """A row a word."""

    def __init__(self) -> None:
        super().__init__(["Word", "Length"])
        self._rows = ("condor", "layer", "rung")

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return the word, or how long it is."""
        word = self._rows[index.row()] if index.isValid() else ""
        return (word, len(word))[index.column()] if role == DISPLAY and word else None


def test_rows_columns_and_titles(qapp: QApplication) -> None:
    model = Words()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    assert [model.headerData(n, ACROSS) for n in range(2)] == ["Word", "Length"]
    assert model.headerData(0, DOWN) is None
    cell = model.index(1, 1)
    assert cell.data() == 5
    assert (model.rowCount(cell), model.columnCount(cell)) == (0, 0)
