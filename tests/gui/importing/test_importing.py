"""Files dropped on the real window: what the dialog shows, and what is in the journal before and after."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db.connection import connect_reader
from gui.importing.round import ImportRound
from tests.gui.market_files import closes, days, empty_journal, filled_journal, write_files
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application
    from gui.importing.dialog import ImportDialog

BROKEN = """DATE,OPEN,HIGH,LOW,CLOSE
01/02/2018,2683.73,2695.89,2682.36,2695.81
01/03/2018,2697.85,abc,2697.77,2713.06
01/05/2018,2731.33,2743.45,2727.92,2743.15
01/06/2018,2731.33,2743.45,2727.92,2743.15
01/08/2018,2742.67,2700.00,2737.60,2747.71
01/09/2018,,,,
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return empty_journal(tmp_path / "journal.db")


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, journal: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        yield application


def drop(qtbot: QtBot, application: Application, *paths: Path) -> ImportDialog:
    """Drop files on the window and wait until each was looked at."""
    application.window.files_dropped.emit(list(paths))
    round_ = application.context.menus.importing.round
    assert isinstance(round_, ImportRound)
    wait_until_idle(qtbot, round_)
    return round_.dialog


def wait_until_idle(qtbot: QtBot, round_: ImportRound) -> None:
    qtbot.waitUntil(lambda: round_._left == 0, timeout=WAIT_MS)


def stored_days(journal: Path) -> int:
    with closing(connect_reader(journal)) as connection:
        return int(connection.execute("SELECT count(*) FROM market_bar").fetchone()[0])


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_shown_before_anything_is_written_and_change_the_charts_when_they_are(
    qtbot: QtBot, application: Application, tmp_path: Path, journal: Path
) -> None:
    dialog = drop(qtbot, application, *write_files(tmp_path / "files"))
    assert stored_days(journal) == 0
    assert [dialog.list_.item(n).text().split("\n")[1] for n in range(5)] == ["ready"] * 5
    assert dialog.page.symbol.text() == "SPX"
    assert dialog.page.named_by.text() == "from the file's name"
    assert dialog.page.counts.text().startswith(f"{len(days())} rows:   {len(days())} taken   0 flagged")
    panes = application.context.panes
    assert panes is not None
    assert panes.charts.stack.length == 0
    assert dialog.import_.isEnabled()
    dialog.import_.click()
    qtbot.waitUntil(lambda: panes.charts.stack.length == len(days()), timeout=WAIT_MS)
    assert panes.strip.cell("spx").face.value == f"{closes()['SPX'][-1]:,.2f}"
    assert dialog.summary.text().startswith("Imported: 5 files, ")
    assert dialog.cancel.text() == "Close"
    assert not dialog.import_.isEnabled()
    assert stored_days(journal) == 3 * len(days()) + 8 * len(days())


