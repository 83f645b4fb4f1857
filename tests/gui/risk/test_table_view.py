"""Does a table sort by native values, copy exactly, and keep its place when only values move?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from gui.risk.cell import Cell, Table, words_cell
from gui.risk.table_view import CellModel, RiskTables, TablePage, table_tsv
from gui.risk.tables import greek_table
from tests.gui.risk.risks import nothing_held, risk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

NUMBERS = Table(
    "Numbers",
    ("Name", "Value"),
    tuple((words_cell(name), Cell(text, value)) for name, text, value in (
        ("=one", "9", 9.0), ("two", "100", 100.0), ("three", "—", None), ("four", "-3", -3.0))),
)  # fmt: skip


def shown(page: TablePage) -> list[str]:
    return [page.sorted_.index(row, 1).data() for row in range(page.sorted_.rowCount())]


def test_rows_are_sorted_by_value_and_not_by_text(qtbot: QtBot, theme: Theme) -> None:
    page = TablePage(NUMBERS, theme)
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.model_, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert shown(page)[-3:] == ["-3", "9", "100"] or shown(page)[:3] == ["-3", "9", "100"]


def test_only_values_are_told_where_the_rows_are_the_same(qtbot: QtBot, theme: Theme) -> None:
    model, told = CellModel(NUMBERS, theme), []
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    moved = replace(NUMBERS, rows=(*NUMBERS.rows[:-1], (words_cell("four"), Cell("-4", -4.0))))
    model.show_table(NUMBERS)
    assert told == []
    model.show_table(moved)
    assert told == [(0, 3)]
    model.show_table(replace(moved, rows=moved.rows[:2]))
    assert told[1:] == ["reset"]


def test_native_values_are_copied_and_text_is_no_formula() -> None:
    lines = table_tsv(NUMBERS, is_simulated=False).splitlines()
    assert lines == ["Name\tValue", "'=one\t9.0", "two\t100.0", "three\t", "four\t-3.0"]
    assert table_tsv(NUMBERS, is_simulated=True).splitlines()[0] == "Name\tValue\tsimulated"


def test_the_table_in_front_is_copied(qtbot: QtBot, theme: Theme) -> None:
    tabs = RiskTables(theme, {})
    qtbot.addWidget(tabs)
    tabs.show_state(risk())
    tabs.bring("Hedges")
    tabs.copy_table()
    head, row = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:3] == ["Layer", "Held", "Break-even VIX"]
    assert row.split("\t")[:5] == ["L1", "'+4 VIX 2026-12-16 C 19", "20.9", "4836.7", "2.73"]
    assert row.split("\t")[-1].startswith("SIMULATED")


def test_only_the_table_in_front_follows_and_the_others_when_they_come_there(qtbot: QtBot, theme: Theme) -> None:
    tabs = RiskTables(theme, {})
    qtbot.addWidget(tabs)
    tabs.show_state(risk())
    assert tabs.pages["Neutrality"].model_.rowCount() == 5
    assert tabs.pages["Legs"].model_.rowCount() == 0
    tabs.bring("Legs")
    assert tabs.pages["Legs"].model_.rowCount() == 2


def test_an_empty_table_gives_way_to_words(qtbot: QtBot, theme: Theme) -> None:
    page = TablePage(greek_table(nothing_held()), theme)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.isVisible()
    assert not page.view.isVisible()
    page.show_table(greek_table(risk()))
    assert page.view.isVisible()
    assert not page.empty.isVisible()


def test_a_number_is_never_cut_where_it_grows(qtbot: QtBot, theme: Theme) -> None:
    page = TablePage(NUMBERS, theme)
    qtbot.addWidget(page)
    page.show()
    long = Cell("1,234,567,890,123.45", 1234567890123.45)
    page.show_table(replace(NUMBERS, rows=(*NUMBERS.rows[:-1], (words_cell("four"), long))))
    assert page.view.columnWidth(1) >= page.view.fontMetrics().horizontalAdvance(long.text)


def test_a_tab_tells_how_much_is_unknown(qtbot: QtBot, theme: Theme) -> None:
    tabs = RiskTables(theme, {})
    qtbot.addWidget(tabs)
    tabs.show_state(risk(unknown=("a", "b")))
    assert tabs.tabText(tabs.count() - 1) == "Unknown (2)"
