from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from gui.garbage import GuiThreadCollector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot


class Knot:
    """A cycle that says in which thread it was collected."""

    def __init__(self, died: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.get_ident()))


@pytest.fixture
def collector(qapp: QObject) -> Iterator[GuiThreadCollector]:
    collector = GuiThreadCollector(qapp)
    yield collector
    collector.end()
    assert gc.isenabled()


def allocate_in_a_thread() -> None:
    """Allocate far more than the thresholds in another thread: Python would collect there."""
    thread = threading.Thread(target=lambda: [[] for _ in range(300_000)])
    thread.start()
    thread.join()


def test_left_to_itself_python_collects_in_the_thread_that_allocates() -> None:
    died: list[int] = []
    Knot(died)
    allocate_in_a_thread()
    assert died
    assert died[0] != threading.get_ident()


def test_with_the_collector_garbage_dies_here_and_only_here(qtbot: QtBot, collector: GuiThreadCollector) -> None:
    died: list[int] = []
    collector.begin()
    Knot(died)
    allocate_in_a_thread()
    assert died == []
    enough = 2 * gc.get_threshold()[0]  # 700 on Python 3.12, 2000 on 3.13
    kept = [[] for _ in range(enough)]
    qtbot.waitUntil(lambda: bool(died))
    assert died == [threading.get_ident()]
    assert len(kept) == enough


def test_older_generations_are_collected_as_python_would(collector: GuiThreadCollector) -> None:
    died: list[int] = []
    collector.begin()
    knot = Knot(died)
    gc.collect(0)
    gc.collect(1)  # it is old now
    del knot
    kept: list[list[list[int]]] = []
    for _ in range(1_000):
        kept.append([[] for _ in range(1000)])
        collector.collect()
        if died:
            break
    assert died
    assert kept


def test_collecting_that_was_off_stays_off(qapp: QObject) -> None:
    gc.disable()
    try:
        collector = GuiThreadCollector(qapp)
        collector.begin()
        collector.end()
        assert not gc.isenabled()
    finally:
        gc.enable()
