from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from db.lock import hold_journal
from gui.app import Application
from gui.theme import load_theme
from tests.gui.market_files import NOW, closes, empty_journal, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "scipy", "talib", "sqlite_utils", "exchange_calendars", "pyqtgraph", "numpy")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return filled_journal(tmp_path / "journal.db")


def test_a_journal_opens_and_every_pane_shows_it(qtbot: QtBot, tmp_path: Path, journal: Path) -> None:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        panes = application.context.panes
        assert panes is not None
        assert panes.strip.cell("spx").face.value == f"{closes()['SPX'][-1]:,.2f}"
        assert panes.strip.cell("vix").face.value == f"{closes()['VIX'][-1]:.2f}"
        assert panes.charts.stack.length == len(closes()["SPX"])
        assert panes.why.head.text().startswith("L1 inner: ")
        assert panes.log.count.text() == "1 of 1 entries"
        assert application.window.windowTitle() == "Condor Watch - journal.db"
        assert application.window.pages.currentWidget() is application.window.middle


def test_nothing_heavy_is_loaded_before_the_first_paint_and_the_charts_need_none_of_it(
    tmp_path: Path, journal: Path
) -> None:
    code = """
import json, sys
from datetime import datetime, UTC
from pathlib import Path
from PySide6.QtCore import QTimer
folder, journal, heavy = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split()
seen = {}
from gui.app import Application, Options
from PySide6.QtWidgets import QApplication
def watch(what):
    seen[what] = [name for name in heavy if name in sys.modules]
    if what == "filled":
        QTimer.singleShot(0, app.quit)
app = QApplication([])
options = Options(journal, None, folder, lambda: datetime(2018, 2, 2, 19, 5, tzinfo=UTC), watch=watch)
application = Application(options)
application.window.show()
app.exec()
application.shut_down()
print(json.dumps(seen))
"""
    for _ in range(2):  # the first start keeps what follows from the closes, the second one reads it
        command = [sys.executable, "-c", code, str(tmp_path), str(journal), " ".join(HEAVY)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["shell"] == []
    assert not {"pandas", "scipy", "talib"} & set(seen["charts"])
    assert "pyqtgraph" in seen["charts"]


def test_without_a_journal_the_start_page_offers_three_ways(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, options_of(tmp_path, tmp_path / "none.db"), until="shell") as application:
        qtbot.waitUntil(lambda: application.context.start_page is not None, timeout=WAIT_MS)
        page = application.context.start_page
        assert page is not None
        assert application.window.pages.currentWidget() is page
        names = [choice.accessibleName() for choice in page.choices.values()]
        assert names == ["Open the demo", "New journal", "Import files"]
        actions = application.window.actions_.by_key
        assert not any(actions[key].isEnabled() for key in ("condor", "layer", "import", "export"))
    assert not (tmp_path / "none.db").exists()


@pytest.mark.filterwarnings("ignore")  # the calendar is made here, by a library that uses what pandas will drop
def test_the_start_page_begins_a_journal(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "kept" / "journal.db"
    with opened(qtbot, options_of(tmp_path, path), until="shell") as application:
        qtbot.waitUntil(lambda: application.context.start_page is not None, timeout=WAIT_MS)
        page = application.context.start_page
        assert page is not None
        page.choices["new"].click()
        qtbot.waitUntil(lambda: application.context.store is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: application.context.the_store.state is not None, timeout=WAIT_MS)
        assert application.window.actions_.by_key["condor"].isEnabled()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_journal_is_named_and_not_touched(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("my notes", encoding="utf-8")
    with opened(qtbot, options_of(tmp_path, path), until="shell") as application:
        qtbot.waitUntil(lambda: application.context.start_page is not None, timeout=WAIT_MS)
        page = application.context.start_page
        assert page is not None
        assert "not a journal" in page.said
        assert "notes.db" in page.said
    assert path.read_text(encoding="utf-8") == "my notes"


def test_a_journal_in_use_opens_read_only_and_says_by_whom(qtbot: QtBot, tmp_path: Path, journal: Path) -> None:
    with hold_journal(journal), opened(qtbot, options_of(tmp_path, journal)) as application:
        said = application.window.banners.text_of("read-only")
        why_not = said.removeprefix("Read-only: ")
        panes, menus = application.context.panes, application.context.menus
        assert panes is not None
        assert not menus.quote_line.field.isEnabled()
        assert not panes.book.empty_button.isEnabled()
        for key in ("import", "condor", "layer", "note"):
            action = application.window.actions_.by_key[key]
            assert (action.isEnabled(), action.toolTip()) == (False, why_not)
        application.window.files_dropped.emit([journal])
        assert menus.importing.round is None
        assert application.window.banners.text_of("import") == f"Nothing can be imported: {why_not}"
        assert said.startswith("Read-only: ")
        assert f"in use by process {os.getpid()}" in said
        actions = application.window.actions_.by_key
        assert actions["export"].isEnabled()
        assert not actions["condor"].isEnabled()
        assert not actions["quote"].isEnabled()


def test_theme_and_places_are_kept_for_the_next_start(qtbot: QtBot, tmp_path: Path, journal: Path) -> None:
    options = options_of(tmp_path, journal)
    with opened(qtbot, options) as application:
        application.window.actions_.by_key["theme"].trigger()
        before = application.window.middle.sizes()[1]
        application.window.middle.setSizes([400, 300])
        below = application.window.middle.sizes()[1]
        assert below > before + 50
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600
    with opened(qtbot, options) as again:
        assert again.context.theme == load_theme("light")
        assert again.window.middle.sizes()[1] == pytest.approx(below, abs=10)


def test_settings_that_cannot_be_read_are_said_and_left_as_they_are(
    qtbot: QtBot, tmp_path: Path, journal: Path
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text("{ broken", encoding="utf-8")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        assert "cannot be read" in application.window.banners.text_of("settings")
    assert settings.read_text(encoding="utf-8") == "{ broken"


def test_a_changed_theme_reaches_every_pane(qtbot: QtBot, tmp_path: Path, journal: Path) -> None:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        assert _brightness(application.window) < 80
        application.window.actions_.by_key["theme"].trigger()
        qtbot.waitUntil(lambda: _brightness(application.window) > 200)


def _brightness(window: QWidget) -> float:
    image = window.grab().toImage().convertToFormat(_grey())
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return float(np.median(values[:, : image.width()]))


def _grey() -> object:
    from PySide6.QtGui import QImage

    return QImage.Format.Format_Grayscale8


def test_every_label_is_plain_and_every_control_has_a_name(qtbot: QtBot, tmp_path: Path, journal: Path) -> None:
    from PySide6.QtCore import Qt

    with opened(qtbot, options_of(tmp_path, journal)) as application:
        window = application.window
        rich = [label.text() for label in window.findChildren(QLabel) if label.textFormat() != _plain(Qt)]
        assert [text for text in rich if text] == []
        kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        shown = [one for kind in kinds for one in window.findChildren(kind) if one.isVisibleTo(window)]
        nameless = [one for one in shown if not (one.accessibleName() or _text(one) or _is_part_of_qt(one))]
        assert len(shown) > 15
        assert nameless == []


def _plain(qt: type[Qt]) -> Qt.TextFormat:
    return qt.TextFormat.PlainText


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def _is_part_of_qt(widget: QWidget) -> bool:
    """Whether Qt made it inside another widget: a header view, a corner, a scroll button."""
    return widget.objectName().startswith("qt_") or type(widget).__name__ in {"QHeaderView", "QTableCornerButton"}


def test_closing_while_the_database_works_ends_cleanly(tmp_path: Path, journal: Path) -> None:
    code = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from PySide6.QtCore import QTimer
from gui.app import Options, run
def watch(what):
    if what == "filled":
        QTimer.singleShot(0, close)
def close():
    from PySide6.QtWidgets import QApplication
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window")
    context = next(c for c in made)
    for _ in range(3):
        context.desk.submit(work, lambda _: print("late answer"), lambda _: print("late error"))
    window.close()
def work(journal):
    total = sum(i * i for i in range(3_000_000))
    journal.connection.execute("SELECT count(*) FROM journal_entry").fetchone()
    print("worked", flush=True)
made = []
import gui.context
init = gui.context.Context.__init__
def keep(self, *args):
    init(self, *args)
    made.append(self)
gui.context.Context.__init__ = keep
now = datetime(2018, 2, 2, 19, 5, tzinfo=UTC)
options = Options(Path(sys.argv[2]), None, Path(sys.argv[1]), lambda: now, watch=watch)
raise SystemExit(run(options))
"""
    command = [sys.executable, "-X", "faulthandler", "-c", code, str(tmp_path), str(journal)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["worked"] * 3
    assert "Error" not in done.stderr
    assert "QThread" not in done.stderr


def test_windows_opened_and_closed_again_and_again_leave_no_thread_behind(
    qtbot: QtBot, tmp_path: Path, journal: Path
) -> None:
    for until in ("shell", "charts", "filled", "shell", "charts"):
        with opened(qtbot, options_of(tmp_path, journal), until=until) as application:
            context = application.context
        assert not context.desk.is_open


def test_an_empty_journal_opens_with_a_word_instead_of_charts(qtbot: QtBot, tmp_path: Path) -> None:
    path = empty_journal(tmp_path / "journal.db", NOW)
    with opened(qtbot, options_of(tmp_path, path)) as application:
        panes = application.context.panes
        assert panes is not None
        assert "import files" in panes.charts.date_label.text()
        assert panes.strip.cell("spx").face.value == "—"
    with closing(_reader(path)) as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)


def _reader(path: Path) -> object:
    from db.connection import connect_reader

    return connect_reader(path)


def test_a_window_closed_before_its_first_paint_is_through_begins_nothing(
    qtbot: QtBot, tmp_path: Path, journal: Path
) -> None:
    seen: list[str] = []
    application = Application(options_of(tmp_path, journal)._replace(watch=seen.append))
    qtbot.addWidget(application.window)
    application.window.show()
    application.window.grab()  # painted, and the event loop has not turned since
    assert application.window._after_paint.isActive()
    application.shut_down()
    qtbot.waitUntil(lambda: not application.window._after_paint.isActive())
    assert seen == []
    with hold_journal(journal):
        pass
