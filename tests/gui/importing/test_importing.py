"""Files dropped on the real window: what the dialog shows, and what is in the journal before and after."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from db.connection import connect_reader
from gui.importing.columns import ColumnsDialog
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
    assert dialog.page.fields.symbol.text() == "SPX"
    assert dialog.page.fields.named_by.text() == "from the file's name"
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
        assert dialog.page.said.text() == f"Nothing new in it: {len(days())} rows are there already."
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
        assert dialog.ask.text().startswith("1 rows are stored with other values")
        assert not dialog.import_.isEnabled()  # asked, never silently replaced and never silently kept
        dialog.replace_.setChecked(True)
        assert dialog.import_.isEnabled()
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
    dialog.page.fields.symbol.setText("SPX")
    dialog.page.fields.symbol.returnPressed.emit()
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
    assert dialog.page.fields.symbol.text() == "SPX"
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


def row_texts(dialog: ImportDialog, kind: str) -> list[list[str]]:
    """List the rows of a kind in the window, and return their cells."""
    which = dialog.page.which
    which.setCurrentIndex(which.findData(kind))
    which.activated.emit(which.currentIndex())
    model = dialog.page.model_
    return [[model.data(model.index(r, c)) for c in range(5)] for r in range(model.rowCount())]


def test_new_and_same_rows_are_listed_with_their_values(qtbot: QtBot, tmp_path: Path) -> None:
    journal, file = filled_journal(tmp_path / "journal.db"), write_files(tmp_path / "files")[1]
    write(file, file.read_text("utf-8").rstrip() + "\n01/04/2016,11,12,10,11.5\n")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        dialog = drop(qtbot, application, file)
        assert row_texts(dialog, "new") == [
            ["—", "2016-01-04", "VIX", "new", "open 11, high 12, low 10, close 11.5"]
        ]
        same = row_texts(dialog, "same")
        assert len(same) == len(days())
        assert same[-1][1] == str(days()[-1])
        close = round(float(closes()["VIX"][-1]), 2)
        assert same[-1][4].endswith(f"close {close:g}")


def test_cells_copied_in_a_spreadsheet_are_read_like_a_file(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    cells = "Date\tOpen\tHigh\tLow\tClose\n1/31/2018\t2,832.41\t2,839.26\t2,813.04\t2,823.81\n"
    cells += "2/1/2018\t2,816.45\t2,835.96\t2,812.70\t2,821.98\n2/2/2018\t2,808.92\t2,808.92\t2,759.97\t2,762.13\n"
    QGuiApplication.clipboard().setText(cells)
    application.window.actions_.by_key["paste"].trigger()
    round_ = application.context.menus.importing.round
    assert round_ is not None
    wait_until_idle(qtbot, round_)
    dialog = round_.dialog
    assert dialog.list_.item(0).text() == "pasted table 1\n✕ refused"
    dialog.page.fields.symbol.setText("SPX")
    dialog.page.fields.symbol.returnPressed.emit()
    wait_until_idle(qtbot, round_)
    assert dialog.page.series.text().startswith("SPX  2018-01-31 to 2018-02-01:  2 new")
    assert "1 set aside" in dialog.page.counts.text()
    dialog.import_.click()
    wait_until_idle(qtbot, round_)
    with closing(connect_reader(journal)) as connection:
        assert connection.execute("SELECT time, open, close FROM market_bar").fetchall() == [
            ("2018-01-31", 2832.41, 2823.81),
            ("2018-02-01", 2816.45, 2821.98),  # the session of the 2nd has not closed: the clock stands in it
        ]


def test_nothing_copied_is_said(application: Application) -> None:
    QGuiApplication.clipboard().setText(" ")
    application.window.actions_.by_key["paste"].trigger()
    round_ = application.context.menus.importing.round
    assert round_ is not None
    assert "nothing to paste" in round_.dialog.summary.text()


BARS = "datetime,open,high,low,close\n2018-02-01 15:58:00,2,3,2,3\n2018-02-01 15:59:00,1,2,1,2\n"


def test_a_time_zone_is_named_in_its_field(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    dialog = drop(qtbot, application, write(tmp_path / "vix_1min.csv", BARS))
    assert "name it in the field Time zone" in dialog.page.said.text()
    dialog.page.fields.zone.setEditText("New York")
    dialog.page.fields.zone.activated.emit(0)
    wait_until_idle(qtbot, application.context.menus.importing.round)  # type: ignore[arg-type]
    assert [row[1] for row in row_texts(dialog, "new")] == ["2018-02-01 20:58:00", "2018-02-01 20:59:00"]


def test_a_trade_date_is_named_in_its_field(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    text = "Product,Symbol,Expiration Date,Price\nVX,VX/G8,2018-02-14,15.625\nVX,VX/H8,2018-03-21,15.225\n"
    dialog = drop(qtbot, application, write(tmp_path / "settlement.csv", text))
    assert "give it in the field Trade date" in dialog.page.said.text()
    for typed, said in (("yesterday", "✕ Trade date: "), ("2018-02-01", "Nothing has been written yet.")):
        dialog.page.fields.day.setText(typed)
        dialog.page.fields.day.returnPressed.emit()
        wait_until_idle(qtbot, application.context.menus.importing.round)  # type: ignore[arg-type]
        assert dialog.page.said.text().startswith(said)
    assert "VX:2018-02-14  2018-02-01 to 2018-02-01:  1 new" in dialog.page.series.text()


def test_columns_are_named_once_for_all_files_with_a_header(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    text = "Tag;Kurs;Spanne\n31.1.2018;2823,81;1\n1.2.2018;2821,98;2\n"
    dialog = drop(qtbot, application, write(tmp_path / "odd.csv", text))
    assert dialog.page.said.text().endswith("say with Columns… what is in which column")
    round_ = application.context.menus.importing.round
    assert round_ is not None
    dialog.page.fields.columns.click()
    wait_until_idle(qtbot, round_)
    box = dialog.findChild(ColumnsDialog)
    assert isinstance(box, ColumnsDialog)
    box.read.click()
    assert box.said.text().startswith("✕ Needed: date")
    box.roles[0].setCurrentText("date")
    box.roles[1].setCurrentText("close")
    assert box.text == "date=#1,close=#2"
    box.read.click()
    wait_until_idle(qtbot, round_)
    dialog.page.fields.symbol.setText("SPX")
    dialog.page.fields.symbol.returnPressed.emit()
    wait_until_idle(qtbot, round_)
    assert [row[4] for row in row_texts(dialog, "new")] == ["close 2,823.81", "close 2,821.98"]
    dialog.import_.click()
    wait_until_idle(qtbot, round_)
    dialog.cancel.click()
    again = drop(qtbot, application, write(tmp_path / "SPX.csv", text + "30.1.2018;2822,43;2\n"))
    assert again.page.fields.layout_box.currentText() == "the columns that you named"
    assert again.page.series.text().endswith("1 new, 2 same, 0 differ")
