"""Does the window take requests of its user's processes, one after the other, and nothing that is none?"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtNetwork import QLocalSocket

from db.owner import listening_address, owner_address
from gui.live.owner import SHOWN
from gui.live.wire import (
    MAX_ANSWER_BYTES,
    Answer,
    Messages,
    Outcome,
    Request,
    pack,
    pack_request,
    read_answer,
)
from tests.gui.market_files import filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from gui.app import Application
    from gui.live.owner import Owner, RunCommand


def echo(request: Request, journal: object, now: object) -> Outcome:
    """Answer with the words; the real commands are tried between real processes."""
    return Outcome(Answer(len(request.argv), " ".join(request.argv), request.cwd + request.stdin))


@contextmanager
def listening(
    qtbot: QtBot, folder: Path, run_command: RunCommand = echo, name: str = "journal.db"
) -> Iterator[tuple[Application, Owner]]:
    journal = filled_journal(folder / name)
    with opened(qtbot, options_of(folder, journal, load_commands=lambda: run_command)) as application:
        incoming = application.context.incoming
        assert incoming is not None
        qtbot.waitUntil(lambda: incoming.owner is not None, timeout=WAIT_MS)
        assert incoming.owner is not None
        assert application.window.banners.text_of("owner") == ""
        yield application, incoming.owner


class Client:
    """Another process, as far as the window can tell."""

    def __init__(self, qtbot: QtBot, journal: Path) -> None:
        self.qtbot, self.socket, self.answers = qtbot, QLocalSocket(), list[Answer | None]()
        self._messages = Messages(MAX_ANSWER_BYTES)
        self.socket.readyRead.connect(self._read)
        self.socket.connectToServer(owner_address(journal))
        self.qtbot.waitUntil(lambda: self.socket.state() == QLocalSocket.LocalSocketState.ConnectedState)

    def _read(self) -> None:
        for message in self._messages.feed(bytes(self.socket.readAll().data())):
            self.answers.append(read_answer(message))

    def send(self, data: bytes) -> None:
        self.socket.write(data)
        self.socket.flush()

    def ask(self, *words: str) -> Answer:
        before = len(self.answers)
        self.send(pack_request(Request(words, "/here", "in")))
        self.qtbot.waitUntil(lambda: len(self.answers) == before + 2, timeout=WAIT_MS)
        taken, answer = self.answers[before:]
        assert taken is None
        assert answer is not None
        return answer

    def until_closed(self) -> None:
        closed = QLocalSocket.LocalSocketState.UnconnectedState
        self.qtbot.waitUntil(lambda: self.socket.state() == closed, timeout=WAIT_MS)


def test_one_request_after_the_other_is_answered(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    with listening(qtbot, tmp_path) as (_application, owner):
        outcomes: list[Outcome] = []
        owner.done.connect(outcomes.append)
        client = Client(qtbot, tmp_path / "journal.db")
        assert client.ask("quote", "VIX=1") == Answer(2, "quote VIX=1", "/herein")
        assert client.ask("account") == Answer(1, "account", "/herein")
        assert [outcome.answer.out for outcome in outcomes] == ["quote VIX=1", "account"]


def test_several_clients_get_each_their_own_answer(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    with listening(qtbot, tmp_path):
        clients = [Client(qtbot, tmp_path / "journal.db") for _ in range(5)]
        for number, client in enumerate(clients):
            client.send(pack_request(Request((str(number),), "")))
        qtbot.waitUntil(lambda: all(len(client.answers) == 2 for client in clients), timeout=WAIT_MS)
        assert [client.answers[1] for client in clients] == [Answer(1, str(number)) for number in range(5)]


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00\x00\x00\x02{]",
        (2_000_000).to_bytes(4, "big"),
        pack({"protocol": 99, "argv": ["quote"], "cwd": "", "stdin": "", "line": 1}),
        pack({"protocol": 1, "argv": ["quote", {}], "cwd": "", "stdin": "", "line": 1}),
    ],
)
def test_what_is_no_request_is_refused_and_the_connection_ends(
    qtbot: QtBot, runtime: Path, tmp_path: Path, data: bytes
) -> None:
    asked: list[Request] = []

    def note(request: Request, journal: object, now: object) -> Outcome:
        asked.append(request)
        return Outcome(Answer(0))

    with listening(qtbot, tmp_path, note):
        client = Client(qtbot, tmp_path / "journal.db")
        client.send(data)
        client.until_closed()
        (answer,) = client.answers
        assert answer is not None
        assert (answer.code, answer.err[:23]) == (1, "condor-watch: refused: ")
        assert Client(qtbot, tmp_path / "journal.db").ask("still there").code == 0
    assert [request.argv for request in asked] == [("still there",)]


def test_who_leaves_before_the_answer_harms_nobody(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    with listening(qtbot, tmp_path) as (_application, owner):
        with qtbot.waitSignal(owner.done, timeout=WAIT_MS):
            leaving = Client(qtbot, tmp_path / "journal.db")
            leaving.send(pack_request(Request(("quote",), "")))
            qtbot.waitUntil(lambda: bool(leaving.answers))
            leaving.socket.abort()
        half = Client(qtbot, tmp_path / "journal.db")
        half.send(pack_request(Request(("quote",), ""))[:10])
        half.socket.abort()
        assert Client(qtbot, tmp_path / "journal.db").ask("still there").out == "still there"


def test_no_words_ask_for_the_window(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    with listening(qtbot, tmp_path) as (application, owner):
        application.window.showMinimized()
        with qtbot.waitSignal(owner.show_requested, timeout=WAIT_MS):
            assert Client(qtbot, tmp_path / "journal.db").ask() == SHOWN
        assert not application.window.isMinimized()


def test_only_the_user_can_reach_the_socket(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    with listening(qtbot, tmp_path):
        address = Path(owner_address(tmp_path / "journal.db"))
        assert listening_address(tmp_path / "journal.db") == str(address)
        for path in (address, address.parent):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
            assert path.stat().st_uid == os.getuid()
        assert address.is_socket()
    assert listening_address(tmp_path / "journal.db") == ""


def test_another_journal_is_reached_at_another_address(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    other = filled_journal(tmp_path / "other.db")
    with listening(qtbot, tmp_path) as (application, _owner):
        client = Client(qtbot, tmp_path / "journal.db")
        application.context.open(other)
        client.until_closed()
        qtbot.waitUntil(lambda: bool(listening_address(other)), timeout=WAIT_MS)
        assert listening_address(tmp_path / "journal.db") == ""
        assert Client(qtbot, other).ask("here").out == "here"


def test_a_folder_that_others_can_enter_is_not_used(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    (runtime / "condor-watch").mkdir(mode=0o755)
    (runtime / "condor-watch").chmod(0o755)
    journal = filled_journal(tmp_path / "journal.db")
    with opened(qtbot, options_of(tmp_path, journal, load_commands=lambda: echo)) as application:
        banners = application.window.banners
        qtbot.waitUntil(lambda: banners.text_of("owner") != "", timeout=WAIT_MS)
        assert "the folder for its socket cannot be used" in banners.text_of("owner")
    assert list((runtime / "condor-watch").iterdir()) == []


def test_a_window_that_may_not_write_does_not_listen(qtbot: QtBot, runtime: Path, tmp_path: Path) -> None:
    from db.lock import hold_journal

    journal = filled_journal(tmp_path / "journal.db")
    loaded: list[str] = []

    def load() -> Callable[..., Outcome]:
        loaded.append("loaded")
        return echo

    with hold_journal(journal), opened(qtbot, options_of(tmp_path, journal, load_commands=load)) as application:
        assert application.context.incoming is not None
        assert application.context.incoming.owner is None
    assert loaded == []
    assert listening_address(journal) == ""