def test_every_fate_is_listed_with_line_day_and_reason(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    dialog = drop(qtbot, application, write(tmp_path / "SPX_History.csv", BROKEN))
    model = dialog.page.model_
    rows = [[model.data(model.index(r, c)) for c in range(5)] for r in range(model.rowCount())]
    assert [row[:4] for row in rows] == [
        ["3", "2018-01-03", "column 3", "✕ refused"],
        ["5", "2018-01-06", "", "set aside"],
        ["6", "2018-01-08", "", "flagged"],
        ["7", "2018-01-09", "", "missing"],
        ["—", "2018-01-04", "", "no row"],
    ]
    assert "abc" in rows[0][4]
    assert "shut on Saturday" in rows[1][4]
    assert "1 flagged   1 set aside   1 missing   0 repeated   1 refused   1 sessions without a row" in (
        dialog.page.counts.text()
    )


def test_a_refused_row_refuses_the_import_until_it_is_skipped(
    qtbot: QtBot, application: Application, tmp_path: Path, journal: Path
) -> None:
    dialog = drop(qtbot, application, write(tmp_path / "SPX_History.csv", BROKEN))
    assert not dialog.import_.isEnabled()
    assert "1 row cannot be read" in dialog.page.said.text()
    dialog.skip.setChecked(True)
    assert dialog.import_.isEnabled()
    dialog.import_.click()
    qtbot.waitUntil(lambda: stored_days(journal) > 0, timeout=WAIT_MS)
    assert stored_days(journal) == 3


def test_a_second_import_says_that_nothing_is_new(qtbot: QtBot, tmp_path: Path) -> None:
    journal, files = filled_journal(tmp_path / "journal.db"), write_files(tmp_path / "files")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        before = stored_days(journal)
        dialog = drop(qtbot, application, files[0])
        assert dialog.page.series.text().endswith(f"0 new, {len(days())} same, 0 differ")
        dialog.import_.click()
        wait_until_idle(qtbot, application.context.menus.importing.round)  # type: ignore[arg-type]
        assert dialog.page.said.text() == f"Nothing new in it: {len(days())} days are there already."
        assert stored_days(journal) == before


def test_values_that_differ_are_listed_and_replaced_only_when_asked(qtbot: QtBot, tmp_path: Path) -> None:
    journal, file = filled_journal(tmp_path / "journal.db"), write_files(tmp_path / "files")[1]
    old = f"{closes()['VIX'][-1]:.2f}"
    lines = file.read_text("utf-8").splitlines()
    write(file, "\n".join([*lines[:-1], lines[-1].rpartition(",")[0] + ",19.99"]) + "\n")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        dialog = drop(qtbot, application, file)
        texts = [dialog.page.model_.data(dialog.page.model_.index(row, 4)) for row in range(3)]
        assert f"stored is {float(old):g}, the file says 19.99" in texts
        assert not dialog.replace_.isHidden()
        dialog.replace_.setChecked(True)
        dialog.import_.click()
        panes = application.context.panes
        assert panes is not None
        qtbot.waitUntil(lambda: panes.strip.cell("vix").face.value == "19.99", timeout=WAIT_MS)


def test_a_symbol_that_nothing_names_can_be_typed(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    file = write_files(tmp_path / "files")[0]
    nameless = file.rename(tmp_path / "download.csv")
    dialog = drop(qtbot, application, nameless)
    assert dialog.list_.item(0).text().endswith("✕ refused")
    assert "give its symbol in the field" in dialog.page.said.text()
    assert "--" not in dialog.page.said.text()
    assert not dialog.import_.isEnabled()
    dialog.page.symbol.setText("SPX")
    dialog.page.symbol.returnPressed.emit()
    wait_until_idle(qtbot, application.context.menus.importing.round)  # type: ignore[arg-type]
    assert dialog.list_.item(0).text().endswith("ready")
    assert dialog.page.series.text().startswith("SPX  ")


def test_a_file_of_no_known_kind_is_refused_in_words_and_the_others_can_be_imported(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    good = write_files(tmp_path / "files")[0]
    dialog = drop(qtbot, application, good, write(tmp_path / "letter.txt", "Dear trader,\nall is well.\n"))
    assert dialog.import_.isEnabled()
    assert dialog.list_.item(1).text().endswith("✕ refused")
    dialog.list_.setCurrentRow(1)
    assert "letter.txt" in dialog.page.said.text()
    assert dialog.hint.text().startswith("✕ letter.txt is refused: ")
    assert dialog.hint.text().endswith("The other files can be imported without it.")


@pytest.mark.parametrize("by_key", [True, False])
def test_a_file_can_be_taken_off_the_list(
    qtbot: QtBot, application: Application, tmp_path: Path, by_key: bool
) -> None:
    good = write_files(tmp_path / "files")[0]
    dialog = drop(qtbot, application, write(tmp_path / "letter.txt", "Dear trader,\nall is well.\n"), good)
    dialog.list_.setCurrentRow(0)
    if by_key:
        qtbot.keyClick(dialog.list_, Qt.Key.Key_Delete)
    else:
        dialog.remove.click()
    assert [dialog.list_.item(n).text().split("\n")[0] for n in range(dialog.list_.count())] == [good.name]
    assert not dialog.hint.isVisible()
    assert dialog.page.symbol.text() == "SPX"
    assert dialog.import_.isEnabled()
    dialog.remove.click()
    assert dialog.list_.count() == 0
    assert not dialog.import_.isEnabled()
    assert not dialog.remove.isEnabled()


def test_closing_the_dialog_writes_nothing(
    qtbot: QtBot, application: Application, tmp_path: Path, journal: Path
) -> None:
    dialog = drop(qtbot, application, *write_files(tmp_path / "files"))
    dialog.cancel.click()
    assert application.context.menus.importing.round is None
    assert stored_days(journal) == 0
    again = drop(qtbot, application, tmp_path / "files" / "VIX_History.csv")
    assert again is not dialog
    assert again.list_.count() == 1


def test_files_dropped_on_the_start_page_wait_for_the_journal_that_is_begun_for_them(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.db"
    monkeypatch.setattr("gui.jobs.begin_journal", lambda where, _now: empty_journal(where))  # its calendar is kept
    with opened(qtbot, options_of(tmp_path, path), until="shell") as application:
        qtbot.waitUntil(lambda: application.context.start_page is not None, timeout=WAIT_MS)
        application.window.files_dropped.emit(write_files(tmp_path / "files"))
        qtbot.waitUntil(lambda: application.context.store is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: application.context.menus.importing.round is not None, timeout=WAIT_MS)
        round_ = application.context.menus.importing.round
        assert round_ is not None
        wait_until_idle(qtbot, round_)
        assert round_.dialog.import_.isEnabled()
        assert round_.dialog.list_.count() == 5
