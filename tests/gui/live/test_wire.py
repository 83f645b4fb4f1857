"""Do messages arrive whole however they are cut, and is everything else refused?"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.live.wire import (
    MAX_REQUEST_BYTES,
    Answer,
    Messages,
    Request,
    WireError,
    pack,
    pack_answer,
    pack_request,
    pack_taken,
    read_answer,
    read_request,
)

REQUEST = Request(("quote", "VIX=18.4", "--note", 'ä"\n\0'), "/somewhere/else", "VIX 1\n", 7)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_a_request_arrives_whole_however_its_bytes_are_cut(cuts: list[int]) -> None:
    data, messages, found = pack_request(REQUEST) * 3, Messages(MAX_REQUEST_BYTES), []
    while data:
        size = cuts.pop() if cuts else 200
        found += messages.feed(data[:size])
        data = data[size:]
    assert [read_request(message) for message in found] == [REQUEST] * 3


def test_an_answer_comes_back_as_it_was_after_the_word_that_it_is_worked_on() -> None:
    answer = Answer(1, "out ä\n", "err\n")
    first, second = Messages(10_000).feed(pack_taken() + pack_answer(answer))
    assert read_answer(first) is None
    assert read_answer(second) == answer


def test_the_length_stands_before_plain_json() -> None:
    data = pack_request(REQUEST)
    assert int.from_bytes(data[:4], "big") == len(data) - 4
    assert json.loads(data[4:]) == {
        "protocol": 1,
        "argv": list(REQUEST.argv),
        "cwd": REQUEST.cwd,
        "stdin": "VIX 1\n",
        "line": 7,
    }


def test_what_is_too_long_is_refused_by_its_length_alone() -> None:
    with pytest.raises(WireError, match="1048577 bytes"):
        Messages(MAX_REQUEST_BYTES).feed((MAX_REQUEST_BYTES + 1).to_bytes(4, "big"))
    with pytest.raises(WireError, match="longer than"):
        pack_request(Request(("x" * MAX_REQUEST_BYTES,), ""))


@pytest.mark.parametrize("body", [b"no json", b"[1]", b'"text"', b"", b"\xff\xfe", b"[" * 100_000])
def test_bytes_that_are_no_message_are_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        Messages(MAX_REQUEST_BYTES).feed(len(body).to_bytes(4, "big") + body)


@pytest.mark.parametrize(
    "changed",
    [
        {"protocol": 2},
        {"protocol": None},
        {"argv": "quote"},
        {"argv": [1]},
        {"argv": None},
        {"cwd": 1},
        {"stdin": None},
        {"line": "1"},
        {"line": True},
    ],
)
def test_a_message_of_another_form_is_no_request(changed: dict[str, object]) -> None:
    (message,) = Messages(MAX_REQUEST_BYTES).feed(pack_request(REQUEST))
    with pytest.raises(WireError):
        read_request(message | changed)


@pytest.mark.parametrize("message", [{}, {"code": "0"}, {"code": 0, "out": 1, "err": ""}, {"taken": False}])
def test_a_message_of_another_form_is_no_answer(message: dict[str, object]) -> None:
    (found,) = Messages(10_000).feed(pack(message))
    with pytest.raises(WireError):
        read_answer(found)
