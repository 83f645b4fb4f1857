"""Is what another thread makes kept from the collector, and given back?"""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from gui.log.calm import Calm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Knot:
    """Something that only the collector can destroy."""

    def __init__(self) -> None:
        self.myself = self


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Collect nothing by itself, as in a window whose journal is open."""
    was_enabled = gc.isenabled()
    gc.disable()
    yield
    if was_enabled:
        gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_what_is_made_meanwhile_is_looked_through_only_afterwards(qtbot: QtBot) -> None:
    parent = QObject()
    calm = Calm(parent)
    calm.begin()
    before = gc.get_freeze_count()
    knot = weakref.ref(Knot())
    kept = [[number] for number in range(5000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(kept), timeout=5000)
    gc.collect()
    assert knot() is not None
    calm.end()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert knot() is None
