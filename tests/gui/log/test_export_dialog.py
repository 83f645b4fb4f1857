"""Does the dialog ask for what it shows, and say what came of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.journal.log_choice import log_choice
from core.journal.log_columns import PRINTED
from db.exports.formats import FILES, SUFFIXES, LogFormat
from gui.log.export_dialog import ExportDialog
from gui.log.export_job import ExportWish
from gui.log.form_list import FORMS
from gui.log.pane import HedgeLogPane
from tests.gui.log_rows import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def dialog(qtbot: QtBot, any_theme: Theme, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(any_theme, ROWS, tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_every_form_is_offered_with_a_name_that_fits(dialog: ExportDialog, tmp_path: Path) -> None:
    assert {form for form, _, _ in FORMS} == set(FILES)
    for form in FILES:
        dialog.forms.pick(form)
        assert dialog.wish().path == tmp_path / f"hedge-log{SUFFIXES[form]}"
        assert dialog.wish().form is form


def test_pages_are_proposed_with_fewer_columns_than_files_for_programs(dialog: ExportDialog) -> None:
    dialog.forms.pick(LogFormat.PDF_FULL)
    assert dialog.wish().choice.columns == PRINTED
    dialog.forms.pick(LogFormat.XLSX)
    assert dialog.wish().choice.columns == ()


def test_what_the_entries_add_up_to_is_shown_before_anything_is_written(dialog: ExportDialog) -> None:
    assert dialog.sums.text() == "3 of 3 entries: cash +$1,924.00   fees $20.80   net +$1,903.20"
    dialog.asked.layer.setCurrentIndex(1)
    assert dialog.sums.text() == "1 of 3 entries: cash -$760.00   fees $10.40   net -$770.40"


def test_it_begins_with_what_the_pane_shows(dialog: ExportDialog, qtbot: QtBot, theme: Theme) -> None:
    pane = HedgeLogPane(theme)
    qtbot.addWidget(pane)
    pane.show_rows(ROWS)
    pane.asked.layer.setCurrentIndex(1)
    pane.columns_button.menu().actions()[0].trigger()
    dialog.take_from(pane)
    asked = dialog.wish().choice
    assert asked.layers == frozenset({1})
    assert "sequence" not in asked.columns
    assert len(asked.columns) == 17


def test_export_asks_for_the_wish_and_is_not_asked_twice(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.forms.pick(LogFormat.CSV)
    with qtbot.waitSignal(dialog.export_requested) as told:
        qtbot.mouseClick(dialog.export_, Qt.MouseButton.LeftButton)
    assert told.args == [ExportWish(tmp_path / "hedge-log.csv", LogFormat.CSV, log_choice())]
    dialog.begin()
    dialog.show_progress(500, 1000)
    assert dialog.progress.isVisible()
    assert (dialog.progress.value(), dialog.progress.maximum()) == (500, 1000)
    assert not dialog.export_.isEnabled()
    with qtbot.waitSignal(dialog.cancel_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.end("3 rows written", tmp_path / "hedge-log.csv")
    assert dialog.said.text() == "3 rows written"
    with qtbot.waitSignal(dialog.folder_requested) as shown:
        qtbot.mouseClick(dialog.folder, Qt.MouseButton.LeftButton)
    assert shown.args == [tmp_path]


def test_without_a_column_or_with_an_impossible_period_nothing_can_be_written(dialog: ExportDialog) -> None:
    dialog.columns.tick([])
    assert not dialog.export_.isEnabled()
    dialog.columns.tick(["cash"])
    assert dialog.export_.isEnabled()
    dialog.asked.first.setText("2018-02-30")
    assert not dialog.export_.isEnabled()
    assert "not a day" in dialog.sums.text()
