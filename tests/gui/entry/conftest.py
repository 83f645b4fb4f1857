"""Where do the dialogs' tests stand? A book with two condors and three layers, on the sessions of 2018."""

import pytest

from gui.entry.dialog import Ground
from gui.theme import Theme
from tests.gui.states import BOOK, NOW, sessions_of_2018


@pytest.fixture
def ground(theme: Theme) -> Ground:
    return Ground(BOOK, sessions_of_2018(), NOW, theme)
