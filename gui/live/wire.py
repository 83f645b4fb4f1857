"""What do two processes say to each other? A request and its answers: JSON behind its length, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.market.quote import Quote

PROTOCOL = 1
HEAD_BYTES = 4
MAX_REQUEST_BYTES = 1024 * 1024
MAX_ANSWER_BYTES = 64 * 1024 * 1024


class WireError(Exception):
    """Bytes that are no message of ours."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command as it was typed, and where; no words: show the window.

    `stdin` is what `quote -` reads, `line` the number of its first line.
    """

    argv: tuple[str, ...]
    cwd: str
    stdin: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to: exit code, standard output and error stream."""

    code: int
    out: str = ""
    err: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, and what there is to show: quotes, why others were refused, if `has_written` everything anew."""

    answer: Answer
    quotes: tuple[Quote, ...] = ()
    refused: tuple[str, ...] = ()
    has_written: bool = False


@dataclass
class Messages:
    """Puts the bytes of one connection together to messages."""

    max_bytes: int
    _waiting: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Return the messages that are whole by now; raises WireError for what is too long or none."""
        self._waiting += data
        found = []
        while len(self._waiting) >= HEAD_BYTES:
            size = int.from_bytes(self._waiting[:HEAD_BYTES], "big")
            if size > self.max_bytes:
                raise WireError(f"a message of {size} bytes, {self.max_bytes} are allowed")
            if len(self._waiting) < HEAD_BYTES + size:
                break
            found.append(_message(bytes(self._waiting[HEAD_BYTES : HEAD_BYTES + size])))
            del self._waiting[: HEAD_BYTES + size]
        return found


def pack(message: dict[str, Any]) -> bytes:
    """Return a message as bytes."""
    body = json.dumps(message, ensure_ascii=True, allow_nan=False).encode("ascii")
    return len(body).to_bytes(HEAD_BYTES, "big") + body


def pack_request(request: Request) -> bytes:
    """Return a request as bytes; raises WireError where it is too long."""
    packed = pack(
        {
            "protocol": PROTOCOL,
            "argv": list(request.argv),
            "cwd": request.cwd,
            "stdin": request.stdin,
            "line": request.line,
        }
    )
    if len(packed) > MAX_REQUEST_BYTES:
        raise WireError(f"the command is longer than {MAX_REQUEST_BYTES} bytes")
    return packed


def read_request(message: dict[str, Any]) -> Request:
    """Return the request of a message; raises WireError for one of another version or form."""
    if message.get("protocol") != PROTOCOL:
        raise WireError("it was sent by another version of the program")
    argv, cwd, stdin, line = (message.get(key) for key in ("argv", "cwd", "stdin", "line"))
    is_argv = isinstance(argv, list) and all(isinstance(word, str) for word in argv)
    is_line = isinstance(line, int) and not isinstance(line, bool)
    if not (is_argv and isinstance(cwd, str) and isinstance(stdin, str) and is_line):
        raise WireError("it is no request")
    return Request(tuple(argv or ()), cwd, stdin, line or 1)


def pack_taken() -> bytes:
    """Return the word that a request has been read and is being worked on."""
    return pack({"taken": True})


def pack_answer(answer: Answer) -> bytes:
    """Return an answer as bytes."""
    return pack({"code": answer.code, "out": answer.out, "err": answer.err})


def read_answer(message: dict[str, Any]) -> Answer | None:
    """Return the answer of a message, None for the word that the request was taken."""
    if message.get("taken") is True:
        return None
    code, out, err = (message.get(key) for key in ("code", "out", "err"))
    if not (isinstance(code, int) and isinstance(out, str) and isinstance(err, str)):
        raise WireError("it is no answer")
    return Answer(code, out, err)


def _message(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise WireError("it is not JSON") from None
    if not isinstance(found, dict):
        raise WireError("it is no message")
    return found
