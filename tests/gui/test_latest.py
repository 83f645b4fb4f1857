"""Does the last question win, off the window's thread, whatever comes between?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from core.refusal import RefusedError
from gui.latest import LatestAnswer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Worker:
    """Squares numbers when told to go on; keeps what it was given and where."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.threads: set[int] = set()
        self.may_go_on = threading.Event()

    def __call__(self, number: int) -> int:
        self.given.append(number)
        self.threads.add(threading.get_ident())
        assert self.may_go_on.wait(10)
        return number * number


def test_of_the_questions_that_wait_only_the_last_is_asked(qtbot: QtBot) -> None:
    work, answers, busy = Worker(), [], []
    latest = LatestAnswer(work)
    latest.answered.connect(answers.append)
    latest.busy_changed.connect(busy.append)
    for number in range(100):
        latest.ask(number)
    assert latest.is_busy
    work.may_go_on.set()
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert work.given == [0, 99]
    assert answers == [0, 99 * 99]
    assert busy == [True, False]
    assert threading.get_ident() not in work.threads
    latest.forget()


def test_what_is_forgotten_is_never_answered(qtbot: QtBot) -> None:
    work, answers = Worker(), []
    latest = LatestAnswer(work)
    latest.answered.connect(answers.append)
    latest.ask(3)
    latest.ask(4)
    work.may_go_on.set()
    latest.forget()
    assert not latest.is_busy
    latest.ask(5)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [25]
    latest.forget()


def test_a_refusal_is_told_and_the_next_question_is_answered(qtbot: QtBot) -> None:
    def work(number: int) -> int:
        if number < 0:
            raise RefusedError("below zero")
        return number + 1

    told: list[object] = []
    latest = LatestAnswer(work)
    latest.answered.connect(told.append)
    latest.refused.connect(told.append)
    latest.ask(-1)
    qtbot.waitUntil(lambda: told == ["below zero"])
    latest.ask(1)
    qtbot.waitUntil(lambda: told == ["below zero", 2])
    latest.forget()


def test_an_error_of_our_own_is_loud(qtbot: QtBot) -> None:
    latest = LatestAnswer(lambda _: 1 // 0)
    said: list[str] = []
    latest.refused.connect(said.append)
    with qtbot.captureExceptions() as caught:
        latest.ask(0)
        qtbot.waitUntil(lambda: bool(said))
    assert [one[0] for one in caught] == [ZeroDivisionError]
    latest.forget()
