"""Is there a window that has the journal open? Then it does the command, and this process says what it said."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.refusal import RefusedError
from db.owner import listening_address

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from PySide6.QtNetwork import QLocalSocket

    from gui.live.wire import Answer, Request

CONNECT_MS, TAKEN_MS, LOOK_MS = 2000, 5000, 200
"""How long to wait for a connection, for the word that a request was taken, and at a time for an answer."""


class OwnerLeftError(RefusedError):
    """The window took a command and went away before it said what came of it."""


class OwnerSilentError(RefusedError):
    """Somebody listens but does not take the command."""


def is_handed_over(args: argparse.Namespace) -> bool:
    """Whether a command writes, so that the process that has the journal must do it."""
    act = getattr(args, "act", "")
    return {
        "import": not getattr(args, "dry_run", False),
        "quote": True,
        "condor": act not in {"list", "timeline"},
        "layer": act != "list",
        "account": True,
        "undo": True,
        "redo": True,
        "rebuild": True,
        "accept": True,
        "plan": act != "show",
        **dict.fromkeys(("propose", "approve", "reject", "approvers", "override"), True),
        "data": act in {"undo", "events"},
    }.get(args.command, False)


def hand_over(args: argparse.Namespace, journal: Path) -> int | None:
    """Have the window do the command and print what it says; None where no window has the journal open."""
    from gui.live.wire import Request

    with owner_line(journal) as line:
        return None if line is None else tell(line.ask(Request(tuple(args.words), str(Path.cwd()))))


def bring_to_front(journal: Path) -> bool:
    """Have the window that has the journal open come to the front; False where none does."""
    with owner_line(journal) as line:
        if line is None:
            return False
        from gui.live.wire import Request

        try:
            return tell(line.ask(Request((), ""))) == 0
        except OwnerSilentError:
            return False


def tell(answer: Answer) -> int:
    """Print what the window said, and return its exit code."""
    print(answer.out, end="", flush=True)
    print(answer.err, end="", file=sys.stderr, flush=True)
    return answer.code


@contextmanager
def owner_line(journal: Path) -> Iterator[OwnerLine | None]:
    """Connect with the window that has the journal open; None where nobody answers."""
    address = listening_address(journal)
    if not address:
        yield None
        return
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(CONNECT_MS):
        yield None
        return
    try:
        yield OwnerLine(socket)
    finally:
        socket.abort()


class OwnerLine:
    """A connection with the window: one request after the other."""

    def __init__(self, socket: QLocalSocket) -> None:
        from gui.live.wire import MAX_ANSWER_BYTES, Messages

        self._socket = socket
        self._messages = Messages(MAX_ANSWER_BYTES)

    def ask(self, request: Request) -> Answer:
        """Send a request and wait until it is done; raises OwnerSilentError or OwnerLeftError."""
        from gui.live.wire import WireError, pack_request, read_answer

        is_taken, waited_ms = False, 0
        try:
            self._socket.write(pack_request(request))
            while True:
                for message in self._messages.feed(bytes(self._socket.readAll().data())):
                    answer = read_answer(message)
                    if answer is not None:
                        return answer
                    is_taken = True
                waited_ms += 0 if self._socket.waitForReadyRead(LOOK_MS) else LOOK_MS
                self._check(is_taken=is_taken, waited_ms=waited_ms)
        except WireError as error:
            raise RefusedError(f"the window that has the journal open was not understood: {error}") from None

    def _check(self, *, is_taken: bool, waited_ms: int) -> None:
        """Go on waiting, or say why not; what was taken is waited for as long as the window is there."""
        is_there = self._socket.state() == self._socket.LocalSocketState.ConnectedState
        if not is_there and not self._socket.bytesAvailable():
            if is_taken:
                raise OwnerLeftError("the window closed before it answered: look in the log whether it was done")
            raise OwnerSilentError("the window that has the journal open does not answer")
        if not is_taken and waited_ms >= TAKEN_MS:
            raise OwnerSilentError("the window that has the journal open does not answer")
