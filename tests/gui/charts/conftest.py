"""Which panes do the tests look at? Those of a whole stack: a view box without a scene is not safe to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gui.charts.stack import PaneStack

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def stack(qtbot: QtBot, theme: Theme) -> PaneStack:
    """The panes without data, at 1600 x 800."""
    made = PaneStack(theme)
    qtbot.addWidget(made.view)
    made.view.resize(1600, 800)
    made.view.show()
    return made
