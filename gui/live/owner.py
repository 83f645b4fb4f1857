"""How does another process reach the journal that this window has open? It asks, and this window does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from db.owner import owner_address
from gui.live.wire import (
    MAX_REQUEST_BYTES,
    Answer,
    Messages,
    Outcome,
    Request,
    WireError,
    pack_answer,
    pack_taken,
    read_request,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from gui.desk import Desk
    from gui.jobs import OpenJournal

    RunCommand = Callable[[Request, OpenJournal, datetime], Outcome]

MAX_CONNECTIONS = 16
SHOWN = Answer(0, "Condor Watch has this journal open; its window was brought to the front\n")


class Owner(QObject):
    """Listens while a journal is open for writing. What is asked is done on the database thread, in order.

    `done` carries the Outcome of a request, after the answer was sent. `show_requested` asks for the window.
    Only processes of the same user can connect.
    """

    done = Signal(object)
    show_requested = Signal()

    def __init__(self, desk: Desk, run_command: RunCommand, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._run_command = desk, run_command
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MAX_CONNECTIONS)
        self._server.newConnection.connect(self._greet)
        self._connections: dict[QLocalSocket, Messages] = {}

    def listen(self, journal: Path) -> str:
        """Begin to listen for a journal whose lock this process holds; return why that cannot be, "" if it can.

        A socket that is there already was left by a process that died: nobody else can have the lock.
        """
        self.close()
        address = owner_address(journal)
        if not address:
            return "the folder for its socket cannot be used"
        QLocalServer.removeServer(address)
        return "" if self._server.listen(address) else self._server.errorString()

    def close(self) -> None:
        """Stop listening; who waits for an answer sees that the connection ends."""
        self._server.close()
        for socket in list(self._connections):
            socket.abort()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._connections) >= MAX_CONNECTIONS:
                socket.abort()
                socket.deleteLater()
                continue
            self._connections[socket] = Messages(MAX_REQUEST_BYTES)
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(partial(self._forget, socket))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        messages = self._connections.get(socket)
        if messages is None:
            return
        try:
            for message in messages.feed(bytes(socket.readAll().data())):
                self._take(socket, read_request(message))
        except WireError as error:
            self._answer(socket, Answer(1, err=f"condor-watch: refused: {error}\n"))
            socket.disconnectFromServer()

    def _take(self, socket: QLocalSocket, request: Request) -> None:
        """Say that the request was read, and have it done."""
        socket.write(pack_taken())
        if not request.argv:
            self.show_requested.emit()
            self._answer(socket, SHOWN)
            return
        run, now = self._run_command, self._desk.now()
        self._desk.submit(
            lambda journal: run(request, journal, now),
            partial(self._finish, socket),
            lambda error: self._answer(socket, Answer(1, err=f"condor-watch: {error}\n")),
        )

    def _finish(self, socket: QLocalSocket, outcome: Outcome) -> None:
        self._answer(socket, outcome.answer)
        self.done.emit(outcome)

    def _answer(self, socket: QLocalSocket, answer: Answer) -> None:
        if socket in self._connections:
            socket.write(pack_answer(answer))
            socket.flush()

    def _forget(self, socket: QLocalSocket) -> None:
        if self._connections.pop(socket, None) is not None:
            socket.deleteLater()
