"""Do files of the watched folder reach the charts, and does a bad one change nothing but a line in the window?"""

from __future__ import annotations

import os
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from db.connection import connect_reader
from gui.live.folder_desk import KEY
from tests.gui.market_files import closes, empty_journal, filled_journal, write_files
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application

NEXT = "02/02/2018"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "market"
    folder.mkdir()
    return folder


@contextmanager
def watching(qtbot: QtBot, tmp_path: Path, folder: Path, journal: Path | None = None) -> Iterator[Application]:
    """Open the window and choose the folder."""
    path = journal or filled_journal(tmp_path / "journal.db")
    with opened(qtbot, options_of(tmp_path, path)) as application:
        incoming = application.context.incoming
        assert incoming is not None
        if not incoming.folder.wanted:
            incoming.folder.choose(folder)
        yield application


def batches(tmp_path: Path) -> int:
    with closing(connect_reader(tmp_path / "journal.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM import_batch").fetchone()[0])


def imported(application: Application, symbol: str) -> float:
    """The last value of a symbol as the window has it."""
    facts = application.context.the_store.facts
    assert facts is not None
    values = facts.past.history.column(symbol)
    return float(values[np.isfinite(values)][-1]) if np.isfinite(values).any() else float("nan")


def test_a_dropped_file_is_shown_within_a_second(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    with watching(qtbot, tmp_path, folder) as application:
        (tmp_path / "fresh").write_text("DATE,VVIX\n02/01/2018,95.5\n", encoding="utf-8")
        began = time.monotonic()
        os.replace(tmp_path / "fresh", folder / "VVIX_History.csv")  # noqa: PTH105 - what downloaders do
        qtbot.waitUntil(lambda: imported(application, "VVIX") == 95.5, timeout=WAIT_MS)
        assert time.monotonic() - began < 5  # about half a second on an idle machine; the tests share theirs
        assert application.context.menus.quote_line.answer.full_text.startswith("VVIX_History.csv: VVIX, 1 ")
        assert application.window.banners.text_of(KEY) == ""


def test_a_bad_file_is_a_notice_and_what_was_there_stays(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    with watching(qtbot, tmp_path, folder) as application:
        banners, before = application.window.banners, application.context.the_store.facts
        assert before is not None
        (folder / "VIX_History.csv").write_text(f"DATE,OPEN,HIGH,LOW,CLOSE\n{NEXT},1,2,x,4\n", encoding="utf-8")
        qtbot.waitUntil(lambda: banners.text_of(KEY) != "", timeout=WAIT_MS)
        assert banners.text_of(KEY).startswith(
            "Watched folder: VIX_History.csv was not imported, what was there stays: "
        )
        assert "line 2" in banners.text_of(KEY)
        assert imported(application, "VIX") == closes()["VIX"][-1]
        after = application.context.the_store.facts
        assert after is not None
        assert after.past is before.past
        assert batches(tmp_path) == 5
        (folder / "VIX_History.csv").write_text(
            f"DATE,OPEN,HIGH,LOW,CLOSE\n01/31/2018,1,2,1,2\n{NEXT[:3]}01/2018,9,9,9,9\n", encoding="utf-8"
        )
        qtbot.waitUntil(lambda: banners.text_of(KEY) == "", timeout=WAIT_MS)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"%PDF-1.4\n", b"a;b\n1;2\n", b"\x00" * 1000 + b"\n"])
def test_whatever_is_no_market_file_is_refused_by_its_name(
    qtbot: QtBot, tmp_path: Path, folder: Path, content: bytes
) -> None:
    with watching(qtbot, tmp_path, folder) as application:
        (folder / "thing.csv").write_bytes(content)
        banners = application.window.banners
        qtbot.waitUntil(lambda: "thing.csv" in banners.text_of(KEY), timeout=WAIT_MS)
        assert batches(tmp_path) == 5


def test_the_same_content_is_not_imported_twice_under_any_name_or_after_a_restart(
    qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    text = "DATE,VVIX\n02/01/2018,95.5\n"
    with watching(qtbot, tmp_path, folder) as application:
        (folder / "VVIX_History.csv").write_text(text, encoding="utf-8")
        qtbot.waitUntil(lambda: batches(tmp_path) == 6, timeout=WAIT_MS)
        (folder / "VVIX_copy.csv").write_text(text, encoding="utf-8")
        (folder / "VVIX_History.csv").touch()
        (folder / "last.csv").write_text("date,VIX3M\n2018-02-01,14.1\n", encoding="utf-8")
        incoming = application.context.incoming
        assert incoming is not None
        told: list[str] = []
        incoming.folder.watch.arrived.connect(lambda path: told.append(path.name))
        qtbot.waitUntil(lambda: {"VVIX_copy.csv", "VVIX_History.csv", "last.csv"} <= {*told}, timeout=WAIT_MS)
    count = batches(tmp_path)
    assert count in (6, 7)  # the last file may be refused for want of a symbol, never counted twice
    with watching(qtbot, tmp_path, folder, tmp_path / "journal.db") as application:
        incoming = application.context.incoming
        assert incoming is not None
        qtbot.waitUntil(lambda: len(incoming.folder.watch._taken) == 3, timeout=WAIT_MS)
    assert batches(tmp_path) == count


def test_a_whole_market_dropped_at_once_fills_an_empty_journal(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    journal = empty_journal(tmp_path / "journal.db")
    with watching(qtbot, tmp_path, folder, journal) as application:
        write_files(folder)
        store = application.context.the_store
        qtbot.waitUntil(
            lambda: store.state is not None and store.state.edr.is_known and bool(store.state.universe),
            timeout=WAIT_MS,
        )
        assert store.state is not None
        assert store.state.spx.value == closes()["SPX"][-1]


def test_the_folder_is_remembered_and_can_be_left(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    with watching(qtbot, tmp_path, folder) as application:
        assert application.window.actions_.by_key["unwatch"].isEnabled()
    with opened(qtbot, options_of(tmp_path, tmp_path / "journal.db")) as again:
        incoming = again.context.incoming
        assert incoming is not None
        assert incoming.folder.watch.folder == folder
        again.window.actions_.by_key["unwatch"].trigger()
        assert incoming.folder.watch.folder is None
        assert not again.window.actions_.by_key["unwatch"].isEnabled()
    with opened(qtbot, options_of(tmp_path, tmp_path / "journal.db")) as last:
        assert last.context.incoming is not None
        assert last.context.incoming.folder.watch.folder is None


def test_a_folder_that_is_not_there_is_said_and_waited_for(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    folder.rmdir()
    with watching(qtbot, tmp_path, folder) as application:
        banners = application.window.banners
        qtbot.waitUntil(lambda: "is not there: waiting for it" in banners.text_of(KEY), timeout=WAIT_MS)
        folder.mkdir()
        qtbot.waitUntil(lambda: banners.text_of(KEY) == "", timeout=WAIT_MS)
        (folder / "VVIX_History.csv").write_text("DATE,VVIX\n02/01/2018,95.5\n", encoding="utf-8")
        qtbot.waitUntil(lambda: imported(application, "VVIX") == 95.5, timeout=WAIT_MS)
