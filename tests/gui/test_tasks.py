from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from core.refusal import RefusedError
from gui.tasks import DatabaseThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Events = list[tuple[str, object]]


@contextmanager
def open_list(events: Events) -> Iterator[Events]:
    events.append(("opened in", threading.get_ident()))
    yield events
    events.append(("closed in", threading.get_ident()))


@pytest.fixture
def events() -> Events:
    return []


@pytest.fixture
def thread(qtbot: QtBot, qapp: object, events: Events) -> Iterator[DatabaseThread]:
    thread = DatabaseThread(lambda: open_list(events), qapp)  # type: ignore[arg-type]
    thread.begin()
    yield thread
    if thread.isRunning():
        thread.stop()


def test_jobs_run_in_the_other_thread_and_are_answered_here_in_order(
    qtbot: QtBot, thread: DatabaseThread, events: Events
) -> None:
    answers: list[tuple[int, int]] = []
    for number in range(5):
        thread.submit(
            lambda _, n=number: (n, threading.get_ident()),
            lambda result: answers.append((result[0], result[1])),
            lambda error: pytest.fail(str(error)),
        )
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert [n for n, _ in answers] == [0, 1, 2, 3, 4]
    assert {where for _, where in answers} == {events[0][1]} != {threading.get_ident()}


def test_a_refusal_is_handed_back_and_the_next_job_still_runs(qtbot: QtBot, thread: DatabaseThread) -> None:
    said: list[str] = []

    def refuse(_: object) -> None:
        raise RefusedError("the disk is full")

    thread.submit(refuse, lambda _: said.append("done"), lambda error: said.append(str(error)))
    thread.submit(lambda _: "next", said.append, lambda error: said.append(str(error)))
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["the disk is full", "next"]


def test_an_error_of_ours_is_loud_after_the_window_was_told(qtbot: QtBot, thread: DatabaseThread) -> None:
    told: list[Exception] = []
    with qtbot.captureExceptions() as caught:
        thread.submit(lambda _: 1 // 0, lambda _: None, told.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(told[0], ZeroDivisionError)
    assert caught[0][0] is ZeroDivisionError


def test_an_error_in_opening_answers_every_job(qtbot: QtBot, qapp: object) -> None:
    @contextmanager
    def refused() -> Iterator[None]:
        raise RefusedError("not a journal")
        yield

    thread = DatabaseThread(refused, qapp)  # type: ignore[arg-type]
    said: list[str] = []
    for _ in range(2):
        thread.submit(lambda _: None, lambda _: said.append("done"), lambda error: said.append(str(error)))
    thread.begin()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["not a journal"] * 2
    thread.stop()
    assert thread.isFinished()


def test_stop_lets_queued_work_end_closes_in_the_same_thread_and_drops_late_answers(
    qtbot: QtBot, thread: DatabaseThread, events: Events
) -> None:
    hold = threading.Event()
    answers: list[object] = []
    thread.submit(lambda _: hold.wait(10), answers.append, answers.append)
    thread.submit(lambda held: held.append(("worked", 2)), answers.append, answers.append)
    hold.set()
    thread.stop()
    assert thread.isFinished()
    assert [what for what, _ in events] == ["opened in", "worked", "closed in"]
    assert events[0][1] == events[2][1]
    qtbot.waitUntil(thread.isFinished)
    assert answers == []
